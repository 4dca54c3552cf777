/** Sends requests as an agent does. */
import { Agent, request } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import type { Tally } from "./tally.ts";

const TIMEOUT = 30_000;

/** Sends one request, and never fails: what went wrong is counted. @returns whether it was accepted */
export type Transport = (path: string, body: string, accepted: number) => Promise<boolean>;

export function transportTo(url: string, apiKey: string, tally: Tally): Transport {
  const secure = url.startsWith("https:");
  const agent = secure ? new SecureAgent({ keepAlive: true }) : new Agent({ keepAlive: true });
  const headers = {
    "Content-Type": "application/json",
    "X-Trento-Apikey": apiKey,
    "User-Agent": "Go-http-client/1.1",
  };
  const attempt = (path: string, body: string): Promise<string> =>
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
          answer.on("end", () => resolve(String(answer.statusCode)));
        },
      );
      sent.on("timeout", () => sent.destroy(new Error("timeout")));
      sent.on("error", (error: NodeJS.ErrnoException) => {
        // The server closed a connection that was idle, just when it was used again: agents try anew, too.
        const isStale = sent.reusedSocket && error.code === "ECONNRESET";
        resolve(isStale ? attempt(path, body) : (error.code ?? error.message));
      });
      sent.end(body);
    });
  return async (path, body, accepted) => {
    const started = performance.now();
    const outcome = await attempt(path, body);
    const isAccepted = outcome === String(accepted);
    tally.add(performance.now() - started, isAccepted ? null : outcome);
    return isAccepted;
  };
}
