/** Queues as simulated for developers and queues of a self-hosted server: what is documented holds on both. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Both, NAMES, type Side } from "./transports/both.ts";
import type { Asked, Step } from "./transports/protocol.ts";

const both = new Both();
beforeAll(() => both.start());
afterAll(() => both.stop());

/** The machine may be busy. */
const poll = { timeout: 30_000, interval: 20 };
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

async function done({ transport }: Side, asked: Asked): Promise<unknown> {
  const answered = await transport.ask(asked);
  if ("error" in answered) throw new Error(answered.error);
  return answered.value;
}

function sendAll(side: Side, queue: string, bodies: readonly unknown[]): Promise<unknown> {
  return done(side, { do: "sendBatch", queue, messages: bodies.map((body) => ({ body })) });
}

/** What it throws: nothing else may come of it. */
async function refusal({ transport }: Side, asked: Asked): Promise<string> {
  const answered = await transport.ask(asked);
  if ("error" in answered) return answered.error;
  throw new Error("it was taken");
}

const bodiesOf = ({ listener }: Side, queue: string) => listener.messagesOf(queue).map(({ body }) => body);

/** All that comes to a queue, until a message that was sent after it has come, too. */
async function everything(side: Side, queue: string): Promise<unknown[]> {
  await done(side, { do: "send", queue, body: "the last" });
  await expect.poll(() => bodiesOf(side, queue), poll).toContain("the last");
  return bodiesOf(side, queue).filter((body) => body !== "the last");
}

