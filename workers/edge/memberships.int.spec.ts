/** In which cluster the list of hosts shows each. */
import { beforeAll, describe, expect, it } from "vitest";
import { scaleUp } from "../../domain/discovery/ha-cluster/examples.spec.ts";
import { hostPayload } from "../../test/agents.ts";
import { Administrator, type ApiAgent, done, outcome } from "../../test/api-client.ts";
import { newPlace } from "../../test/landscape.ts";
import { registeredHost } from "./examples.spec.ts";

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

const join = (agent: ApiAgent, label: string) =>
  agent.tells("ha_cluster_discovery", scaleUp({ top: { Id: label } }));

async function membership(agent: ApiAgent) {
  const host = await admin.host(agent.id);
  return host === undefined ? undefined : [host.cluster_id, host.cluster_host_status];
}

describe("a host in the list", () => {
  it("is in the cluster that it joined, also when that was told first", async () => {
    const [before, after] = [newPlace(), newPlace()];
    const early = await admin.agent();
    await join(early, before.label);
    await early.tells("host_discovery", hostPayload);
    await expect.poll(() => membership(early)).toEqual([before.clusterId, "online"]);
    const late = await registeredHost(admin);
    await expect.poll(() => membership(late)).toEqual([null, null]);
    await join(late, after.label);
    await expect.poll(() => membership(late)).toEqual([after.clusterId, "online"]);
  });

  it("is offline there while it says so", async () => {
    const { label, clusterId } = newPlace();
    const agent = await registeredHost(admin);
    await join(agent, label);
    await agent.tells("ha_cluster_discovery", { Id: label, Name: "the cluster", Online: false });
    await expect.poll(() => membership(agent)).toEqual([clusterId, "offline"]);
    await join(agent, label);
    await expect.poll(() => membership(agent)).toEqual([clusterId, "online"]);
  });

  it("is in another when it moved, and in the first when it moved back", async () => {
    const [one, other] = [newPlace(), newPlace()];
    const [agent, stays] = [await registeredHost(admin), await registeredHost(admin)];
    for (const member of [agent, stays]) await join(member, one.label);
    for (const { label, clusterId } of [other, one, other]) {
      await join(agent, label);
      await expect.poll(() => membership(agent)).toEqual([clusterId, "online"]);
    }
    expect(await membership(stays)).toEqual([one.clusterId, "online"]);
    expect(await admin.cluster(one.clusterId)).toBeDefined();
  });

  it("is in none when it left", async () => {
    const { label } = newPlace();
    const agent = await registeredHost(admin);
    await join(agent, label);
    await agent.tells("ha_cluster_discovery", null);
    await expect.poll(() => membership(agent)).toEqual([null, null]);
  });

  it("leaves its cluster to the others when it is cleaned up, and is in it again when it is back", async () => {
    const { label, clusterId } = newPlace();
    const [agent, other] = [await registeredHost(admin), await registeredHost(admin)];
    for (const member of [agent, other]) await join(member, label);
    await expect.poll(() => membership(agent)).toEqual([clusterId, "online"]);
    expect(await outcome(admin.call("DELETE", `/api/v1/hosts/${agent.id}`))).toEqual(done);
    await expect.poll(() => membership(agent)).toBeUndefined();
    expect(await membership(other)).toEqual([clusterId, "online"]);
    expect(await admin.cluster(clusterId)).toBeDefined();
    await expect
      .poll(async () => {
        await agent.tells("host_discovery", hostPayload);
        await join(agent, label);
        return membership(agent);
      })
      .toEqual([clusterId, "online"]);
  });
});
