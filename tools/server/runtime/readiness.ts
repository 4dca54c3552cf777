/** Waits until the runtime answers by itself: before that, whoever is let in is told of an error. */
import { once } from "node:events";
import { IncomingMessage, request } from "node:http";
import { setTimeout as pause } from "node:timers/promises";

/** A busy machine may take its time. */
const TRIES = 120;
/** Milliseconds. */
const BETWEEN_TRIES = 250;

async function statusOf(socketPath: string): Promise<number> {
  const sent = request({ socketPath, path: "/api/readyz", agent: false }).end();
  const [response] = await once(sent, "response");
  if (!(response instanceof IncomingMessage)) throw new Error("no answer");
  response.resume();
  return response.statusCode ?? 0;
}

/** @param socketPath of the runtime's requests */
export async function untilReady(socketPath: string): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const answer = await statusOf(socketPath).catch((error: unknown) => error);
    if (typeof answer === "number" && answer < 500) return;
    if (tries === TRIES) throw new Error(`the runtime does not answer: ${String(answer)}`);
    await pause(BETWEEN_TRIES);
  }
}
