/** The envelope of a discovery, and the policy that each type has. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nestsDeeperThan } from "../json.ts";
import { discoveryTypes, envelopeSchema } from "./envelope.ts";
import { agentId, noMemory } from "./examples.spec.ts";
import { policies } from "./index.ts";

const envelope = { agent_id: agentId, discovery_type: "host_discovery", payload: {} };
const wrongKeys = (value: unknown) =>
  envelopeSchema.safeParse(value).error?.issues.map(({ path }) => path[0]);

describe("an envelope", () => {
  it.each([[{ a: { b: [] } }], [{}], [[]], [[null, 5]], [null]])("may hold the payload %j", (payload) => {
    expect(envelopeSchema.parse({ ...envelope, payload })).toEqual({ ...envelope, payload });
  });

  it.each(["text", 5, true, undefined])("holds no payload like %j", (payload) => {
    expect(wrongKeys({ ...envelope, payload })).toEqual(["payload"]);
  });

  it("must hold all three keys", () => {
    expect(wrongKeys({})).toEqual(["agent_id", "discovery_type", "payload"]);
  });

  it("holds no other key", () => {
    expect(envelopeSchema.safeParse({ ...envelope, added: 1 }).success).toBe(false);
  });

  it.each(["", "suse", "779cdd70-e9e2-58ca-b18a", null, 5])(
    "has a UUID for its agent, not %j",
    (agent_id) => {
      expect(wrongKeys({ ...envelope, agent_id })).toEqual(["agent_id"]);
    },
  );

  it.each(["", "systemd_discovery", "Host_discovery", "constructor", "__proto__", null])(
    "is of a known type, not %j",
    (discovery_type) => {
      const issues = envelopeSchema.safeParse({ ...envelope, discovery_type }).error?.issues;
      expect(issues?.map(({ message }) => message)).toEqual(["Unknown discovery type."]);
    },
  );

  it.each([[null], [[]], ["text"], [5], [undefined]])("is an object, not %j", (value) => {
    expect(envelopeSchema.safeParse(value).success).toBe(false);
  });
});

describe("the policies", () => {
  it("are those of the six types", () => {
    expect(Object.keys(policies).sort()).toEqual([...discoveryTypes].sort());
    expect(discoveryTypes).toHaveLength(6);
  });

  it.each(discoveryTypes)("of %s answers any JSON that the guard lets in", (type) => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 8 }), fc.boolean(), (payload, sapRunning) => {
        fc.pre(!nestsDeeperThan(payload));
        const result = policies[type](agentId, payload, { ...noMemory, sapRunning });
        expect(result.ok ? result.commands.length <= 1 : result.issues.length > 0).toBe(true);
      }),
    );
  });

  it.each(discoveryTypes)("of %s does not change the payload", (type) => {
    fc.assert(
      fc.property(fc.jsonValue(), (payload) => {
        const before = JSON.stringify(payload);
        policies[type](agentId, payload, noMemory);
        expect(JSON.stringify(payload)).toBe(before);
      }),
    );
  });
});
