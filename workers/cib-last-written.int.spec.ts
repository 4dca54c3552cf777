/** When a cluster's configuration was last written: what was told last counts, and is told once. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { PhoenixClient } from "../party/phoenix-client.spec.ts";
import { RoomClient } from "../party/room-client.spec.ts";
import { clusterPayload, hostPayload } from "../test/agents.ts";
import { Administrator } from "../test/api-client.ts";
import { newPlace } from "../test/landscape.ts";
import { noteCibWritten } from "./cib-last-written.ts";

const early = "Mon Nov  2 10:00:00 2026";
const late = "Mon Nov  2 10:00:01 2026";
const topic = "monitoring:clusters";

let clusterId = "";
let toldAt = 0;
const note = (cibLastWritten: string, at?: number) => {
  toldAt += 1;
  return noteCibWritten(env, { clusterId, cibLastWritten, toldAt: at ?? toldAt });
};
const written = () =>
  env.DB.prepare("SELECT cib_last_written FROM clusters_enrichment_data WHERE cluster_id = ?")
    .bind(clusterId)
    .first<string>("cib_last_written");

beforeEach(() => {
  clusterId = crypto.randomUUID();
});

describe("the time of a configuration", () => {
  it("is the one that was told last, whatever it says", async () => {
    for (const time of [late, early, "then", "2026-10-25 02:30:00 +01:00", "Sun Oct 25 02:05:00 2026"]) {
      await note(time);
      expect(await written()).toBe(time);
    }
  });

  it("does not give way to one that was told before it, and is written after it", async () => {
    await note(early, 2);
    await note(late, 1);
    expect(await written()).toBe(early);
  });

  it("is told once, however many nodes tell it, also of a cluster that is not there yet", async () => {
    const client = await PhoenixClient.connect((await Administrator.signIn()).token);
    await client.join(topic);
    for (const time of [early, early, late, late, late]) await note(time);
    const told = (cib_last_written: string) => [
      "cluster_cib_last_written_updated",
      { cluster_id: clusterId, cib_last_written },
    ];
    await expect.poll(() => client.on(topic).length).toBe(2);
    expect(await client.push("phoenix", "heartbeat", null)).toEqual({ status: "ok", response: {} });
    expect(client.on(topic)).toEqual([told(early), told(late)]);
    client.leave();
  });

  it("comes with the whole cluster to its room, and with no event of the cluster", async () => {
    const administrator = await Administrator.signIn();
    const room = await RoomClient.enter("clusters", administrator.token);
    const place = newPlace();
    clusterId = place.clusterId;
    const agent = await administrator.agent();
    const reports = (time: string) =>
      agent.tells("ha_cluster_discovery", clusterPayload(place.label, { written: time }));
    await agent.tells("host_discovery", hostPayload);
    await reports(early);
    await expect.poll(() => room.latest(clusterId)).toMatchObject({ cib_last_written: early });
    const { version } = room.changesOf(clusterId).at(-1) ?? {};
    await reports(late);
    await expect.poll(() => room.latest(clusterId)).toMatchObject({ cib_last_written: late });
    expect(room.changesOf(clusterId).at(-1)).toMatchObject({
      version,
      events: ["cluster_cib_last_written_updated"],
    });
    room.leave();
  });

  it("is told by the controller alone", async () => {
    const administrator = await Administrator.signIn();
    const place = newPlace();
    clusterId = place.clusterId;
    const [controller, other] = [await administrator.agent(), await administrator.agent()];
    for (const agent of [controller, other]) await agent.tells("host_discovery", hostPayload);
    await controller.tells("ha_cluster_discovery", clusterPayload(place.label, { written: late }));
    await other.tells("ha_cluster_discovery", clusterPayload(place.label, { dc: false, written: early }));
    expect(await written()).toBe(late);
  });

  it("keeps nothing in a room in which nobody is", async () => {
    await note(early);
    const room = env.MONITORING_ROOM.getByName("clusters");
    await expect.poll(() => room.isHeard()).toBe(false);
    await note(late);
    const kept = await runInDurableObject(room, (_, { storage }) =>
      storage.sql.exec("SELECT * FROM log").toArray(),
    );
    expect(kept).toEqual([]);
  });
});
