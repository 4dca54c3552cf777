/** What becomes of messages by what a consumer says of them. */
import { describe, expect, it } from "vitest";
import { DeliveredBatch } from "./message-batch.ts";
import type { DeliveredMessage } from "./queue-messages.ts";

const messages = ["a", "b", "c"].map(
  (id): DeliveredMessage => ({ id, timestamp: 1_000, attempts: 1, type: "json", body: `{"of":"${id}"}` }),
);
const backlog = { count: 5, bytes: 50, oldest: 900 };

function outcomeOf(
  consume: (batch: DeliveredBatch<unknown>, [a, b, c]: Message[]) => void,
  thrown?: unknown,
) {
  const batch = new DeliveredBatch<unknown>("queue", messages, backlog);
  consume(batch, [...batch.messages]);
  return batch.outcome(thrown === undefined ? null : { error: thrown });
}

describe("a batch", () => {
  it("shows what was sent", () => {
    const batch = new DeliveredBatch("queue", messages, backlog);
    expect(batch.messages[1]).toMatchObject({
      id: "b",
      timestamp: new Date(1_000),
      attempts: 1,
      body: { of: "b" },
    });
    expect(batch.metadata.metrics).toEqual({
      backlogCount: 5,
      backlogBytes: 50,
      oldestMessageTimestamp: new Date(900),
    });
  });

  it("is done when nothing was said, and comes again when the consumer threw", () => {
    expect(outcomeOf(() => {})).toEqual({ again: [], error: null });
    const { again, error } = outcomeOf(() => {}, new Error("not now"));
    expect(again).toEqual([
      ["a", null],
      ["b", null],
      ["c", null],
    ]);
    expect(error).toMatch(/^Error: not now/);
  });

  it("takes the first word about a message", () => {
    const { again } = outcomeOf((_batch, [a, b]) => {
      a?.ack();
      a?.retry();
      b?.retry({ delaySeconds: 7 });
      b?.retry({ delaySeconds: 8 });
      b?.ack();
    });
    expect(again).toEqual([["b", 7]]);
  });

  it("takes a word about all for those of which nothing was said, and then no other", () => {
    const { again } = outcomeOf((batch, [a, b]) => {
      a?.ack();
      batch.retryAll({ delaySeconds: 3 });
      batch.ackAll();
      b?.ack();
    });
    expect(again).toEqual([
      ["b", 3],
      ["c", 3],
    ]);
    expect(outcomeOf((batch) => batch.ackAll()).again).toEqual([]);
  });

  it("leaves done what was acknowledged before the consumer threw", () => {
    const { again } = outcomeOf((_batch, [a, b]) => {
      a?.ack();
      b?.retry({ delaySeconds: 2 });
    }, "a text");
    expect(again).toEqual([
      ["b", 2],
      ["c", null],
    ]);
  });

  it.each([-1, 0.5, 86_401, Number.NaN])("refuses a delay of %d seconds", (delaySeconds) => {
    expect(() => outcomeOf((_batch, [a]) => a?.retry({ delaySeconds }))).toThrow(/from 0 to 86400/);
  });
});
