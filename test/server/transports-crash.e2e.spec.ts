/** Queues and D1 of a self-hosted server that is killed, and a backlog that is long. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { Both, type Side } from "./transports/both.ts";
import type { Asked } from "./transports/protocol.ts";

let both: Both;
let side: Side;
beforeEach(async () => {
  both = new Both();
  await both.start(["self-hosted"]);
  side = both.of("self-hosted");
});
afterEach(() => both.stop());

/** The machine may be busy. */
const poll = { timeout: 60_000, interval: 20 };
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);
const never = () => new Promise<never>(() => {});

async function done(asked: Asked): Promise<unknown> {
  const answered = await side.transport.ask(asked);
  if ("error" in answered) throw new Error(answered.error);
  return answered.value;
}

const send = (queue: string, body: unknown) => done({ do: "send", queue, body });
const metrics = (queue: string) => done({ do: "metrics", queue });
const bodiesOf = (queue: string) => side.listener.messagesOf(queue).map(({ body }) => body);

async function crash(): Promise<void> {
  await both.selfHosted.kill();
  await both.selfHosted.restart();
}

it("delivers all that it took, whenever it is killed", async () => {
  const taken: number[] = [];
  for (const round of numbers(4)) {
    // Those that are under way when it is killed may have been taken or not.
    const sending = numbers(60).map(async (index) => {
      const number = round * 60 + index;
      const isTaken = await send("plain", number).then(
        () => true,
        () => false,
      );
      if (isTaken) taken.push(number);
    });
    const before = taken.length;
    await expect.poll(() => taken.length, poll).toBeGreaterThan(before + 10);
    await crash();
    await Promise.all(sending);
  }
  await send("plain", "the last");
  await expect.poll(() => bodiesOf("plain"), poll).toContain("the last");
  await expect.poll(() => metrics("plain"), poll).toMatchObject({ backlogCount: 0 });
  const delivered = new Set(bodiesOf("plain"));
  expect(taken.filter((number) => !delivered.has(number))).toEqual([]);
});

it("delivers again what was not acknowledged when it was killed, and wakes for it by itself", async () => {
  side.listener.decide("held", never);
  await send("held", "unfinished");
  await expect.poll(() => bodiesOf("held"), poll).toEqual(["unfinished"]);
  await both.selfHosted.kill();
  side.listener.clear();
  await both.selfHosted.restart();
  await expect.poll(() => bodiesOf("held"), poll).toEqual(["unfinished"]);
});

it("makes a dead letter of what was at work each time that it was killed", async () => {
  side.listener.decide("failing", never);
  await send("failing", "deadly");
  await expect.poll(() => side.listener.of("failing").length, poll).toBe(1);
  // The first time nobody knew; then as often as it may be tried.
  for (const delivery of [2, 3, 4]) {
    await crash();
    await metrics("failing");
    await expect.poll(() => side.listener.of("failing").length, poll).toBe(delivery);
  }
  await crash();
  await metrics("failing");
  await expect.poll(() => bodiesOf("dead"), poll).toEqual(["deadly"]);
  expect(side.listener.of("failing")).toHaveLength(4);
  expect(both.selfHosted.lines).toMatch(/failing: message 0+1 failed 3 times and is a dead letter in dead/);
});

it("keeps a delay over a kill", async () => {
  const started = Date.now();
  await done({ do: "send", queue: "plain", body: "later", options: { delaySeconds: 4 } });
  await crash();
  await metrics("plain");
  await expect.poll(() => bodiesOf("plain"), poll).toEqual(["later"]);
  expect(Date.now() - started).toBeGreaterThanOrEqual(3_950);
});

it("keeps what D1 acknowledged", async () => {
  await done({ do: "program", name: "exec" });
  await crash();
  expect(await done({ do: "program", name: "names" })).toEqual([["a"], ["b"]]);
});

it("keeps dead letters that nobody takes, the newest ten thousand of them, and tells how many", async () => {
  side.listener.decide("spoiling", () => [{ do: "retryAll" }]);
  const batch = numbers(100).map((body) => ({ body }));
  for (let sent = 0; sent < 10_200; sent += 100) {
    await done({ do: "sendBatch", queue: "spoiling", messages: batch });
  }
  await expect.poll(() => metrics("spoiling"), poll).toMatchObject({ backlogCount: 0 });
  expect(await metrics("kept")).toMatchObject({ backlogCount: 10_000 });
  await crash();
  expect(await metrics("kept")).toMatchObject({ backlogCount: 10_000 });
  expect(both.selfHosted.lines).toMatch(/kept: \d+ messages were too old or too many, and are dropped/);
});

it("holds a hundred thousand messages without holding them in memory, and delivers the last as fast as the first", async () => {
  let release: () => void = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  side.listener.decide("many", () => released.then(() => []));
  await send("many", "the first");
  const body = "x".repeat(900);
  const count = 100_000;
  let grown = 0;
  for (let sent = 0; sent < count; sent += 800) {
    const batches = numbers(8).map((batch) => ({
      do: "sendBatch" as const,
      queue: "many",
      messages: numbers(100).map((index) => ({ body: [sent + batch * 100 + index, body] })),
    }));
    await Promise.all(batches.map(done));
    // By then the runtime has as much to itself as it takes.
    if (sent === 40_000) grown = both.selfHosted.residentMemory;
  }
  expect(await metrics("many")).toMatchObject({ backlogCount: count + 1 });
  // The bodies since then are more than 50 MB.
  expect(both.selfHosted.residentMemory - grown).toBeLessThan(30_000_000);
  release();
  await expect.poll(() => metrics("many"), { timeout: 120_000 }).toMatchObject({ backlogCount: 0 });
  const batches = side.listener.of("many");
  expect(new Set(side.listener.messagesOf("many").map(({ id }) => id)).size).toBe(count + 1);
  const lasted = (from: number, to: number) => (batches.at(to)?.at ?? 0) - (batches.at(from)?.at ?? 0);
  expect(lasted(-201, -1)).toBeLessThan(3 * lasted(1, 201) + 500);
}, 300_000);
