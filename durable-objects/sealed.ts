/** Secrets at rest: sealed with AES-GCM under a key that follows from a secret of the environment. */

const PREFIX = "v1.";
const IV_BYTES = 12;

async function keyOf(secret: string): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey("raw", new TextEncoder().encode(secret), "HKDF", false, [
    "deriveKey",
  ]);
  const info = new TextEncoder().encode("trento-edge/settings");
  return crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(), info },
    material,
    { name: "AES-GCM", length: 256 },
    false,
    ["encrypt", "decrypt"],
  );
}

function toText(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

/** @param purpose what it is for: one sealed for another purpose is not opened */
export async function seal(text: string, purpose: string, secret: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const additionalData = new TextEncoder().encode(purpose);
  const sealed = await crypto.subtle.encrypt(
    { name: "AES-GCM", iv, additionalData },
    await keyOf(secret),
    new TextEncoder().encode(text),
  );
  return `${PREFIX}${toText(new Uint8Array([...iv, ...new Uint8Array(sealed)]))}`;
}

/** @throws when it was sealed for another purpose, under another secret, or was changed */
export async function unseal(sealed: string, purpose: string, secret: string): Promise<string> {
  if (!sealed.startsWith(PREFIX)) throw new Error("not a sealed secret");
  const bytes = Uint8Array.from(atob(sealed.slice(PREFIX.length)), (letter) => letter.charCodeAt(0));
  const additionalData = new TextEncoder().encode(purpose);
  const opened = await crypto.subtle.decrypt(
    { name: "AES-GCM", iv: bytes.slice(0, IV_BYTES), additionalData },
    await keyOf(secret),
    bytes.slice(IV_BYTES),
  );
  return new TextDecoder().decode(opened);
}