describe.each(NAMES)("a queue, %s", (name) => {
  let side: Side;
  beforeEach(() => {
    side = both.of(name);
    side.listener.clear();
  });

  it("loses nothing, repeats nothing, and keeps the order of one sender", async () => {
    for (const number of numbers(40)) await done(side, { do: "send", queue: "plain", body: { number } });
    for (const start of [40, 90, 140]) {
      await sendAll(
        side,
        "plain",
        numbers(50).map((number) => ({ number: start + number })),
      );
    }
    expect(await everything(side, "plain")).toEqual(numbers(190).map((number) => ({ number })));
    const ids = side.listener.messagesOf("plain").map(({ id }) => id);
    expect(new Set(ids).size).toBe(191);
    expect(ids.every((id) => /^[0-9a-f]{32}$/.test(id))).toBe(true);
  });

  it("fills its batches, and does not wait longer than it is to for the last one", async () => {
    const started = Date.now();
    await sendAll(side, "slow", numbers(25));
    await expect.poll(() => bodiesOf(side, "slow").length, poll).toBe(25);
    const batches = side.listener.of("slow");
    expect(batches.map(({ messages }) => messages.length)).toEqual([10, 10, 5]);
    expect((batches[2]?.at ?? 0) - started).toBeGreaterThanOrEqual(950);
  });

  it("delivers a hundred at a time", async () => {
    side.listener.decide("many", () => []);
    await sendAll(side, "many", numbers(100));
    await expect.poll(() => bodiesOf(side, "many").length, poll).toBe(100);
    expect(Math.max(...side.listener.of("many").map(({ messages }) => messages.length))).toBeLessThanOrEqual(
      100,
    );
  });

  it("delivers once more what a consumer asks for, after the delay, and nothing else", async () => {
    side.listener.decide("retried", ({ messages }) =>
      messages.flatMap(({ body, attempts }, index): Step[] =>
        body === 1 && attempts === 1 ? [{ do: "retry", index, delaySeconds: 1 }] : [],
      ),
    );
    await sendAll(side, "retried", [0, 1, 2]);
    await expect.poll(() => bodiesOf(side, "retried").length, poll).toBe(4);
    const [first, second] = side.listener
      .of("retried")
      .flatMap(({ at, messages }) => messages.map((message) => ({ at, ...message })))
      .filter(({ body }) => body === 1);
    expect([first?.attempts, second?.attempts]).toEqual([1, 2]);
    expect(second).toMatchObject({ id: first?.id, timestamp: first?.timestamp });
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(950);
    expect((await everything(side, "retried")).filter((body) => body !== 1)).toEqual([0, 2]);
  });

  it("delivers a whole batch once more when the consumer throws", async () => {
    side.listener.decide("retried", ({ messages }) =>
      messages.some(({ attempts }) => attempts === 1) ? [{ do: "throw", message: "not now" }] : [],
    );
    await sendAll(side, "retried", [0, 1, 2]);
    await expect.poll(() => side.listener.messagesOf("retried").length, poll).toBe(6);
    const last = side.listener.messagesOf("retried").slice(-3);
    expect(last.map(({ body }) => body).sort()).toEqual([0, 1, 2]);
    expect(last.map(({ attempts }) => attempts)).toEqual([2, 2, 2]);
  });

  it("takes the first word about a message", async () => {
    side.listener.decide("retried", ({ messages }) =>
      messages[0]?.attempts !== 1 || messages.length < 4
        ? []
        : [
            { do: "ack", index: 0 },
            { do: "retry", index: 0 },
            { do: "retry", index: 1 },
            { do: "ack", index: 1 },
            { do: "ack", index: 2 },
            { do: "retry", index: 3 },
          ],
    );
    await sendAll(side, "retried", [0, 1, 2, 3]);
    await expect.poll(() => side.listener.messagesOf("retried").length, poll).toBe(6);
    const again = side.listener.messagesOf("retried").slice(4);
    expect(again.map(({ body }) => body).sort()).toEqual([1, 3]);
  });

  it("makes a dead letter of what failed once and as often again as it may", async () => {
    side.listener.decide("failing", ({ messages }) =>
      messages.flatMap(({ body }, index): Step[] => (body === "bad" ? [{ do: "retry", index }] : [])),
    );
    await sendAll(side, "failing", ["good", "bad"]);
    await expect.poll(() => bodiesOf(side, "dead"), poll).toEqual(["bad"]);
    const failed = side.listener.messagesOf("failing").filter(({ body }) => body === "bad");
    expect(failed.map(({ attempts }) => attempts)).toEqual([1, 2, 3]);
    const [dead] = side.listener.messagesOf("dead");
    expect(dead).toEqual({ ...failed[0], attempts: 1 });
    expect((await everything(side, "failing")).filter((body) => body === "good")).toEqual(["good"]);
  });

  it("drops what failed too often where there is no queue for it", async () => {
    side.listener.decide("dropping", ({ messages }) =>
      messages.flatMap(({ body }, index): Step[] => (body === "bad" ? [{ do: "retry", index }] : [])),
    );
    await sendAll(side, "dropping", ["bad"]);
    expect(await everything(side, "dropping")).toEqual(["bad"]);
  });

  it("delivers a message no earlier than it is to", async () => {
    const started = Date.now();
    const delayed = { do: "send", queue: "plain", body: "later", options: { delaySeconds: 2 } } as const;
    await done(side, delayed);
    await done(side, {
      do: "sendBatch",
      queue: "plain",
      messages: [{ body: "as all" }, { body: "at once", delaySeconds: 0 }],
      options: { delaySeconds: 1 },
    });
    await expect.poll(() => bodiesOf(side, "plain").length, poll).toBe(3);
    expect(bodiesOf(side, "plain")).toEqual(["at once", "as all", "later"]);
    const [, second, third] = side.listener.of("plain");
    expect((second?.at ?? 0) - started).toBeGreaterThanOrEqual(950);
    expect((third?.at ?? 0) - started).toBeGreaterThanOrEqual(1_950);
  });

  it("carries JSON, text and bytes", async () => {
    const text = "ü€😀 \"'";
    await done(side, { do: "send", queue: "plain", body: { deep: [null, 0.1, text] } });
    await done(side, { do: "send", queue: "plain", body: text, options: { contentType: "text" } });
    await done(side, { do: "send", queue: "plain", body: [0, 1, 255], options: { contentType: "bytes" } });
    await expect
      .poll(() => bodiesOf(side, "plain"), poll)
      .toEqual([{ deep: [null, 0.1, text] }, text, [0, 1, 255]]);
  });

  it("takes what one turn sends to several queues", async () => {
    const queues = ["plain", "many", "retried"];
    expect(await done(side, { do: "program", name: "oneTurn" })).toEqual(queues);
    for (const queue of queues)
      await expect.poll(() => bodiesOf(side, queue), poll).toEqual([{ turn: queue }]);
  });

  it("refuses what is too much, and keeps nothing of it", async () => {
    // JSON's quotes count.
    const body = (bytes: number) => "x".repeat(bytes - 2);
    const batch = (bodies: readonly unknown[]): Asked => ({
      do: "sendBatch",
      queue: "plain",
      messages: bodies.map((one) => ({ body: one })),
    });
    const send = (one: unknown): Asked => ({ do: "send", queue: "plain", body: one });
    const refused: [Asked, RegExp][] = [
      [send(body(128_001)), /Queue send failed: message length of 128001 bytes exceeds limit of 128000/],
      [batch([1, body(128_001)]), /Queue sendBatch failed: .*single message size limit of 128000/],
      [batch(numbers(101)), /Queue sendBatch failed: .*count of 101 exceeds limit of 100/],
      [batch(Array(3).fill(body(100_000))), /Queue sendBatch failed: .*300000 bytes exceeds limit of 256000/],
    ];
    for (const [asked, reason] of refused) {
      // The simulation gives no reason.
      expect(await refusal(side, asked)).toMatch(name === "simulated" ? /Unknown Internal Error/ : reason);
    }
    expect(await refusal(side, batch([]))).toMatch(/sendBatch\(\) requires at least one message/);
    expect(await everything(side, "plain")).toEqual([]);
    side.listener.clear();
    await done(side, send(body(128_000)));
    await done(side, batch([body(120_000), body(120_000)]));
    expect(await everything(side, "plain")).toHaveLength(3);
  });

  it("refuses bodies and delays that are none", async () => {
    expect(await done(side, { do: "program", name: "undefinedBody" })).toMatchObject({
      error: "Message body cannot be undefined",
    });
    expect(await done(side, { do: "program", name: "refusedBodies" })).toMatchObject({
      bytes: { error: 'Content Type "bytes" requires a value of type ArrayBufferView, but received: string' },
      text: { error: 'Content Type "text" requires a value of type string, but received: number' },
    });
    for (const delaySeconds of [-1, 86_401]) {
      const asked = { do: "send", queue: "plain", body: 1, options: { delaySeconds } } as const;
      expect(await refusal(side, asked)).toMatch(name === "simulated" ? /Unknown Internal Error/ : /delay/);
    }
  });

  it("tells how much waits, and since when", async () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    side.listener.decide("held", () => released.then(() => []));
    await done(side, { do: "send", queue: "held", body: 0 });
    await expect.poll(() => side.listener.of("held").length, poll).toBe(1);
    const before = Date.now();
    await sendAll(side, "held", [1, 2, 3]);
    const waiting = await done(side, { do: "metrics", queue: "held" });
    release();
    // What is at work counts on a self-hosted server: it has not been acknowledged.
    const atWork = name === "self-hosted" ? 1 : 0;
    expect(waiting).toEqual({
      backlogCount: 3 + atWork,
      backlogBytes: 3 + atWork,
      oldestMessageTimestamp: expect.any(String),
    });
    const { oldestMessageTimestamp } = waiting as { oldestMessageTimestamp: string };
    expect(Date.parse(oldestMessageTimestamp)).toBeLessThanOrEqual(Date.now());
    expect(Date.parse(oldestMessageTimestamp) <= before).toBe(name === "self-hosted");
    await expect.poll(() => bodiesOf(side, "held"), poll).toEqual([0, 1, 2, 3]);
    await expect
      .poll(() => done(side, { do: "metrics", queue: "held" }), poll)
      .toMatchObject({ backlogCount: 0, backlogBytes: 0 });
  });
});

