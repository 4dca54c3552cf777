/** Messages of the broker, held against protobuf written by hand. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { BrokerMessage } from "../../../checks/relay-messages.ts";
import { cloudEvent, executionRequested } from "../../../test/relay/clients.ts";
import { asValue, Fields, message } from "../../../test/relay/wire.ts";
import { readIncoming } from "./incoming.ts";
import { publication } from "./outgoing.ts";

const NOW = Date.parse("2026-11-25T12:00:00.500Z");
const ids = {
  execution_id: "00000000-0000-4000-8000-000000000001",
  group_id: "00000000-0000-4000-8000-000000000002",
};
const agent_id = "00000000-0000-4000-8000-000000000003";
const FACTS = "Trento.Checks.V1.FactsGathered";

function told(one: BrokerMessage) {
  const { content, route, type } = publication(
    {
      id: ids.execution_id,
      time: "2026-11-25T11:59:00Z",
      expires_at: "2026-11-25T12:04:00Z",
      message: one,
    },
    NOW,
  );
  const event = new Fields(content);
  const attributes = event.map(5);
  return {
    route: `${route.exchange} ${route.key}`,
    type,
    data: event.one(8).one(2),
    event,
    expiration: attributes.get("expiration")?.one(7).number(1),
    time: attributes.get("time")?.one(7).number(1),
    userId: attributes.get("user_id")?.number(2),
  };
}

const seconds = (time: string) => Date.parse(time) / 1_000;

describe("what is said", () => {
  it("asks agents for facts, as long as somebody waits", () => {
    const request = { check_id: "A", name: "token", gatherer: "corosync.conf@v1", argument: "totem.token" };
    const { route, type, data, event, expiration, time } = told({
      type: "FactsGatheringRequested",
      ...ids,
      targets: [{ agent_id, fact_requests: [request] }],
    });
    expect([route, type]).toEqual(["trento.checks agents", "Trento.Checks.V1.FactsGatheringRequested"]);
    expect([event.text(3), event.text(4), event.one(8).text(1)]).toEqual([
      "1.0",
      type,
      `type.googleapis.com/${type}`,
    ]);
    expect([data.text(1), data.text(2)]).toEqual([ids.execution_id, ids.group_id]);
    const [target] = data.all(3);
    expect(target?.text(1)).toBe(agent_id);
    expect(target?.all(2).map((one) => [1, 2, 3, 4].map((field) => one.text(field)))).toEqual([
      ["A", "token", "corosync.conf@v1", "totem.token"],
    ]);
    expect([time, expiration]).toEqual([seconds("2026-11-25T11:59:00Z"), seconds("2026-11-25T12:04:00Z")]);
  });

  it.each([
    ["passing", 0],
    ["warning", 1],
    ["critical", 2],
  ] as const)("has the result %s as %i, and lives five minutes from now", (result, number) => {
    const { route, data, expiration } = told({
      type: "ExecutionCompleted",
      ...ids,
      result,
      target_type: "cluster",
    });
    expect([route, data.number(3), data.text(4)]).toEqual(["trento.checks results", number, "cluster"]);
    expect(expiration).toBe(Math.floor(NOW / 1_000) + 300);
  });

  it("has custom values by their kind, and the user; what no field can hold is told in words", () => {
    const { route, data, userId } = told({
      type: "CheckCustomizationApplied",
      check_id: "A",
      group_id: ids.group_id,
      target_type: "host",
      custom_values: [
        { name: "text", value: "x" },
        { name: "number", value: 5 },
        { name: "flag", value: false },
        { name: "fraction", value: 1.5 },
        { name: "large", value: 3_000_000_000 },
      ],
      user_id: 7,
    });
    expect([route, userId]).toEqual(["trento.catalog customizations", 7]);
    const values = data.all(4);
    expect(values.map((value) => value.text(1))).toEqual(["text", "number", "flag", "fraction", "large"]);
    expect([values[0]?.text(2), values[1]?.number(3), values[3]?.text(2), values[4]?.text(2)]).toEqual([
      "x",
      5,
      "1.5",
      "3000000000",
    ]);
  });

  it("asks for discoveries at their own exchange", () => {
    const { route, type, data } = told({
      type: "DiscoveryRequested",
      discovery_type: "saptune_discovery",
      targets: [agent_id],
    });
    expect([route, type]).toEqual(["trento.discoveries agents", "Trento.Discoveries.V1.DiscoveryRequested"]);
    expect([data.text(1), data.texts(2)]).toEqual(["saptune_discovery", [agent_id]]);
  });
});

const head = [
  [1, ids.execution_id],
  [2, ids.group_id],
  [3, agent_id],
] as const;
const factsOf = (...facts: Uint8Array[]) => cloudEvent(FACTS, message(...head, [4, facts]));

describe("what is heard", () => {
  it.each(["", "type.googleapis.com/"] as const)("has facts of every kind (%s)", (urlPrefix) => {
    const values = [1, 1.5, "x", true, null, [1, "y"], { a: { b: [] } }];
    const facts = values.map((value) => message([1, "A"], [2, "fact"], [3, asValue(value)]));
    const error = message([1, "A"], [2, "error"], [4, message([1, "why"], [2, "kind"])]);
    const event = cloudEvent(FACTS, message(...head, [4, [...facts, error]]), { urlPrefix });
    expect(readIncoming(event, Date.now())).toMatchObject({
      kind: "facts",
      data: {
        ...ids,
        agent_id,
        facts_gathered: [
          ...values.map((value) => ({ check_id: "A", name: "fact", value })),
          { check_id: "A", name: "error", error: { message: "why", type: "kind" } },
        ],
      },
    });
  });

  it("may have no facts at all", () => {
    expect(readIncoming(factsOf(), Date.now())).toMatchObject({ data: { facts_gathered: [] } });
  });

  it("has executions that somebody asks for", () => {
    const env = { provider: "azure", size: 3, angi: false };
    const event = executionRequested({
      executionId: ids.execution_id,
      groupId: ids.group_id,
      agentId: agent_id,
      checks: ["A", "B"],
      env,
    });
    expect(readIncoming(event, Date.now())).toMatchObject({
      kind: "execution",
      data: { ...ids, targets: [{ agent_id, checks: ["A", "B"], attributes: {} }], env, target_type: "host" },
    });
  });

  it("is taken without an expiration, as Wanda takes it", () => {
    const event = cloudEvent(FACTS, message(...head), { expiresIn: null });
    expect(readIncoming(event, Date.now())).toMatchObject({ kind: "facts", expiresAt: null });
  });

  const nested = (levels = 3_000) => {
    let value = asValue(1);
    for (let depth = 0; depth < levels; depth += 1) value = message([6, message([1, value])]);
    return value;
  };
  const aFact = (...fields: Parameters<typeof message>) => message([1, "A"], [2, "bad"], ...fields);
  const good = message([1, "B"], [2, "good"], [3, asValue("x")]);

  it.each([
    ["nothing", aFact(), "neither a value nor an error"],
    ["a value of no kind", aFact([3, message()]), "no kind"],
    ["a number that is none", aFact([3, asValue(Number.NaN)]), "NaN is no number of JSON"],
    ["a number beyond all, deep within", aFact([3, asValue({ a: [-Infinity] })]), "-Infinity is no number"],
    ["lists in lists", aFact([3, nested(52)]), "depth exceeded"],
    ["lists in lists without end", aFact([3, nested()]), "depth exceeded"],
    ["noise", aFact([3, Uint8Array.from([0xff, 0xff])]), ""],
    ["a text that is no UTF-8", aFact([3, message([3, Uint8Array.from([0xff, 0xfe])])]), "utf-8"],
  ])("has a fact of %s as an error of its own, and the others count", (_, bad, why) => {
    const read = readIncoming(factsOf(bad, good), Date.now());
    expect(read).toMatchObject({
      kind: "facts",
      data: {
        facts_gathered: [
          {
            check_id: "A",
            name: "bad",
            error: { type: "fact_not_readable", message: expect.stringContaining(why) },
          },
          { check_id: "B", name: "good", value: "x" },
        ],
      },
    });
  });

  it("passes over what names no fact", () => {
    expect(readIncoming(factsOf(Uint8Array.from([0xff]), good), Date.now())).toMatchObject({
      data: { facts_gathered: [{ name: "good" }] },
    });
  });

  it("is taken when its facts nest as deep as real ones may", () => {
    expect(readIncoming(factsOf(aFact([3, nested(40)])), Date.now())).toMatchObject({
      data: { facts_gathered: [{ name: "bad", value: [[[[expect.anything()]]]] }] },
    });
  });

  it("names the execution and the agent of facts that are refused, where it has them", () => {
    const late = cloudEvent(FACTS, message(...head), { expiresIn: -1_000 });
    const foreign = cloudEvent(FACTS, message([1, "no uuid"], [2, ids.group_id], [3, agent_id]));
    for (const [content, execution] of [
      [late, ids.execution_id],
      [foreign, "no uuid"],
    ] as const) {
      expect(readIncoming(content, Date.now())).toMatchObject({
        kind: "problem",
        detail: expect.stringContaining(`${FACTS} for execution ${execution} of agent ${agent_id}: `),
      });
    }
  });

  const at = (seconds: number) => {
    const time = message([1, "expiration"], [2, message([7, message([1, seconds])])]);
    const data = message([1, FACTS], [2, message(...head)]);
    return Buffer.from(message([1, "id"], [3, "1.0"], [4, FACTS], [5, [time]], [8, data]));
  };
  it.each([
    ["nothing", Buffer.alloc(0), "invalid_envelope"],
    ["noise", Buffer.from([0xff, 0xff, 0xff, 0xff]), "decoding_error"],
    ["no data", Buffer.from(message([1, "id"], [4, FACTS])), "invalid_envelope"],
    ["text for data", Buffer.from(message([4, FACTS], [7, "text"])), "invalid_envelope"],
    ["another message", cloudEvent("Trento.Checks.V1.ExecutionStarted", message()), "unknown_event"],
    ["another area", cloudEvent("Trento.Operations.V1.OperationRequested", message()), "unknown_event"],
    ["an envelope for a message", cloudEvent("CloudEvents.CloudEvent", message()), "unknown_event"],
    ["a part of a message", cloudEvent("Trento.Checks.V1.Fact", message()), "unknown_event"],
    ["noise for a message", cloudEvent(FACTS, Uint8Array.from([0xff])), "decoding_error"],
    ["an empty message", cloudEvent(FACTS, message()), "decoding_error"],
    ["an old message", cloudEvent(FACTS, message(...head), { expiresIn: -1_000 }), "event_expired"],
    ["one that expired before there was time", at(-9_000_000_000_000), "decoding_error"],
    ["one that expires after all time", at(9_000_000_000_000), "decoding_error"],
  ])("is refused: %s", (_, content, problem) => {
    expect(readIncoming(content, Date.now())).toMatchObject({ kind: "problem", problem });
  });

  it("is never a reason to throw, whatever bytes it has", () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.nat(),
        fc.integer({ min: -9_007_199_254_740_991, max: 9_007_199_254_740_991 }),
        (noise, place, seconds) => {
          const sound = at(seconds);
          sound.set(noise.subarray(0, sound.length), place % sound.length > 100 ? 0 : place % sound.length);
          for (const content of [noise, sound, at(seconds)]) {
            expect(readIncoming(content, Date.now()).kind).toMatch(/^(facts|execution|problem)$/);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
