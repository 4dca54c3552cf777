/** What relays, agents and the control plane say to each other: all its fields, and how much of it. */
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { expectEachField } from "../domain/fields.spec.ts";
import { agentSocketPath, fromAgentSchema, toAgentSchema } from "./agent-messages.ts";
import {
  brokerMessageSchema,
  executionRequestedSchema,
  fromRelaySchema,
  heartbeatBatchSchema,
  heartbeatsHeardSchema,
  heldDiscoveriesSchema,
  relayedFactsSchema,
  relaySocketPath,
  toRelaySchema,
} from "./relay-messages.ts";

const id = "779cdd70-e9e2-58ca-b18a-bf3eb3f71244";
const at = "2026-01-01T00:00:00.000Z";
const execution = { execution_id: id, group_id: id };
const customization = { check_id: "A", group_id: id, target_type: "host" };
const factRequest = { check_id: "A", name: "n", gatherer: "g", argument: "" };
const fact = { check_id: "A", name: "n", value: 1 };
const reset = { type: "CheckCustomizationReset", ...customization, user_id: 1 };

type Described = Readonly<Record<string, unknown>>;

describe("a message has all its fields", () => {
  it.each<[z.ZodType, Described, string[]]>([
    [
      brokerMessageSchema,
      {
        type: "FactsGatheringRequested",
        ...execution,
        targets: [{ agent_id: id, fact_requests: [factRequest] }],
      },
      [],
    ],
    [
      brokerMessageSchema,
      { type: "DiscoveryRequested", discovery_type: "cloud_discovery", targets: [id] },
      [],
    ],
    [
      brokerMessageSchema,
      {
        type: "ExecutionStarted",
        ...execution,
        targets: [{ agent_id: id, checks: ["A"] }],
        target_type: "host",
      },
      [],
    ],
    [
      brokerMessageSchema,
      { type: "ExecutionCompleted", ...execution, result: "passing", target_type: "host" },
      [],
    ],
    [
      brokerMessageSchema,
      {
        type: "CheckCustomizationApplied",
        ...customization,
        custom_values: ["x", 1.5, true].map((value) => ({ name: "n", value })),
        user_id: 1,
      },
      [],
    ],
    [brokerMessageSchema, reset, []],
    [toRelaySchema, { id, time: at, expires_at: at, message: reset }, []],
    [fromRelaySchema, { type: "published", ids: [id] }, []],
    [fromRelaySchema, { type: "broker", state: "blocked", detail: null }, []],
    [heartbeatBatchSchema, { interval: 1_000, heartbeats: [{ host_id: id, age: 0 }] }, []],
    [heartbeatsHeardSchema, { unknown: [id], doubted: [id] }, ["doubted"]],
    [
      heldDiscoveriesSchema,
      {
        agents: [
          { agent_id: id, discoveries: [{ discovery_type: "cloud_discovery", hash: "x".repeat(44) }] },
        ],
      },
      [],
    ],
    [relayedFactsSchema, { ...execution, agent_id: id, facts_gathered: [fact] }, []],
    [
      executionRequestedSchema,
      {
        ...execution,
        targets: [{ agent_id: id, checks: ["A"], attributes: { a: 1 } }],
        target_type: "host",
        env: { provider: "aws" },
      },
      ["target_type", "env"],
    ],
    [
      toAgentSchema,
      { type: "FactsGatheringRequested", ...execution, expires_at: at, fact_requests: [factRequest] },
      [],
    ],
    [toAgentSchema, { type: "DiscoveryRequested", discovery_type: "host_discovery" }, []],
    [toAgentSchema, { type: "refused", execution_id: null, detail: "why" }, []],
    [fromAgentSchema, { type: "FactsGathered", ...execution, facts_gathered: [fact] }, []],
  ])("%#", (schema, example, optional) => {
    expectEachField(schema, example, optional);
  });

  it("and what may be missing is nothing in particular", () => {
    expect(heartbeatsHeardSchema.parse({ unknown: [] })).toEqual({ unknown: [], doubted: [] });
    const asked = { ...execution, targets: [{ agent_id: id, checks: [] }] };
    expect(executionRequestedSchema.parse(asked)).toEqual({
      ...asked,
      targets: [{ agent_id: id, checks: [], attributes: {} }],
      target_type: "cluster",
      env: {},
    });
  });
});

