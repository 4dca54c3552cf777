/** Signatures of messages (Standard Webhooks 1.0): HMAC-SHA256, or Ed25519 for who shall not share a secret. */
import type { Endpoint } from "./endpoint.ts";

const BYTES = 32;

function toBase64(bytes: ArrayBuffer | Uint8Array): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)));
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
}

/** What a secret is made of: bytes of a key, or a private key in PKCS #8, in base64. */
export async function newSecret(signature: Endpoint["signature"]): Promise<string> {
  if (signature === "hmac") return toBase64(crypto.getRandomValues(new Uint8Array(BYTES)));
  const pair = await crypto.subtle.generateKey({ name: "Ed25519" }, true, ["sign", "verify"]);
  if (!("privateKey" in pair)) throw new Error("no pair of keys");
  const exported = await crypto.subtle.exportKey("pkcs8", pair.privateKey);
  if (!(exported instanceof ArrayBuffer)) throw new Error("no bytes of a key");
  return toBase64(exported);
}

/** As the receiver needs it: the secret itself (`whsec_`), or the public key (`whpk_`). */
export async function shownSecret(signature: Endpoint["signature"], secret: string): Promise<string> {
  if (signature === "hmac") return `whsec_${secret}`;
  const key = await crypto.subtle.importKey("pkcs8", fromBase64(secret), { name: "Ed25519" }, true, ["sign"]);
  const { x } = (await crypto.subtle.exportKey("jwk", key)) as JsonWebKey;
  if (x === undefined) throw new Error("no public key");
  return `whpk_${x.replaceAll("-", "+").replaceAll("_", "/").padEnd(44, "=")}`;
}

async function sign(signature: Endpoint["signature"], secret: string, signed: string): Promise<string> {
  const bytes = new TextEncoder().encode(signed);
  if (signature === "hmac") {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    const key = await crypto.subtle.importKey("raw", fromBase64(secret), algorithm, false, ["sign"]);
    return `v1,${toBase64(await crypto.subtle.sign("HMAC", key, bytes))}`;
  }
  const key = await crypto.subtle.importKey("pkcs8", fromBase64(secret), { name: "Ed25519" }, false, [
    "sign",
  ]);
  return `v1a,${toBase64(await crypto.subtle.sign("Ed25519", key, bytes))}`;
}

/**
 * Headers of a request: one signature for each secret that is valid.
 * @param at milliseconds
 */
export async function signedHeaders(
  { signature, secrets }: Endpoint,
  id: string,
  at: number,
  body: string,
): Promise<Record<string, string>> {
  const timestamp = String(Math.floor(at / 1_000));
  const signed = `${id}.${timestamp}.${body}`;
  const signatures = await Promise.all(secrets.map((secret) => sign(signature, secret, signed)));
  return {
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": signatures.join(" "),
  };
}
