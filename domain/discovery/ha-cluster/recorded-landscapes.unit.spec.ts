/** The clusters of whole recorded landscapes; skipped where the recordings are not at hand. */
import { describe, expect, it } from "vitest";
import type { HanaDetails } from "../../cluster/details.ts";
import { recorded, recordedIn, recordingsPresent } from "../recordings.spec.ts";
import { registered } from "./examples.spec.ts";

type Registration = ReturnType<typeof registered>;

/** By cluster, what each of its hosts tells. */
function clustersOf(landscape: string): Map<string, Registration[]> {
  const clusters = new Map<string, Registration[]>();
  for (const path of recordedIn(`scenarios/${landscape}`, (name) => name.endsWith("_ha_cluster_discovery"))) {
    const { payload } = recorded(path);
    if (payload === null) continue;
    const registration = registered(payload);
    clusters.set(registration.cluster_id, [...(clusters.get(registration.cluster_id) ?? []), registration]);
  }
  return clusters;
}

function replicationOf(details: Registration["details"]): Partial<HanaDetails> | null {
  if (details === null || !("sites" in details)) return null;
  const { architecture_type, secondary_sync_state, sr_health_state } = details;
  return { architecture_type, secondary_sync_state, sr_health_state };
}

describe.skipIf(!recordingsPresent)("the recorded landscape of 27 hosts", () => {
  const clusters = clustersOf("healthy-27-node-SAP-cluster");
  const told = (id: string) => clusters.get(id) ?? [];

  it("has nine clusters, of two hosts and one controller each", () => {
    expect(clusters.size).toBe(9);
    for (const registrations of clusters.values()) {
      expect(registrations).toHaveLength(2);
      expect(registrations.filter((one) => one.designated_controller)).toHaveLength(1);
    }
  });

  it.each([
    ["7965f822-0254-5858-abca-f6e8b4c27714", "hana_cluster_1", "HDD", "S_TRANSITION_ENGINE", "SFAIL", "1"],
    ["fa0d74a3-9240-5d9e-99fa-61c4137acf81", "hana_cluster_2", "HDQ", "S_IDLE", "SOK", "4"],
    ["469e7be5-4e20-5007-b044-c6f540a87493", "hana_cluster_3", "HDP", "S_IDLE", "SOK", "4"],
  ])("%s is %s, of %s", (id, name, sid, state, secondary_sync_state, sr_health_state) => {
    const controller = told(id).find((one) => one.designated_controller);
    expect(controller).toMatchObject({
      name,
      state,
      type: "hana_scale_up",
      hosts_number: 2,
      resources_number: 7,
    });
    expect(controller?.sap_instances.map((one) => one.sid)).toEqual([sid]);
    expect(replicationOf(controller?.details ?? null)).toEqual({
      architecture_type: "classic",
      secondary_sync_state,
      sr_health_state,
    });
  });

  it("tells all of hana_cluster_3", () => {
    const controller = told("469e7be5-4e20-5007-b044-c6f540a87493").find((one) => one.designated_controller);
    expect(controller).toMatchObject({
      cib_last_written: "Tue Jan 25 15:36:59 2022",
      details: {
        fencing_type: "external/sbd",
        system_replication_mode: "sync",
        system_replication_operation_mode: "logreplay",
        sbd_devices: [{ status: "healthy" }, { status: "healthy" }],
        sites: [
          { name: "NBG", state: "Primary", sr_health_state: "4" },
          { name: "WDF", state: "Secondary", sr_health_state: "4" },
        ],
        nodes: [{ name: "vmhdbprd01", virtual_ip: "10.80.1.13" }, { name: "vmhdbprd02" }],
      },
    });
  });

  it.each([
    ["0eac831a-aa66-5f45-89a4-007fbd2c5714", "NWP"],
    ["5284f376-c1f4-5178-8966-d490df3dab4f", "NWD"],
    ["fb861bce-d212-56b5-8786-74afd6eb58cb", "NWQ"],
  ])("%s runs the central services of %s", (id, sid) => {
    const controller = told(id).find((one) => one.designated_controller);
    expect(controller).toMatchObject({
      name: "netweaver_cluster",
      type: "ascs_ers",
      state: "S_IDLE",
      resources_number: 9,
      details: { sap_systems: [{ sid, distributed: true }] },
    });
  });

  it.each([
    "6bd7ec60-8cb1-5c6b-a892-29e1fd2f8380",
    "8a66f8fb-5fe9-51b3-a34c-24321271a4e3",
    "c7a1e943-bf46-590b-bd26-bfc7c78def97",
  ])("%s is of no known type", (id) => {
    const controller = told(id).find((one) => one.designated_controller);
    expect(controller).toMatchObject({
      name: "drbd_cluster",
      type: "unknown",
      state: "S_IDLE",
      details: null,
      resources_number: 9,
      sap_instances: [],
    });
  });
});

describe.skipIf(!recordingsPresent)("the other recorded landscapes", () => {
  it.each([
    ["single-hana-single-app", []],
    ["hana-scale-up-angi", ["69851bfe-5364-5ea8-93e1-cbe14268ccaf"]],
    ["hana-scale-out", ["8d8084e9-5a3e-5402-a94f-f1fdde5f15a0"]],
  ])("%s has its clusters", (landscape, ids) => {
    expect([...clustersOf(landscape).keys()]).toEqual(ids);
  });

  it.each([
    ["hana-scale-up-angi", "hana_angi", "hana_scale_up", "angi", "HN9"],
    ["hana-scale-out", "hana_scale_out_cluster", "hana_scale_out", "classic", "H4P"],
  ])("%s: %s, %s, %s of %s", (landscape, name, type, architecture_type, sid) => {
    const registrations = [...clustersOf(landscape).values()].flat();
    const controller = registrations.find((one) => one.designated_controller);
    expect(controller).toMatchObject({ name, type });
    expect(controller?.sap_instances[0]?.sid).toBe(sid);
    expect(replicationOf(controller?.details ?? null)).toEqual({
      architecture_type,
      secondary_sync_state: "SOK",
      sr_health_state: "4",
    });
  });

  it("have five hosts in the scale-out cluster", () => {
    expect([...clustersOf("hana-scale-out").values()].map((registrations) => registrations.length)).toEqual([
      5,
    ]);
  });
});
