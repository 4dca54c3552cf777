/** Passes one request on to the runtime, and its answer back. */
import {
  type ClientRequest,
  type IncomingMessage,
  request as requestOf,
  type ServerResponse,
} from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import type { Body } from "./bodies.ts";
import { headersToRuntime } from "./headers.ts";
import type { Target } from "./target.ts";

/** What may be asked once more when it is not known whether it was heard (RFC 9110, 9.2.2). */
const REPEATABLE = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);
const BODILESS = new Set(["GET", "HEAD", "OPTIONS"]);
/** Milliseconds. */
const BEFORE_ANOTHER_TRY = 150;
/** Milliseconds until the head of an answer. */
const LONGEST_SILENCE = 120_000;

/** The runtime took the request, and said nothing for too long: to ask again would take as long. */
class SilenceError extends Error {}

/** The runtime did not answer. */
export class UnansweredError extends Error {
  readonly code: string | undefined;
  readonly isConnected: boolean;
  readonly isSilence: boolean;

  constructor(cause: NodeJS.ErrnoException) {
    super(cause.message, { cause });
    this.code = cause.code;
    this.isConnected = cause.syscall !== "connect";
    this.isSilence = cause instanceof SilenceError;
  }
}

function send(target: Target, request: IncomingMessage, body: Body): ClientRequest {
  const { method = "GET" } = request;
  const headers = headersToRuntime(request);
  if (body.size > 0 || !BODILESS.has(method)) headers.push("Content-Length", String(body.size));
  headers.push("Connection", "close");
  const path = request.url ?? "/";
  const sent = requestOf({ ...target, method, path, headers, agent: false, setHost: false });
  for (const part of body.parts) sent.write(part);
  sent.end();
  return sent;
}

/** @returns the answer's head, or null when the client went. @throws UnansweredError */
function ask(
  target: Target,
  request: IncomingMessage,
  body: Body,
  response: ServerResponse,
): Promise<IncomingMessage | null> {
  return new Promise((resolve, reject) => {
    const sent = send(target, request, body);
    const leave = () => {
      // A whole answer closes as well.
      if (response.writableFinished) return;
      sent.destroy();
      resolve(null);
    };
    response.once("close", leave);
    sent.setTimeout(LONGEST_SILENCE, () => sent.destroy(new SilenceError("no answer in time")));
    sent.on("response", (answer) => {
      sent.setTimeout(0);
      resolve(answer);
    });
    sent.on("error", (error) => {
      response.off("close", leave);
      reject(new UnansweredError(error));
    });
  });
}

/**
 * Over a connection of its own, which is never used twice: the runtime's event loop does not look at the clock while it has work,
 * and then closes every connection that it believes idle for five seconds, with requests in it; and it closes one whose request
 * it answered with more than 64 KB unread. Neither says so beforehand.
 *
 * @returns the answer's head, or null when the client went. @throws UnansweredError
 */
export async function passOn(
  target: Target,
  request: IncomingMessage,
  body: Body,
  response: ServerResponse,
): Promise<IncomingMessage | null> {
  try {
    return await ask(target, request, body, response);
  } catch (error) {
    if (!(error instanceof UnansweredError) || error.isSilence) throw error;
    if (error.isConnected && !REPEATABLE.has(request.method ?? "")) throw error;
  }
  await pause(BEFORE_ANOTHER_TRY);
  return response.destroyed ? null : ask(target, request, body, response);
}
