/**
 * The one alarm of an object. The platform rings at whole milliseconds, and takes the very time that rings for no change: it
 * forgets an alarm that its own handler sets to that time. So a time is rounded up, lies ahead, and is another than the one
 * that rings, even where the clock was put back meanwhile.
 */
/** Milliseconds after which an alarm that did not ring is taken for forgotten. */
const OVERDUE_AFTER = 60_000;

/**
 * Whether an alarm is believed to ring: one that is long overdue is forgotten, and one that lies further ahead than any is set was
 * set before the clock was put back.
 * @param armedFor null where none was set @param longest milliseconds that one is set ahead at most
 */
export function isAwaited(armedFor: number | null, now: number, longest: number): boolean {
  if (armedFor === null) return false;
  const left = armedFor - now;
  return left > -OVERDUE_AFTER && left <= longest;
}

export type AlarmStorage = Pick<DurableObjectStorage, "getAlarm" | "setAlarm" | "deleteAlarm">;

export class Alarm {
  readonly #storage: AlarmStorage;
  readonly #now: () => number;
  /** What this instance set last. */
  #setFor: number | null = null;
  /** What must not be set again: for when it rang, as the platform says, and as this instance believed. */
  #rung: readonly (number | null)[] = [];

  constructor(storage: AlarmStorage, now: () => number = () => Date.now()) {
    this.#storage = storage;
    this.#now = now;
  }

  /** To be told at the beginning of the handler. @param info absent where a test rings */
  ring(info: AlarmInvocationInfo | undefined): void {
    this.#rung = [info?.scheduledTime ?? null, this.#setFor];
  }

  /** Not awaited: within one turn it is written together with the rows around it. @param at milliseconds */
  set(at: number): void {
    let time = Math.max(Math.ceil(at), Math.floor(this.#now()) + 1);
    while (this.#rung.includes(time)) time += 1;
    this.#setFor = time;
    void this.#storage.setAlarm(time);
  }

  clear(): void {
    void this.#storage.deleteAlarm();
  }

  /** Whether it is to ring: one whose time is past may be forgotten, and set once more it rings. */
  async isAhead(): Promise<boolean> {
    return ((await this.#storage.getAlarm()) ?? 0) > this.#now();
  }
}
