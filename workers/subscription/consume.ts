/**
 * Consumes a batch of nudges for one subscriber. Queues repeat, reorder and lose: what is applied already is skipped, what
 * is missing is read from the stream, and a stream that fails holds up nobody but itself.
 */
import { ErrorLines } from "../../durable-objects/error-lines.ts";
import {
  type Nudge,
  type NudgeMessage,
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
  /** A stream could not be applied, and is tried again. */
  deferred?(): void;
}

/** Seconds until a message that failed comes again: the longer, the more often it failed. */
function pauseAfter(attempts: number): number {
  return Math.min(2 ** attempts, 300);
}

/** Events of one stream that are applied in one go; the rest is left for the next. */
const APPLIED_AT_ONCE = 1_000;

/** Streams that are applied in one go. */
const STREAMS_AT_ONCE = 100;

const errorLines = new ErrorLines((line) => console.error(line));

interface Delivered {
  readonly nudge: Nudge;
  readonly message: Message<NudgeMessage>;
}

interface Announced {
  readonly stream: StreamName;
  readonly delivered: readonly Delivered[];
  readonly to: number;
}

function byStream(messages: readonly Message<NudgeMessage>[]): Announced[] {
  const all = messages.flatMap((message) =>
    [message.body].flat().map((nudge): Delivered => ({ nudge, message })),
  );
  return [...Map.groupBy(all, ({ nudge }) => streamKey(nudge.stream)).values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    own.sort((one, other) => one.nudge.from - other.nudge.from);
    return [
      { stream: first.nudge.stream, delivered: own, to: Math.max(...own.map(({ nudge }) => nudge.to)) },
    ];
  });
}

/** All events of a stream in a range, page by page. */
async function readRange(stream: StreamName, from: number, to: number, ports: SubscriptionPorts) {
  const events: StoredEvent[] = [];
  for (let next = from; next <= to; ) {
    const page = await ports.readEvents(stream, next, to);
    const last = page.at(-1);
    if (last === undefined) throw new Error(`${streamKey(stream)} has no version ${next}`);
    events.push(...page);
    next = last.version + 1;
  }
  return events;
}

async function progressOf(
  announced: Announced,
  previous: number,
  ports: SubscriptionPorts,
): Promise<Progress> {
  const { stream } = announced;
  const to = Math.min(announced.to, previous + APPLIED_AT_ONCE);
  const events: StoredEvent[] = [];
  let reached = previous;
  for (const { nudge } of announced.delivered) {
    if (nudge.to <= reached || reached >= to) continue;
    // A gap before the nudge, or events that did not fit into it, are read from the stream.
    const missingTo = Math.min(nudge.events === null ? nudge.to : nudge.from - 1, to);
    if (missingTo > reached) events.push(...(await readRange(stream, reached + 1, missingTo, ports)));
    reached = Math.max(reached, missingTo);
    if (nudge.events === null || reached >= to) continue;
    const after = reached;
    events.push(...nudge.events.filter(({ version }) => version > after));
    reached = nudge.to;
  }
  const isRetried = announced.delivered.some(({ message }) => message.attempts > 1);
  return { stream, previous, events, reached, isRetried };
}

async function applyStreams(streams: readonly Announced[], ports: SubscriptionPorts): Promise<void> {
  const checkpoints = await ports.readCheckpoints(streams.map(({ stream }) => streamKey(stream)));
  const progress = await Promise.all(
    streams.map((announced) =>
      progressOf(announced, checkpoints.get(streamKey(announced.stream)) ?? 0, ports),
    ),
  );
  await ports.apply(progress);
  for (const [index, { delivered, to }] of streams.entries()) {
    // What did not fit in one go comes again at once.
    if (to > (progress[index]?.reached ?? 0)) for (const { message } of delivered) message.retry();
  }
}

export async function consume(
  messages: readonly Message<NudgeMessage>[],
  ports: SubscriptionPorts,
): Promise<void> {
  const streams = byStream(messages);
  for (let first = 0; first < streams.length; first += STREAMS_AT_ONCE)
    await applyTogether(streams.slice(first, first + STREAMS_AT_ONCE), ports);
}

async function applyTogether(streams: readonly Announced[], ports: SubscriptionPorts): Promise<void> {
  try {
    await applyStreams(streams, ports);
    return;
  } catch (error) {
    if (streams.length > 1)
      errorLines.tell("a batch failed as a whole, and is taken stream by stream", error);
  }
  for (const stream of streams) {
    try {
      await applyStreams([stream], ports);
    } catch (error) {
      errorLines.tell(`${streamKey(stream.stream)} could not be applied`, error);
      ports.deferred?.();
      for (const { message } of stream.delivered)
        message.retry({ delaySeconds: pauseAfter(message.attempts) });
    }
  }
}
