/** Messages on their way between broker and edge. */
import { beforeEach, describe, expect, it } from "vitest";
import type { ToRelay } from "../../../checks/relay-messages.ts";
import { cloudEvent } from "../../../test/relay/clients.ts";
import { asValue, message } from "../../../test/relay/wire.ts";
import { answer, Clock, settled } from "../agents/agents.spec.ts";
import { Inbound } from "./inbound.ts";
import { Outbound } from "./outbound.ts";

const THROWS = -1;
const ID = "00000000-0000-4000-8000-000000000001";
const facts = (expiresIn?: number) =>
  cloudEvent("Trento.Checks.V1.FactsGathered", message([1, ID], [2, ID], [3, ID]), {
    expiresIn: expiresIn ?? null,
  });

describe("a message for the edge", () => {
  let statuses: number[];
  let waits: number[];
  let sent: unknown[];
  let log: string[];
  let counts: string[];
  let inbound: Inbound;
  let now: number;

  beforeEach(() => {
    [statuses, waits, counts, sent, log, now] = [[], [], [], [], [], Date.now()];
    const send = async (data: unknown) => {
      sent.push(data);
      const status = statuses.shift() ?? 202;
      if (status === THROWS) throw new Error("the stack is full");
      return answer(status);
    };
    inbound = new Inbound({
      now: () => now,
      wait: async (milliseconds) => {
        waits.push(milliseconds);
        now += milliseconds;
      },
      sendFacts: send,
      sendExecution: send,
      count: (outcome) => void counts.push(outcome),
      log: (line) => void log.push(line),
    });
  });

  it("is acknowledged when the edge has it", async () => {
    expect([await inbound.take(facts()), counts]).toEqual(["ack", ["accepted"]]);
  });

  it.each([0, 401, 404, 429, 500, 503])("waits when the edge says %i, longer and longer", async (status) => {
    statuses = [status, status, status, status, status, status, status];
    expect(await inbound.take(facts())).toBe("ack");
    expect(waits).toEqual([500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
  });

  it.each([400, 422])("is rejected when the edge says %i", async (status) => {
    statuses = [status];
    expect([await inbound.take(facts()), counts, waits]).toEqual(["reject", ["refused"], []]);
  });

  it("is rejected when it expires on the way, and left to the broker when the relay stops", async () => {
    statuses = Array.from({ length: 20 }, () => 0);
    expect([await inbound.take(facts(3_000)), counts]).toEqual(["reject", ["event_expired"]]);
    inbound.stop();
    expect(await inbound.take(facts())).toBe("again");
  });

  it("that is too large is told at once as errors of its facts, and rejected when those are, too", async () => {
    const large = cloudEvent(
      "Trento.Checks.V1.FactsGathered",
      message([1, ID], [2, ID], [3, ID], [4, [message([1, "A"], [2, "large"], [3, asValue("x")])]]),
    );
    statuses = [413];
    expect([await inbound.take(large), waits]).toEqual(["ack", []]);
    expect(sent[1]).toMatchObject({
      agent_id: ID,
      facts_gathered: [{ check_id: "A", name: "large", error: { type: "facts_too_large" } }],
    });
    statuses = [413, 413];
    expect([await inbound.take(large), counts]).toEqual(["reject", ["accepted", "refused"]]);
  });

  it("that has facts which cannot be read is logged with agent and execution", async () => {
    const fact = message([1, "A"], [2, "bad"], [3, asValue(Number.NaN)]);
    const event = cloudEvent(
      "Trento.Checks.V1.FactsGathered",
      message([1, ID], [2, ID], [3, ID], [4, [fact]]),
    );
    expect(await inbound.take(event)).toBe("ack");
    expect(log).toEqual([
      `facts for execution ${ID} of agent ${ID}: 1 facts cannot be read, the first is bad of A: NaN is no number of JSON`,
    ]);
  });

  it("that the relay fails over is rejected, and ends nothing", async () => {
    statuses = [THROWS];
    expect([await inbound.take(facts()), counts]).toEqual(["reject", ["failed"]]);
    expect(await inbound.take(facts())).toBe("ack");
  });

  it("that nobody understands is rejected without asking the edge", async () => {
    expect([await inbound.take(Buffer.from("x")), counts]).toEqual(["reject", ["decoding_error"]]);
  });
});

describe("a message for the broker", () => {
  let clock: Clock;
  let isLineBroken: boolean;
  let isConnected: boolean;
  let isAway: boolean;
  let published: string[];
  let told: string[];
  let counts: string[];
  let log: string[];
  let outbound: Outbound;

  const id = (index: number) => ID.replace(/.{3}$/, String(100 + index));
  const wish = (index: number, expiresIn = 60_000): ToRelay => ({
    id: id(index),
    time: new Date(clock.now).toISOString(),
    expires_at: new Date(clock.now + expiresIn).toISOString(),
    message: { type: "DiscoveryRequested", discovery_type: "host_discovery", targets: [ID] },
  });

  beforeEach(() => {
    clock = new Clock();
    isAway = false;
    isLineBroken = false;
    isConnected = true;
    [published, told, counts, log] = [[], [], [], []];
    outbound = new Outbound({
      now: () => clock.now,
      after: clock.after,
      isBrokerConnected: () => isConnected,
      publish: async (one) => {
        if (isAway) throw new Error("away");
        published.push(one.id);
      },
      published: (ids) => {
        if (isLineBroken) throw new Error("the line is broken");
        told.push(...ids);
      },
      count: (outcome) => void counts.push(outcome),
      log: (line) => void log.push(line),
    });
  });

  it("waits in silence for a broker that was never there, and no more of them than the edge keeps", async () => {
    isConnected = false;
    for (let index = 0; index <= 10_000; index += 1) outbound.add({ ...wish(0), id: `${index}` });
    await settled();
    await clock.pass(10_000);
    expect([published, log, outbound.waiting]).toEqual([[], [], 10_000]);
    isConnected = true;
    outbound.goOn();
    for (let times = 0; times < 30; times += 1) await settled();
    expect([published.length, published[0], outbound.waiting]).toEqual([10_000, "1", 0]);
  });

  it("is published once however often it is told, and the edge is told so", async () => {
    outbound.add(wish(1));
    outbound.add(wish(1));
    await settled();
    expect([published, told, outbound.waiting]).toEqual([[id(1)], [id(1)], 0]);
  });

  it("waits for the broker, in order, and goes by itself", async () => {
    isAway = true;
    for (const index of [1, 2, 3]) outbound.add(wish(index));
    await settled();
    expect([published, told, outbound.waiting]).toEqual([[], [], 3]);
    isAway = false;
    await clock.pass(2_000);
    expect([published, told]).toEqual([
      [id(1), id(2), id(3)],
      [id(1), id(2), id(3)],
    ]);
  });

  it("that comes while the edge cannot be told does not keep others from going", async () => {
    isLineBroken = true;
    for (const index of [1, 2]) outbound.add(wish(index));
    await settled();
    isLineBroken = false;
    outbound.add(wish(3));
    await settled();
    await clock.pass(2_000);
    expect([published, outbound.waiting]).toEqual([[id(1), id(2), id(3)], 0]);
  });

  it("is not tried again when the relay has stopped", async () => {
    isAway = true;
    outbound.add(wish(1));
    await settled();
    outbound.stop();
    isAway = false;
    await clock.pass(60_000);
    expect(published).toEqual([]);
  });

  it("is dropped when nobody waits for it any more, and the edge need not keep it", async () => {
    isAway = true;
    outbound.add(wish(1, 1_000));
    await settled();
    isAway = false;
    await clock.pass(2_000);
    expect([published, told, counts]).toEqual([[], [id(1)], ["expired"]]);
  });
});
