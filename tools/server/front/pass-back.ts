/** Passes the runtime's answer back, compressed where the client takes it so: the runtime is not asked to. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { CHEAPEST, compressor, type Encoding, encodingFor, isCompressible, WORTHWHILE } from "./encodings.ts";
import { headersToClient } from "./headers.ts";
import { pour } from "./pour.ts";

function mayBeCompressed({ statusCode, headers }: IncomingMessage): boolean {
  return (
    statusCode === 200 &&
    headers["content-encoding"] === undefined &&
    isCompressible(headers["content-type"] ?? "") &&
    !(headers["cache-control"] ?? "").includes("no-transform") &&
    Number(headers["content-length"] ?? WORTHWHILE) >= WORTHWHILE
  );
}

function compressed(answer: IncomingMessage, encoding: Encoding, response: ServerResponse): void {
  const headers = headersToClient(answer, ["content-length"]);
  headers.push("Content-Encoding", encoding, "Vary", "Accept-Encoding");
  response.writeHead(200, answer.statusMessage, headers);
  const between = compressor(encoding);
  pour(answer, between);
  pour(between, response);
}

/** What breaks off on one side breaks off on the other: a client must not take a part for the whole. */
export function passBack(request: IncomingMessage, answer: IncomingMessage, response: ServerResponse): void {
  const encoding = mayBeCompressed(answer) ? encodingFor(request.headers["accept-encoding"], CHEAPEST) : null;
  if (encoding !== null && request.method !== "HEAD") {
    compressed(answer, encoding, response);
  } else {
    response.writeHead(answer.statusCode ?? 502, answer.statusMessage, headersToClient(answer));
    pour(answer, response);
  }
}
