/** Answers that the front gives by itself. */
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { errorsOf } from "../../../workers/edge/errors.ts";

/** Milliseconds in which a client that is refused may go on sending before it is cut off. */
const GRACE = 10_000;

export interface Refusal {
  readonly status: 400 | 404 | 405 | 408 | 413 | 431 | 503;
  readonly detail: string;
  /** The connection is not to be used again. */
  readonly isLast?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
}

export const BUSY: Refusal = { status: 503, detail: "Try again later." };
export const NOT_FOUND: Refusal = { status: 404, detail: "Not found." };
export const STARTING: Refusal = { status: 503, detail: "The server is starting. Try again later." };

function headersOf({ status, isLast, headers }: Refusal): Record<string, string> {
  return {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...(status === 503 ? { "Retry-After": "1" } : {}),
    ...(isLast ? { Connection: "close" } : {}),
    ...headers,
  };
}

function textOf({ status, detail }: Refusal): string {
  return JSON.stringify(errorsOf(status, detail));
}

/**
 * Throws away what still comes of a body that nobody wants: to close with something unread would reset the connection, and the
 * answer be lost. Whoever does not come to an end is cut off.
 */
export function drain(request: IncomingMessage): void {
  request.resume();
  if (request.complete) return;
  const patience = setTimeout(() => request.socket.destroy(), GRACE);
  request.on("close", () => clearTimeout(patience));
}

/** Answers at once, whatever still comes. */
export function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  response.writeHead(refusal.status, headersOf(refusal));
  response.end(textOf(refusal));
  drain(request);
}

/** For what is no request that Node could read, or one that was to become a socket. */
export function refuseRaw(socket: Duplex, refusal: Refusal): void {
  if (!socket.writable) {
    socket.destroy();
    return;
  }
  const text = textOf(refusal);
  const headers = { ...headersOf({ ...refusal, isLast: true }), "Content-Length": Buffer.byteLength(text) };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const { status } = refusal;
  socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join("")}\r\n${text}`);
}
