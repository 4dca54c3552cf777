/** A cluster whose designated controller goes from one host to another and back. */
import { describe, expect, it } from "vitest";
import { clusterPayload, TestAgent } from "../../test/agents.ts";
import { clusterState, eventTypes, newPlace, tellAgain } from "../../test/landscape.ts";

function pairOf(label: string) {
  const [one, other] = [new TestAgent(), new TestAgent()];
  const tell = (agent: TestAgent, dc: boolean, state: string) =>
    agent.collect("ha_cluster_discovery", { ...clusterPayload(label, { dc }), State: state });
  const holds = (agent: TestAgent, dc: boolean, state: string) =>
    agent.holds("ha_cluster_discovery", { ...clusterPayload(label, { dc }), State: state });
  return { one, other, tell, holds };
}

describe("a controller that is one again", () => {
  it("is heard, although it says what it said when it was one before", async () => {
    const { label, clusterId } = newPlace();
    const { one, other, tell, holds } = pairOf(label);
    await tell(one, true, "S_IDLE");
    await tell(other, true, "S_ELECTION");
    expect((await clusterState(clusterId)).state).toBe("S_ELECTION");
    await expect.poll(() => holds(one, true, "S_IDLE")).toBe(false);
    await tell(one, true, "S_IDLE");
    expect((await clusterState(clusterId)).state).toBe("S_IDLE");
  });

  it("is not doubted for what it said itself, nor is one that only takes part", async () => {
    const { label, clusterId } = newPlace();
    const { one, other, tell, holds } = pairOf(label);
    await tell(one, true, "S_IDLE");
    await tell(other, false, "S_IDLE");
    await tell(one, true, "S_ELECTION");
    await tellAgain("cluster", clusterId);
    expect(await holds(one, true, "S_ELECTION")).toBe(true);
    expect(await holds(other, false, "S_IDLE")).toBe(true);
    const before = await eventTypes("cluster", clusterId);
    await tell(one, true, "S_ELECTION");
    expect(await eventTypes("cluster", clusterId)).toEqual(before);
  });
});
