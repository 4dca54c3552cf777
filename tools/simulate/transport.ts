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
  return (path, body, accepted) =>
    new Promise((resolve) => {
      const started = performance.now();
      const end = (failure: string | null) => {
        tally.add(performance.now() - started, failure);
        resolve(failure === null);
      };
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
          answer.on("end", () => end(answer.statusCode === accepted ? null : String(answer.statusCode)));
        },
      );
      sent.on("timeout", () => sent.destroy(new Error("timeout")));
      sent.on("error", (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
      sent.end(body);
    });
}
