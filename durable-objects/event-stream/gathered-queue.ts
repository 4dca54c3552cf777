/**
 * What the objects of one isolate hand to a queue, gathered: a busy isolate sends few large messages in place of many small
 * ones, an idle one sends at once.
 *
 * The local queue needs that. It takes each message by a timer, and the runtime lets one timer of an object ring each time
 * that it has nothing else to do: where messages come faster, the queue passes on none, and fails at 10,000.
 */
import { ErrorLines } from "../error-lines.ts";
import type { Nudge } from "./events.ts";
import { Gathering, runtime } from "./gathering.ts";
import { MAX_EVENTS, MAX_MESSAGE_CHARACTERS } from "./nudges.ts";
import type { NudgeQueue } from "./subscribers.ts";

/** Milliseconds between two looks at how much waits. */
const BETWEEN_LOOKS = 1_000;

const errorLines = new ErrorLines((line) => console.warn(line));

export class GatheredQueue {
  readonly #queue: NudgeQueue;
  readonly #sending: Gathering<Nudge, unknown>;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #oldest: number | null = null;

  constructor(queue: NudgeQueue) {
    this.#queue = queue;
    this.#sending = new Gathering({
      work: (nudges) => queue.send(nudges),
      fitting: fittingOneMessage,
      // As many timers as the local queue needs for one message: one takes it, one passes it on.
      pause: async () => {
        await scheduler.wait(0);
        await scheduler.wait(0);
      },
      ...runtime,
    });
  }

  /** Resolves when the queue has taken all of them; rejects when it may not have. */
  async send(nudges: readonly Nudge[]): Promise<void> {
    await this.#sending.ask(nudges);
  }

  /** When the oldest message came that the queue has not passed on yet, as far as is known; null where none waits. */
  async oldestWaiting(): Promise<number | null> {
    const now = Date.now();
    if (now - this.#lookedAt >= BETWEEN_LOOKS) {
      // Before the answer: those who ask meanwhile take what is known.
      this.#lookedAt = now;
      this.#oldest = null;
      try {
        const { backlogCount, oldestMessageTimestamp } = await this.#queue.metrics();
        this.#oldest = backlogCount === 0 ? null : (oldestMessageTimestamp?.getTime() ?? null);
      } catch (error) {
        errorLines.tell("a queue does not say how much waits", error);
      }
    }
    return this.#oldest;
  }
}

function fittingOneMessage(nudges: readonly Nudge[]): number {
  if (nudges.length < 2) return nudges.length;
  let characters = 0;
  for (const [index, nudge] of nudges.entries()) {
    characters += JSON.stringify(nudge).length;
    if (index === MAX_EVENTS || (index > 0 && characters > MAX_MESSAGE_CHARACTERS)) return index;
  }
  return nudges.length;
}

const byQueue = new WeakMap<NudgeQueue, GatheredQueue>();

/** All objects of the isolate share what they hand to a queue. */
export function gathered(queue: NudgeQueue): GatheredQueue {
  const known = byQueue.get(queue) ?? new GatheredQueue(queue);
  byQueue.set(queue, known);
  return known;
}
