/** Hosts behind a relay: when they are alive, and when the relay is to tell all of them anew. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { clusterPayload, hostPayload } from "../../test/agents.ts";
import { Administrator, type ApiAgent, done, outcome, refused } from "../../test/api-client.ts";
import { send } from "../../test/landscape.ts";
import { digestOfBody } from "./discovery-body.ts";

const CLUSTER = "ha_cluster_discovery";

let admin: Administrator;
let agent: ApiAgent;

beforeAll(async () => {
  admin = await Administrator.signIn();
});
beforeEach(async () => {
  agent = await admin.agent();
});

const post = (path: string, json: unknown) => agent.call("POST", `/api/v1/relays/${path}`, { json });
const cluster = () => clusterPayload(agent.id.slice(0, 8));

/** What of a discovery the edge does not hold. */
async function confirm(discovery_type: string, payload: unknown) {
  const text = JSON.stringify({ agent_id: agent.id, discovery_type, payload });
  const hash = await digestOfBody(Uint8Array.from(new TextEncoder().encode(text)));
  const discoveries = [{ discovery_type, hash }];
  return (await post("discoveries", { agents: [{ agent_id: agent.id, discoveries }] })).body;
}

describe("a host that a relay tells of", () => {
  const told = (age: number) =>
    post("heartbeats?silent=named", { interval: 5_000, heartbeats: [{ host_id: agent.id, age }] });
  const doubted = async () => z.object({ doubted: z.array(z.string()) }).parse((await told(0)).body).doubted;
  const remove = () => outcome(admin.call("DELETE", `/api/v1/hosts/${agent.id}`));

  beforeEach(async () => {
    await agent.collect("host_discovery", hostPayload);
    await agent.collect(CLUSTER, cluster());
    await told(0);
    await expect.poll(async () => (await admin.host(agent.id))?.heartbeat).toBe("passing");
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("cannot be taken away while it is not lost, and can when it is", async () => {
    const live = refused(422, "Unprocessable Entity", "Requested operation not allowed for live hosts.");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 8_000 });
    await told(7_000);
    expect(await remove()).toEqual(live);
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 5_000 });
    await told(12_000);
    expect(await remove()).toEqual(done);
  });

  it("is to say all anew when it was lost and is back, until it has", async () => {
    const held = () => confirm(CLUSTER, cluster());
    expect([await held(), await doubted()]).toEqual([{ missing: [] }, []]);
    await send({ type: "UpdateHeartbeat", data: { host_id: agent.id, heartbeat: "critical" } });
    await expect.poll(doubted).toEqual([agent.id]);
    expect(await held()).toEqual({ missing: [{ agent_id: agent.id, discovery_types: [CLUSTER] }] });
    await agent.collect(CLUSTER, cluster());
    expect(await held()).toEqual({ missing: [] });
  });

  it("is to say all anew when it came back after it was taken away", async () => {
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 40_000 });
    expect(await remove()).toEqual(done);
    await expect.poll(() => admin.host(agent.id)).toBeUndefined();
    await expect.poll(async () => (await told(0)).body).toMatchObject({ unknown: [agent.id] });
    await agent.collect("host_discovery", hostPayload);
    expect(await doubted()).toEqual([agent.id]);
  });
});
