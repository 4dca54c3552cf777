/** Judges a discovery as the edge does, while the edge cannot: what its policy refuses is refused, and not kept. */
import { policies } from "../../../domain/discovery/index.ts";
import type { AgentMemory } from "../../../domain/discovery/policy.ts";
import { payloadErrors, type ReadDiscovery } from "../../../workers/edge/discovery-body.ts";
import type { Reply } from "./reply.ts";

/** Whether a payload is sound does not depend on what was said before. */
const nothingKnown: AgentMemory = {
  now: "1970-01-01T00:00:00.000Z",
  sapRunning: false,
  clusterId: null,
  movable: [],
  instances: [],
};

/** @returns null where nothing is wrong */
export function refusalOf({ agentId, type, payload }: ReadDiscovery): Reply | null {
  const policy = policies[type](agentId, payload, nothingKnown);
  return policy.ok ? null : { status: 422, body: JSON.stringify(payloadErrors(policy.issues)) };
}
