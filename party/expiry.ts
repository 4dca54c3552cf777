/** A socket ends with the token that opened it: whoever may still listen comes back with another. */

import { EXPIRED } from "./messages.ts";

/** Told by the doors, which have verified the token: its end, in seconds. */
export const EXPIRY_HEADER = "x-token-expires";
/** Milliseconds between two looks: clients that came one after the other are seen to together. */
const PAUSE = 1_000;

export interface Ending {
  /** Milliseconds. */
  readonly expiresAt: number;
  readonly socket: Pick<WebSocket, "close">;
}

/** In milliseconds; what no door has told of has ended. */
export function expiryOf(request: Request): number {
  return Number(request.headers.get(EXPIRY_HEADER)) * 1_000 || 0;
}

/** Sees to it that the object wakes at the end of a token. */
export async function wakeAt(storage: DurableObjectStorage, expiresAt: number): Promise<void> {
  const set = await storage.getAlarm();
  if (set === null || set > expiresAt) await storage.setAlarm(Math.max(1, expiresAt));
}

/** For the object's alarm. */
export async function endExpired(
  storage: DurableObjectStorage,
  endings: Iterable<Ending>,
  now: number,
): Promise<void> {
  let next = Number.POSITIVE_INFINITY;
  for (const { expiresAt, socket } of endings) {
    if (expiresAt <= now) socket.close(EXPIRED, "the token has expired");
    else next = Math.min(next, expiresAt);
  }
  if (next < Number.POSITIVE_INFINITY) await storage.setAlarm(Math.max(next, now + PAUSE));
}
