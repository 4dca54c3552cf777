/**
 * Consumes a batch of nudges for one subscriber. Queues repeat, reorder and lose: what is applied already is skipped, what
 * is missing is read from the stream, and a stream that fails holds up nobody but itself.
 */
import {
  type Nudge,
  type StoredEvent,
  type StreamName,
  streamKey,
} from "../../durable-objects/event-stream/events.ts";
import type { Progress } from "./progress.ts";

export interface SubscriptionPorts {
  /** Last applied versions by stream key. */
  readCheckpoints(streams: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Events of a stream from a version on, in order, as many as fit one page. */
  readEvents(stream: StreamName, from: number, to: number): Promise<readonly StoredEvent[]>;
  /** Applies events and moves the checkpoints, all or nothing. */
  apply(progress: readonly Progress[]): Promise<void>;
}

/** Seconds until a message that failed comes again: the longer, the more often it failed. */
function pauseAfter(attempts: number): number {
  return Math.min(2 ** attempts, 300);
}

/** Events of one stream that are applied in one go; the rest is left for the next. */
const APPLIED_AT_ONCE = 1_000;

interface Announced {
  readonly stream: StreamName;
  readonly messages: Message<Nudge>[];
  readonly carried: Map<number, StoredEvent>;
  to: number;
}

function byStream(messages: readonly Message<Nudge>[]): Map<string, Announced> {
  const announced = new Map<string, Announced>();
  for (const message of messages) {
    const { stream, to, events } = message.body;
    const key = streamKey(stream);
    const entry: Announced = announced.get(key) ?? { stream, messages: [], carried: new Map(), to: 0 };
    announced.set(key, entry);
    entry.messages.push(message);
    entry.to = Math.max(entry.to, to);
    for (const event of events ?? []) entry.carried.set(event.version, event);
  }
  return announced;
}

async function progressOf(
  announced: Announced,
  previous: number,
  ports: SubscriptionPorts,
): Promise<Progress> {
  const events: StoredEvent[] = [];
  const to = Math.min(announced.to, previous + APPLIED_AT_ONCE);
  for (let next = previous + 1; next <= to; ) {
    const carried = announced.carried.get(next);
    const found = carried === undefined ? await ports.readEvents(announced.stream, next, to) : [carried];
    if (found.length === 0) throw new Error(`${streamKey(announced.stream)} has no version ${next}`);
    events.push(...found);
    next += found.length;
  }
  return { stream: announced.stream, previous, events };
}

async function applyStreams(streams: readonly Announced[], ports: SubscriptionPorts): Promise<void> {
  const checkpoints = await ports.readCheckpoints(streams.map(({ stream }) => streamKey(stream)));
  const progress = await Promise.all(
    streams.map((announced) =>
      progressOf(announced, checkpoints.get(streamKey(announced.stream)) ?? 0, ports),
    ),
  );
  await ports.apply(progress);
  for (const [index, { messages, to }] of streams.entries()) {
    const { previous } = progress[index] ?? { previous: 0 };
    // What did not fit in one go comes again at once.
    for (const message of messages) if (to > previous + APPLIED_AT_ONCE) message.retry();
  }
}

export async function consume(messages: readonly Message<Nudge>[], ports: SubscriptionPorts): Promise<void> {
  const streams = [...byStream(messages).values()];
  try {
    await applyStreams(streams, ports);
    return;
  } catch (error) {
    if (streams.length > 1) console.warn("a batch failed as a whole, and is taken stream by stream", error);
  }
  for (const stream of streams) {
    try {
      await applyStreams([stream], ports);
    } catch (error) {
      console.error(`${streamKey(stream.stream)} could not be applied`, error);
      for (const message of stream.messages) message.retry({ delaySeconds: pauseAfter(message.attempts) });
    }
  }
}
