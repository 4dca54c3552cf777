/** What a busy isolate hands to a queue. */
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { StreamUnderTest } from "../../test/stream-under-test.ts";
import type { Nudge } from "./events.ts";
import { GatheredQueue, gathered } from "./gathered-queue.ts";
import type { NudgeQueue } from "./subscribers.ts";

class RecordedQueue implements NudgeQueue {
  readonly messages: (readonly Nudge[])[] = [];
  looks = 0;
  waiting: QueueMetrics = { backlogCount: 0, backlogBytes: 0 };

  async send(nudges: readonly Nudge[]): Promise<void> {
    this.messages.push(nudges);
    await scheduler.wait(1);
  }

  async metrics(): Promise<QueueMetrics> {
    this.looks += 1;
    return this.waiting;
  }
}

function nudge(id: number, text = ""): Nudge {
  const metadata = { correlationId: "c", causationId: null, actor: "a" };
  const event = { version: 1, id: `${id}`, type: "Noted", schemaVersion: 1, data: { text }, metadata };
  const occurredAt = "2026-11-25T03:00:00.000Z";
  return {
    stream: { type: "counter", id: `${id}` },
    from: 1,
    to: 1,
    events: [{ ...event, occurredAt }],
  };
}

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a queue that many objects send to", () => {
  it("gets one message at once, and all that comes meanwhile in another, in order", async () => {
    const recorded = new RecordedQueue();
    const queue = new GatheredQueue(recorded);
    await Promise.all(numbers(60).map((id) => queue.send([nudge(id)])));
    expect(recorded.messages.map(({ length }) => length)).toEqual([1, 59]);
    expect(recorded.messages.flat()).toEqual(numbers(60).map((id) => nudge(id)));
  });

  it("gets no message of more than a hundred nudges, nor of more than 40,000 characters", async () => {
    const many = new RecordedQueue();
    const queue = new GatheredQueue(many);
    await Promise.all(numbers(202).map((id) => queue.send([nudge(id)])));
    expect(many.messages.map(({ length }) => length)).toEqual([1, 100, 100, 1]);

    const large = new RecordedQueue();
    await new GatheredQueue(large).send([1, 2, 3, 4].map((id) => nudge(id, "x".repeat(15_000))));
    expect(large.messages.map(({ length }) => length)).toEqual([2, 2]);
    for (const message of large.messages) expect(JSON.stringify(message).length).toBeLessThan(40_100);

    const alone = new RecordedQueue();
    await new GatheredQueue(alone).send([nudge(1, "x".repeat(39_990)), nudge(2)]);
    expect(alone.messages.map(({ length }) => length)).toEqual([1, 1]);
  });

  it("is the same for all objects of the isolate", () => {
    const queue = new RecordedQueue();
    expect(gathered(queue)).toBe(gathered(queue));
    expect(gathered(queue)).not.toBe(gathered(new RecordedQueue()));
  });

  it("says since when the oldest waits, and is asked once a second", async () => {
    const now = vi.spyOn(Date, "now").mockReturnValue(100_000);
    const recorded = new RecordedQueue();
    recorded.waiting = { backlogCount: 2, backlogBytes: 10, oldestMessageTimestamp: new Date(7) };
    const queue = new GatheredQueue(recorded);
    expect([await queue.oldestWaiting(), await queue.oldestWaiting(), recorded.looks]).toEqual([7, 7, 1]);
    now.mockReturnValue(101_000);
    // The local queue says so of an empty one.
    recorded.waiting = { backlogCount: 0, backlogBytes: 0, oldestMessageTimestamp: new Date(0) };
    expect([await queue.oldestWaiting(), recorded.looks]).toEqual([null, 2]);
  });

  it("that does not say is taken for empty", async () => {
    const warned = vi.spyOn(console, "warn").mockReturnValue();
    const recorded = new RecordedQueue();
    vi.spyOn(recorded, "metrics").mockRejectedValue(new Error("no answer"));
    expect(await new GatheredQueue(recorded).oldestWaiting()).toBeNull();
    expect(warned).toHaveBeenCalledOnce();
  });

  it("is asked in words that the platform's queues understand", async () => {
    expect(await gathered(env.PROJECTOR_QUEUE).oldestWaiting()).toBeNull();
  });
});

describe("objects that share a queue", () => {
  it("go on as themselves: what they wrote meanwhile is theirs, and the alarm finds all applied", async () => {
    const shared = new RecordedQueue();
    const streams = numbers(20).map(() => new StreamUnderTest());
    for (const stream of streams)
      await stream.inside((counter) => {
        counter.sharedQueue = shared;
      });
    await Promise.all(streams.map((stream) => stream.add(1)));
    await expect.poll(() => new Set(shared.messages.flat().map(({ stream }) => stream.id)).size).toBe(20);
    const failed = vi.spyOn(console, "warn");
    await Promise.all(streams.map((stream) => stream.alarm()));
    expect(failed).not.toHaveBeenCalled();
    const ids = streams.map(({ id }) => id).sort();
    const sentTwice = shared.messages.flat().map(({ stream }) => stream.id);
    expect(sentTwice.sort()).toEqual([...ids, ...ids].sort());
    expect(shared.messages.length).toBeLessThan(30);
  });
});