describe("a message is refused beyond its bounds", () => {
  const heartbeat = { host_id: id, age: 0 };
  const held = { discovery_type: "cloud_discovery", hash: "x".repeat(44) };
  const agent = { agent_id: id, discoveries: [held] };
  const target = { agent_id: id, checks: ["A"] };
  const many = <T>(one: T, count: number): T[] => Array.from({ length: count }, () => one);

  it.each<[string, z.ZodType, Described, Described]>([
    ["interval", heartbeatBatchSchema, { interval: 500, heartbeats: [] }, { interval: 499 }],
    ["interval", heartbeatBatchSchema, { interval: 60_000, heartbeats: [] }, { interval: 60_001 }],
    ["interval", heartbeatBatchSchema, { interval: 500, heartbeats: [] }, { interval: 500.5 }],
    [
      "age",
      heartbeatBatchSchema,
      { interval: 500, heartbeats: [{ ...heartbeat, age: 600_000 }] },
      { heartbeats: [{ ...heartbeat, age: 600_001 }] },
    ],
    [
      "age",
      heartbeatBatchSchema,
      { interval: 500, heartbeats: [heartbeat] },
      { heartbeats: [{ ...heartbeat, age: -1 }] },
    ],
    [
      "heartbeats",
      heartbeatBatchSchema,
      { interval: 500, heartbeats: many(heartbeat, 5_000) },
      { heartbeats: many(heartbeat, 5_001) },
    ],
    ["ids", fromRelaySchema, { type: "published", ids: many(id, 10_000) }, { ids: many(id, 10_001) }],
    [
      "detail",
      fromRelaySchema,
      { type: "broker", state: "ok", detail: "x".repeat(1_000) },
      { detail: "x".repeat(1_001) },
    ],
    ["agents", heldDiscoveriesSchema, { agents: many(agent, 500) }, { agents: many(agent, 501) }],
    [
      "discoveries",
      heldDiscoveriesSchema,
      { agents: [{ ...agent, discoveries: many(held, 6) }] },
      { agents: [{ ...agent, discoveries: many(held, 7) }] },
    ],
    ["discoveries", heldDiscoveriesSchema, { agents: [agent] }, { agents: [{ ...agent, discoveries: [] }] }],
    [
      "hash",
      heldDiscoveriesSchema,
      { agents: [agent] },
      { agents: [{ ...agent, discoveries: [{ ...held, hash: "x".repeat(43) }] }] },
    ],
    [
      "checks",
      executionRequestedSchema,
      { ...execution, targets: [{ ...target, checks: many("x".repeat(256), 5_000) }] },
      { targets: [{ ...target, checks: many("x", 5_001) }] },
    ],
    [
      "check",
      executionRequestedSchema,
      { ...execution, targets: [target] },
      { targets: [{ ...target, checks: ["x".repeat(257)] }] },
    ],
    [
      "targets",
      executionRequestedSchema,
      { ...execution, targets: many(target, 1_000) },
      { targets: many(target, 1_001) },
    ],
    [
      "target_type",
      executionRequestedSchema,
      { ...execution, targets: [], target_type: "x".repeat(256) },
      { target_type: "x".repeat(257) },
    ],
  ])("%s (%#)", (_, schema, bound, beyond) => {
    expect(schema.safeParse(bound).error).toBeUndefined();
    expect(schema.safeParse({ ...bound, ...beyond }).success).toBe(false);
  });

  it.each<[z.ZodType, Described]>([
    [heartbeatBatchSchema, { interval: 500, heartbeats: [{ ...heartbeat, more: 1 }] }],
    [heartbeatBatchSchema, { interval: 500, heartbeats: [], more: 1 }],
    [heldDiscoveriesSchema, { agents: [], more: 1 }],
    [heldDiscoveriesSchema, { agents: [{ ...agent, more: 1 }] }],
    [relayedFactsSchema, { ...execution, agent_id: id, facts_gathered: [], more: 1 }],
    [executionRequestedSchema, { ...execution, targets: [], more: 1 }],
  ])("with fields that nobody knows (%#)", (schema, message) => {
    expect(schema.safeParse(message).success).toBe(false);
  });
});

it("ids are written in small letters, whoever tells them", () => {
  const large = id.toUpperCase();
  expect(heartbeatBatchSchema.parse({ interval: 500, heartbeats: [{ host_id: large, age: 0 }] })).toEqual({
    interval: 500,
    heartbeats: [{ host_id: id, age: 0 }],
  });
  const told = { execution_id: large, group_id: large };
  expect(relayedFactsSchema.parse({ ...told, agent_id: large, facts_gathered: [] })).toMatchObject({
    ...execution,
    agent_id: id,
  });
  expect(
    executionRequestedSchema.parse({ ...told, targets: [{ agent_id: large, checks: [] }] }),
  ).toMatchObject({ ...execution, targets: [{ agent_id: id }] });
});

it("sockets have paths of their own", () => {
  expect([relaySocketPath("one"), agentSocketPath(id)]).toEqual([
    "/api/v1/relays/one/socket",
    `/api/v1/agents/${id}/socket`,
  ]);
});