/** Where the simulation is not what is documented, or ours cannot be. */
describe("the two differ", () => {
  beforeEach(() => {
    for (const name of NAMES) both.of(name).listener.clear();
  });

  it("in what was acknowledged by itself when the consumer throws after that: documented is that it stays so", async () => {
    const seen = async (side: Side) => {
      side.listener.decide("retried", ({ messages }) =>
        messages.length === 2 && messages[0]?.attempts === 1
          ? [
              { do: "ack", index: 0 },
              { do: "throw", message: "after that" },
            ]
          : [],
      );
      await sendAll(side, "retried", ["acknowledged", "not"]);
      await expect.poll(() => side.listener.messagesOf("retried").length, poll).toBeGreaterThan(2);
      return everything(side, "retried");
    };
    expect(await seen(both.of("self-hosted"))).toEqual(["acknowledged", "not", "not"]);
    expect(await seen(both.of("simulated"))).toEqual(["acknowledged", "not", "acknowledged", "not"]);
  });

  it("in what was acknowledged by itself before all were to come again: documented is that it stays so", async () => {
    const seen = async (side: Side) => {
      side.listener.decide("retried", ({ messages }) =>
        messages.length === 2 && messages[0]?.attempts === 1
          ? [{ do: "ack", index: 0 }, { do: "retryAll" }, { do: "ackAll" }]
          : [],
      );
      await sendAll(side, "retried", ["acknowledged", "not"]);
      await expect.poll(() => side.listener.messagesOf("retried").length, poll).toBeGreaterThan(2);
      return everything(side, "retried");
    };
    expect(await seen(both.of("self-hosted"))).toEqual(["acknowledged", "not", "not"]);
    expect(await seen(both.of("simulated"))).toEqual(["acknowledged", "not", "acknowledged", "not"]);
  });

  it("in text with a NUL, which documented is carried like any other", async () => {
    const text = "before\0after";
    const asked = { do: "send", queue: "plain", body: text, options: { contentType: "text" } } as const;
    for (const name of NAMES) await done(both.of(name), asked);
    await expect.poll(() => bodiesOf(both.of("self-hosted"), "plain"), poll).toEqual([text]);
    await expect.poll(() => bodiesOf(both.of("simulated"), "plain"), poll).toEqual(["before"]);
  });

  it("in the content type v8, to which the runtime gives no access", async () => {
    const program = { do: "program", name: "v8" } as const;
    expect(await done(both.of("simulated"), program)).toEqual({ value: "sent" });
    expect(await done(both.of("self-hosted"), program)).toMatchObject({
      error: expect.stringMatching(/^Content Type "v8" is not to be had/),
    });
  });
});
