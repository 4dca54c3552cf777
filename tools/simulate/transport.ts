/** Sends requests as an agent does. */
import { Agent, type IncomingMessage, request } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import { setTimeout as pause } from "node:timers/promises";
import type { Tally } from "./tally.ts";

const TIMEOUT = 30_000;
/** How often a busy server is asked again, where it says when. */
export const PATIENT = 30;

/** Sends one request, and never fails: what went wrong is counted. @returns whether it was accepted */
export type Transport = (path: string, body: string, accepted: number) => Promise<boolean>;

interface Outcome {
  /** The status, or what went wrong. */
  readonly text: string;
  /** Milliseconds after which it may be tried again; null where nothing is said of that. */
  readonly retryAfter: number | null;
}

function outcomeOf({ statusCode, headers }: IncomingMessage): Outcome {
  const seconds = statusCode === 503 ? Number(headers["retry-after"] ?? Number.NaN) : Number.NaN;
  return { text: String(statusCode), retryAfter: Number.isFinite(seconds) ? seconds * 1_000 : null };
}

/** @param retries how often what is answered with 503 and a `Retry-After` is sent again */
export function transportTo(url: string, apiKey: string, tally: Tally, retries = 0): Transport {
  const secure = url.startsWith("https:");
  const agent = secure ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  const headers = {
    "Content-Type": "application/json",
    "X-Trento-Apikey": apiKey,
    "User-Agent": "Go-http-client/1.1",
  };
  const attempt = (path: string, body: string): Promise<Outcome> =>
    new Promise((resolve) => {
      const sent = (secure ? secureRequest : request)(
        `${url}${path}`,
        {
          method: "POST",
          agent,
          timeout: TIMEOUT,
          headers: { ...headers, "Content-Length": Buffer.byteLength(body) },
        },
        (answer) => {
          answer.resume();
          answer.on("end", () => resolve(outcomeOf(answer)));
        },
      );
      sent.on("timeout", () => sent.destroy(new Error("timeout")));
      sent.on("error", (error: NodeJS.ErrnoException) => {
        // The server closed a connection that was idle, just when it was used again: agents try anew, too.
        const isStale = sent.reusedSocket && error.code === "ECONNRESET";
        resolve(isStale ? attempt(path, body) : { text: error.code ?? error.message, retryAfter: null });
      });
      sent.end(body);
    });
  return async (path, body, accepted) => {
    const started = performance.now();
    let outcome = await attempt(path, body);
    for (let tried = 0; tried < retries && outcome.retryAfter !== null; tried += 1) {
      // Not all of them at the same moment again.
      await pause(outcome.retryAfter * (1 + Math.random()));
      outcome = await attempt(path, body);
    }
    const isAccepted = outcome.text === String(accepted);
    tally.add(performance.now() - started, isAccepted ? null : outcome.text);
    return isAccepted;
  };
}
