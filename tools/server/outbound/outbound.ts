/**
 * The door through which a self-hosted server's requests to third parties go. It looks at the addresses that a name really
 * leads to, and connects to what it has looked at: a name of the Internet may lead into the local network.
 */
import { lookup as resolve } from "node:dns";
import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { LookupFunction } from "node:net";
import { isPublicAddress, refusalOfUrl } from "../../../domain/webhooks/address.ts";

/** Milliseconds until a connection that says nothing is given up. */
const PATIENCE = 15_000;
/** Bytes of an answer: more is not waited for. */
const MOST = 10_000;

/** @param find as `lookup` of `node:dns` with `all` */
export function guardedLookup(allowed: readonly string[], find: typeof resolve = resolve): LookupFunction {
  return (hostname, options, callback) => {
    find(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      const local = addresses.find(({ address }) => !isPublicAddress(address));
      if (local !== undefined && !allowed.includes(hostname.toLowerCase()))
        return callback(new Error(`${hostname} leads to ${local.address}, which is not of the Internet`), []);
      const [first] = addresses;
      if (options.all) callback(null, addresses);
      else callback(null, first?.address ?? "", first?.family);
    });
  };
}

async function beginOf(answer: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer) {
    parts.push(part);
    size += part.length;
    if (size >= MOST) break;
  }
  answer.destroy();
  return Buffer.concat(parts).subarray(0, MOST).toString();
}

export interface Outgoing {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Answered {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Follows no redirect. @throws where it may not go, or nobody answers */
export function send(
  { url, method, headers, body }: Outgoing,
  allowed: readonly string[],
): Promise<Answered> {
  const refusal = refusalOfUrl(url, allowed);
  if (refusal !== null) return Promise.reject(new Error(`the URL ${refusal}`));
  return new Promise((answered, failed) => {
    const request = url.startsWith("https:") ? httpsRequest : httpRequest;
    const own = { ...headers, "content-length": String(Buffer.byteLength(body)) };
    const outgoing = request(
      url,
      { method, headers: own, lookup: guardedLookup(allowed), agent: false, timeout: PATIENCE },
      (answer) => {
        const retryAfter = answer.headers["retry-after"];
        beginOf(answer).then(
          (text) =>
            answered({
              status: answer.statusCode ?? 502,
              headers: retryAfter === undefined ? {} : { "retry-after": retryAfter },
              body: text,
            }),
          failed,
        );
      },
    );
    outgoing.on("timeout", () => outgoing.destroy(new Error("no answer in time")));
    outgoing.on("error", failed);
    outgoing.end(body);
  });
}
