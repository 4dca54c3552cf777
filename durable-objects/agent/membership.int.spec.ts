/** In which cluster a host is: joined, changed, left, and asleep. */
import { describe, expect, it } from "vitest";
import { clusterIdOf } from "../../domain/discovery/ids.ts";
import { clusterPayload, offlineClusterPayload, TestAgent } from "../../test/agents.ts";
import { clusterState, eventTypes, newPlace } from "../../test/landscape.ts";

const discover = (agent: TestAgent, payload: unknown) => agent.collect("ha_cluster_discovery", payload);

describe("a host of a cluster", () => {
  it("leaves it when it tells of none, and nothing happens when it was in none", async () => {
    const { label, clusterId } = newPlace();
    const agent = new TestAgent();
    expect(await discover(agent, null)).toEqual({ status: "accepted", cib: null });
    await discover(agent, clusterPayload(label));
    expect((await clusterState(clusterId)).hosts).toEqual([agent.id]);
    await discover(agent, null);
    expect(await eventTypes("cluster", clusterId)).toEqual([
      "ClusterRegistered",
      "HostAddedToCluster",
      "HostRemovedFromCluster",
      "ClusterDeregistered",
      "ClusterTombstoned",
    ]);
    await discover(agent, clusterPayload(label));
    expect(await clusterState(clusterId)).toMatchObject({ deregistered_at: null, hosts: [agent.id] });
  });

  it("leaves one before it joins another", async () => {
    const [before, after] = [newPlace(), newPlace()];
    const [agent, other] = [new TestAgent(), new TestAgent()];
    for (const member of [agent, other]) await discover(member, clusterPayload(before.label));
    await discover(agent, clusterPayload(after.label));
    expect((await clusterState(before.clusterId)).hosts).toEqual([other.id]);
    expect((await clusterState(after.clusterId)).hosts).toEqual([agent.id]);
    await discover(agent, offlineClusterPayload(before.label));
    expect(await clusterState(before.clusterId)).toMatchObject({
      hosts: [other.id, agent.id],
      offline_hosts: [agent.id],
    });
    expect((await clusterState(after.clusterId)).deregistered_at).not.toBeNull();
  });

  it("is told the time of the configuration beside the events, once for each change", async () => {
    const { label, clusterId } = newPlace();
    const agent = new TestAgent();
    const cib = (cibLastWritten: string) => ({
      status: "accepted",
      cib: { clusterId, cibLastWritten, toldAt: expect.any(Number) },
    });
    expect(await discover(agent, clusterPayload(label, { written: "noon" }))).toEqual(cib("noon"));
    const before = await eventTypes("cluster", clusterId);
    expect(await discover(agent, clusterPayload(label, { written: "one" }))).toEqual(cib("one"));
    expect(await eventTypes("cluster", clusterId)).toEqual(before);
  });
});

describe("a cluster whose hosts go offline", () => {
  it("is stopped with the last, also when it was first heard of offline", async () => {
    const { label, clusterId } = newPlace();
    const [one, other] = [new TestAgent(), new TestAgent()];
    await discover(one, clusterPayload(label));
    await discover(other, clusterPayload(label, { dc: false }));
    await discover(one, offlineClusterPayload(label));
    expect((await clusterState(clusterId)).state).not.toBe("stopped");
    await discover(other, offlineClusterPayload(label));
    expect((await clusterState(clusterId)).state).toBe("stopped");
    await discover(one, clusterPayload(label));
    expect(await clusterState(clusterId)).toMatchObject({ state: "S_IDLE", offline_hosts: [other.id] });

    const asleep = newPlace();
    await discover(new TestAgent(), offlineClusterPayload(asleep.label));
    expect((await clusterState(clusterIdOf(asleep.label))).state).toBe("stopped");
  });
});

describe("two nodes that flap between online and offline", () => {
  it("tell one event for each change, and nothing in between", async () => {
    const { label, clusterId } = newPlace();
    const nodes = [new TestAgent(), new TestAgent()];
    for (const node of nodes) await discover(node, clusterPayload(label, { dc: node === nodes[0] }));
    const before = await eventTypes("cluster", clusterId);
    for (let round = 0; round < 3; round += 1) {
      for (const node of nodes) await discover(node, offlineClusterPayload(label));
      for (const node of nodes) await discover(node, clusterPayload(label, { dc: node === nodes[0] }));
    }
    const flapped = (await eventTypes("cluster", clusterId)).slice(before.length);
    expect(flapped.filter((type) => type === "ClusterHostStatusChanged")).toHaveLength(12);
    expect(flapped.filter((type) => type === "ClusterDetailsUpdated")).toHaveLength(6);
    expect(flapped).toHaveLength(18);
  });
});
