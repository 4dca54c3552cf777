/** Whatever a queue does with nudges, each event is applied once, and in order. */
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { type Nudge, type StreamName, streamKey } from "../../durable-objects/event-stream/events.ts";
import { consume } from "./consume.ts";
import { eventsUpTo, hand, MemoryPorts, stream } from "./memory-ports.spec.ts";

const KEY = streamKey(stream);
const upTo = (last: number) => eventsUpTo(last).map(({ version }) => version);

function nudge(from: number, to: number, carried = true, of: StreamName = stream): Nudge {
  return { stream: of, from, to, events: carried ? eventsUpTo(to).slice(from - 1) : null };
}

beforeEach(() => {
  vi.spyOn(console, "error").mockReturnValue();
  vi.spyOn(console, "warn").mockReturnValue();
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe("a batch of nudges", () => {
  it("in any order, overlapping, repeated, and with gaps, applies each event once and in order", async () => {
    const LAST = 60;
    const part = fc
      .tuple(fc.integer({ min: 1, max: LAST }), fc.nat(20), fc.boolean())
      .map(([from, more, carried]) => nudge(from, Math.min(from + more, LAST), carried));
    const batches = fc.array(fc.array(part, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(batches, async (delivered) => {
        const ports = new MemoryPorts(eventsUpTo(LAST));
        for (const batch of delivered) {
          await consume(
            batch.map((body) => hand(body).message),
            ports,
          );
          const reached = ports.checkpoints.get(KEY) ?? 0;
          expect(ports.applied.get(KEY)).toEqual(upTo(reached));
          expect(reached).toBeGreaterThanOrEqual(Math.max(...batch.map(({ to }) => to)));
        }
      }),
    );
  });

  it("that carry all events reads none from the stream", async () => {
    const ports = new MemoryPorts(eventsUpTo(9));
    await consume(
      [nudge(4, 9), nudge(1, 3)].map((body) => hand(body).message),
      ports,
    );
    expect([ports.read, ports.applied.get(KEY), ports.applications]).toEqual([[], upTo(9), 1]);
  });

  it("reads what is missing, page by page, and no more", async () => {
    const ports = new MemoryPorts(eventsUpTo(30));
    await consume([hand(nudge(26, 30)).message], ports);
    expect(ports.read).toEqual([
      [1, 10],
      [11, 20],
      [21, 25],
    ]);
  });

  it("of a long stream is taken bit by bit, and comes again at once until it is at its end", async () => {
    const ports = new MemoryPorts(eventsUpTo(2_500), 500);
    const turns: (number | undefined)[] = [];
    for (let turn = 0; turn < 3; turn += 1) {
      const { message, again } = hand(nudge(1, 2_500, false));
      await consume([message], ports);
      turns.push(ports.checkpoints.get(KEY), again());
    }
    expect(turns).toEqual([1_000, 0, 2_000, 0, 2_500, undefined]);
    expect(ports.applied.get(KEY)).toEqual(upTo(2_500));
  });
});

describe("a message with nudges of several streams", () => {
  const streams = Array.from({ length: 250 }, (_, index): StreamName => ({ type: "host", id: `${index}` }));

  it("is applied, a hundred streams in one go; one of a single nudge too", async () => {
    const ports = new MemoryPorts(eventsUpTo(2));
    const applied = vi.spyOn(ports, "apply");
    const { message, again } = hand(streams.map((of) => nudge(1, 2, true, of)));
    await consume([message, hand(nudge(1, 2)).message], ports);
    expect(applied.mock.calls.map(([progress]) => progress.length)).toEqual([100, 100, 51]);
    expect([ports.applied.size, again()]).toEqual([251, undefined]);
    for (const versions of ports.applied.values()) expect(versions).toEqual([1, 2]);
  });

  it("comes again when one of them fails; the others are applied, once", async () => {
    const ports = new MemoryPorts(eventsUpTo(2));
    ports.broken.add("7");
    const { message, again } = hand(
      streams.map((of) => nudge(1, 2, true, of)),
      3,
    );
    await consume([message], ports);
    expect([ports.applied.size, again()]).toEqual([249, 8]);
    ports.broken.clear();
    await consume([message], ports);
    expect([ports.applied.size, ...new Set([...ports.applied.values()].map(String))]).toEqual([250, "1,2"]);
  });
});

describe("a stream that fails", () => {
  const other: StreamName = { type: "host", id: "other" };

  it("holds up no other; all its messages come again, later the more often they came", async () => {
    const ports = new MemoryPorts(eventsUpTo(5));
    ports.broken.add("other");
    const handed = [
      hand(nudge(1, 5)),
      hand(nudge(1, 2, true, other), 1),
      hand(nudge(3, 5, true, other), 3),
      hand(nudge(3, 5, true, other), 20),
    ];
    await consume(
      handed.map(({ message }) => message),
      ports,
    );
    expect(handed.map(({ again }) => again())).toEqual([undefined, 2, 8, 300]);
    expect(ports.applied).toEqual(new Map([[KEY, upTo(5)]]));
  });

  it("is one that lacks what it announced", async () => {
    const ports = new MemoryPorts(eventsUpTo(3));
    const { message, again } = hand(nudge(1, 5, false));
    await consume([message], ports);
    expect([again(), ports.applied.size]).toEqual([2, 0]);
  });

  it("is not one that somebody else was faster with: it goes on from there", async () => {
    const ports = new MemoryPorts(eventsUpTo(5));
    const { message, again } = hand(nudge(1, 5));
    vi.spyOn(ports, "readCheckpoints").mockResolvedValueOnce(new Map());
    ports.checkpoints.set(KEY, 3);
    await consume([message], ports);
    expect([again(), ports.applied.get(KEY)]).toEqual([undefined, [4, 5]]);
  });
});
