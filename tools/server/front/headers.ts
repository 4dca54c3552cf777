/** What is passed on of a request's headers and of an answer's. */
import type { IncomingMessage } from "node:http";
import { CLIENT_ADDRESS, clientAddress } from "./client-address.ts";

/** Of the connection alone (RFC 9110, 7.6.1). */
const OF_THE_CONNECTION = [
  "connection",
  "proxy-connection",
  "keep-alive",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
];
/**
 * The front has answered the expectation and counted the length, and compresses by itself: a runtime that is asked to reads what
 * may be sent here with an effort that grows as the square of its length.
 */
const DROPPED = new Set([...OF_THE_CONNECTION, "expect", "content-length", "accept-encoding"]);
/** Said by the platform, or among its own parts; whatever a client says there is not true. */
const OF_THE_PLATFORM = /^(?:mf|cf|x-partykit)-/;

/** Names and values in turn. */
export type RawHeaders = string[];

function namedIn(connection: string | undefined): ReadonlySet<string> {
  return new Set(
    (connection ?? "")
      .toLowerCase()
      .split(",", 100)
      .map((name) => name.trim()),
  );
}

function select(raw: readonly string[], isKept: (name: string) => boolean): RawHeaders {
  return raw.filter((_, at) => isKept((raw[at - (at % 2)] ?? "").toLowerCase()));
}

/** @returns those for the runtime, without a length and a connection */
export function headersToRuntime(request: IncomingMessage): RawHeaders {
  const named = namedIn(request.headers.connection);
  const kept = select(
    request.rawHeaders,
    (name) => !DROPPED.has(name) && !OF_THE_PLATFORM.test(name) && (name === "host" || !named.has(name)),
  );
  const address = clientAddress(request);
  return address === "" ? kept : [...kept, CLIENT_ADDRESS, address];
}

/** @returns those for the client. @param less names of others, in lower case */
export function headersToClient(answer: IncomingMessage, less: readonly string[] = []): RawHeaders {
  const dropped = new Set([...OF_THE_CONNECTION, ...namedIn(answer.headers.connection), ...less]);
  return select(answer.rawHeaders, (name) => !dropped.has(name));
}
