/** What clients see has all its fields, and no field that is something else. */
import { describe, expect, it } from "vitest";
import type { z } from "zod";
import { agentViewSchema } from "./agent/view.ts";
import { mailViewSchema } from "./alerts/mail-view.ts";
import { executionViewSchema } from "./execution/view.ts";
import { expectEachField } from "./fields.spec.ts";
import { relayViewSchema } from "./relay-view.ts";
import {
  attemptSchema,
  deliveryDetailsSchema,
  deliverySchema,
  endpointViewSchema,
  endpointWithSecretSchema,
} from "./webhooks/view.ts";

const [id, at] = ["779cdd70-e9e2-58ca-b18a-bf3eb3f71244", "2026-01-01T00:00:00.000Z"];
const endpoint = {
  url: "https://example.com/hook",
  description: "",
  event_types: ["*"],
  enabled: true,
  signature: "hmac",
  id,
  disabled_reason: null,
  inserted_at: at,
  updated_at: at,
};
const delivery = {
  id: "of-the-message",
  type: "host_registered",
  status: "waiting",
  attempts: 1,
  created_at: at,
  next_attempt_at: null,
};
const attempt = { at, status: null, error: null, duration: 0.5 };

describe("a view", () => {
  it.each<[string, z.ZodType, Record<string, unknown>, string[]]>([
    [
      "an agent",
      agentViewSchema,
      {
        id,
        hostname: null,
        open_discoveries: [
          {
            discovery_type: "cloud_discovery",
            state: "delayed",
            issues: [{ field: null, message: "" }],
            since: at,
          },
        ],
        updated_at: at,
      },
      [],
    ],
    [
      "a mail",
      mailViewSchema,
      {
        id,
        subject: "",
        status: "parked",
        attempts: 0,
        error: null,
        created_at: at,
        next_attempt_at: null,
      },
      [],
    ],
    [
      "a relay",
      relayViewSchema,
      {
        name: "one",
        first_seen_at: at,
        connected_at: at,
        connected: false,
        waiting: 0,
        broker: null,
        broker_detail: null,
      },
      [],
    ],
    [
      "an execution",
      executionViewSchema,
      {
        execution_id: id,
        group_id: id,
        target_type: "host",
        status: "running",
        result: null,
        started_at: at,
        completed_at: null,
        targets: [{ agent_id: id, checks: ["A"] }],
        answered: [],
        timeout: [],
        critical_count: null,
        warning_count: null,
        passing_count: null,
      },
      [],
    ],
    // What may be set may be left to what it is by itself.
    ["an endpoint", endpointViewSchema, endpoint, ["description", "event_types", "enabled", "signature"]],
    [
      "a new endpoint",
      endpointWithSecretSchema,
      { ...endpoint, secret: "s" },
      ["description", "event_types", "enabled", "signature"],
    ],
    ["a delivery", deliverySchema, delivery, []],
    ["a delivery in detail", deliveryDetailsSchema, { ...delivery, body: "{}", tries: [attempt] }, []],
    ["an attempt", attemptSchema, attempt, []],
  ])("of %s has all its fields", (_, schema, example, optional) => {
    expectEachField(schema, example, optional);
  });

  it.each<[z.ZodType, Record<string, unknown>, Record<string, unknown>]>([
    [
      mailViewSchema,
      { id, subject: "", status: "sent", attempts: 1, error: "e", created_at: at, next_attempt_at: at },
      { attempts: 1.5 },
    ],
    [deliverySchema, delivery, { attempts: 1.5 }],
    [deliverySchema, delivery, { status: "lost" }],
    [attemptSchema, attempt, { status: 200.5 }],
    [endpointViewSchema, endpoint, { id: "1" }],
  ])("%# has no other values", (schema, example, wrong) => {
    expect(schema.safeParse(example).success).toBe(true);
    expect(schema.safeParse({ ...example, ...wrong }).success).toBe(false);
  });
});
