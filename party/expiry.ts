/** A socket ends with the token that opened it: whoever may still listen comes back with another. */
import { Alarm, type AlarmStorage } from "../durable-objects/alarm.ts";
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

/** The alarm of an object with such sockets. */
export class Expiry {
  readonly #storage: AlarmStorage;
  readonly #alarm: Alarm;

  constructor(storage: AlarmStorage) {
    this.#storage = storage;
    this.#alarm = new Alarm(storage);
  }

  /** Sees to it that the object wakes by then. One whose time is past may be forgotten. @param at milliseconds */
  async wakeBy(at: number): Promise<void> {
    const set = await this.#storage.getAlarm();
    if (set === null || set <= Date.now() || set > at) this.#alarm.set(at);
  }

  /** For the object's alarm. @param info absent where the platform's is not passed on */
  end(endings: Iterable<Ending>, info: AlarmInvocationInfo | undefined): void {
    this.#alarm.ring(info);
    const now = Date.now();
    let next = Number.POSITIVE_INFINITY;
    for (const { expiresAt, socket } of endings) {
      if (expiresAt <= now) socket.close(EXPIRED, "the token has expired");
      else next = Math.min(next, expiresAt);
    }
    if (next < Number.POSITIVE_INFINITY) this.#alarm.set(Math.max(next, now + PAUSE));
  }
}
