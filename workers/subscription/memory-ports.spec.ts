/** A subscriber that keeps everything in memory, and messages as a queue hands them over; there is no test in here. */
import {
  type NudgeMessage,
  type StoredEvent,
  type StreamName,
  streamKey,
} from "../../durable-objects/event-stream/events.ts";
import type { SubscriptionPorts } from "./consume.ts";
import type { Progress } from "./progress.ts";

export const stream: StreamName = { type: "host", id: "one" };

export function eventsUpTo(last: number): StoredEvent[] {
  return Array.from({ length: last }, (_, index) => ({
    version: index + 1,
    id: String(index + 1),
    type: "HeartbeatFailed",
    schemaVersion: 1,
    data: {},
    metadata: { correlationId: "c", causationId: null, actor: "a" },
    occurredAt: "2026-11-25T03:00:00.000Z",
  }));
}

export class MemoryPorts implements SubscriptionPorts {
  readonly checkpoints = new Map<string, number>();
  /** Versions in the order in which they were applied, by stream. */
  readonly applied = new Map<string, number[]>();
  /** Ranges that were read from streams, page by page. */
  readonly read: [from: number, to: number][] = [];
  applications = 0;
  /** Streams that cannot be applied. */
  readonly broken = new Set<string>();
  readonly #events: readonly StoredEvent[];
  readonly #page: number;

  constructor(events: readonly StoredEvent[], page = 10) {
    this.#events = events;
    this.#page = page;
  }

  async readCheckpoints(streams: readonly string[]): Promise<ReadonlyMap<string, number>> {
    return new Map([...this.checkpoints].filter(([key]) => streams.includes(key)));
  }

  async readEvents(_: StreamName, from: number, to: number): Promise<readonly StoredEvent[]> {
    const page = this.#events.slice(from - 1, Math.min(to, from - 1 + this.#page));
    this.read.push([from, page.at(-1)?.version ?? from]);
    return page;
  }

  async apply(progress: readonly Progress[]): Promise<void> {
    this.applications += 1;
    for (const {
      stream: { id },
    } of progress)
      if (this.broken.has(id)) throw new Error(`${id} is broken`);
    for (const one of progress) {
      const key = streamKey(one.stream);
      if (one.previous !== (this.checkpoints.get(key) ?? 0)) throw new Error("somebody else was faster");
      this.checkpoints.set(key, one.reached);
      const versions = one.events.map(({ version }) => version);
      this.applied.set(key, [...(this.applied.get(key) ?? []), ...versions]);
    }
  }
}

/** Seconds after which a message comes again; undefined while it does not. */
export interface Handed {
  readonly message: Message<NudgeMessage>;
  readonly again: () => number | undefined;
}

export function hand(body: NudgeMessage, attempts = 1): Handed {
  let delay: number | undefined;
  const message: Message<NudgeMessage> = {
    id: crypto.randomUUID(),
    timestamp: new Date(0),
    attempts,
    body,
    ack: () => {},
    retry: (options) => {
      delay = options?.delaySeconds ?? 0;
    },
  };
  return { message, again: () => delay };
}
