/** The lists of clusters, of both versions. */
import { beforeAll, describe, expect, it } from "vitest";
import {
  centralServices,
  clusterPayload,
  resource,
  scaleUp,
} from "../../domain/discovery/ha-cluster/examples.spec.ts";
import { Administrator, call, done, outcome, unauthorized } from "../../test/api-client.ts";
import { newPlace } from "../../test/landscape.ts";
import { registeredHost, times } from "./examples.spec.ts";

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

/** A cluster that one host told of. */
async function told(build: typeof scaleUp, top: object = {}) {
  const { label, clusterId: id } = newPlace();
  const agent = await registeredHost(admin);
  await agent.tells("ha_cluster_discovery", build({ top: { Id: label, ...top } }));
  await expect.poll(() => admin.cluster(id)).toBeDefined();
  return { label, agent, id };
}

async function inFirstVersion(id: string): Promise<unknown> {
  const { body } = await admin.call("GET", "/api/v1/clusters");
  return Array.isArray(body) ? body.find((cluster) => cluster.id === id) : undefined;
}

const shownResource = (id: string, type: string, node: string, parent: object | null, role = "Started") => ({
  id,
  type,
  role,
  status: "Active",
  fail_count: 0,
  managed: true,
  node,
  parent,
});

describe("GET /api/v2/clusters", () => {
  it("is empty at first, as the older one is", async () => {
    for (const version of ["v1", "v2"]) {
      expect(await outcome(admin.call("GET", `/api/${version}/clusters`))).toEqual({ status: 200, body: [] });
    }
  });

  it("is for users alone", async () => {
    const { agent } = await told(scaleUp);
    for (const path of ["/api/v1/clusters", "/api/v2/clusters"]) {
      expect(await outcome(call("GET", path))).toEqual(unauthorized);
      expect(await outcome(agent.call("GET", path))).toEqual(unauthorized);
    }
  });

  it("shows every field of a database's cluster, and no other", async () => {
    const { id } = await told(scaleUp);
    await admin.call("POST", `/api/v1/clusters/${id}/tags`, { json: { value: "prod" } });
    await admin.call("POST", `/api/v1/clusters/${id}/checks`, { json: { checks: ["ABCDEF"] } });
    const topology = (node: string) =>
      shownResource("topology", "ocf::suse:SAPHanaTopology", node, {
        id: "clone-topology",
        managed: true,
        multi_state: false,
      });
    const hana = (node: string, role: string) =>
      shownResource(
        "hana",
        "ocf::suse:SAPHana",
        node,
        { id: "clone-hana", managed: true, multi_state: true },
        role,
      );
    const stonith = shownResource("stonith-sbd", "stonith:external/sbd", "one", null);
    const node = (name: string, site: string, hana_status: string, roles: string, sync: string) => ({
      name,
      site,
      hana_status,
      attributes: { hana_prd_site: site, hana_prd_roles: roles, hana_prd_sync_state: sync },
      virtual_ip: null,
      nameserver_actual_role: "master",
      indexserver_actual_role: "master",
      status: "Online",
      is_majority_maker: false,
    });
    await expect
      .poll(() => admin.cluster(id))
      .toEqual({
        id,
        name: "the cluster",
        type: "hana_scale_up",
        provider: "azure",
        state: "S_IDLE",
        health: "passing",
        stale_at: null,
        resources_number: 7,
        hosts_number: 2,
        sid: "PRD",
        additional_sids: [],
        sap_instances: [{ sid: "PRD", instance_number: "00" }],
        selected_checks: ["ABCDEF"],
        tags: [
          { id: expect.any(Number), value: "prod", resource_id: id, resource_type: "cluster", ...times },
        ],
        details: {
          architecture_type: "classic",
          hana_scenario: "performance_optimized",
          system_replication_mode: "Unknown",
          system_replication_operation_mode: "Unknown",
          secondary_sync_state: "SOK",
          sr_health_state: "4",
          fencing_type: "external/sbd",
          maintenance_mode: false,
          stopped_resources: [],
          nodes: [
            {
              ...node("one", "NBG", "Primary", "4:P:master1:master:worker:master", "PRIM"),
              resources: [stonith, topology("one"), hana("one", "Master")],
            },
            {
              ...node("two", "WDF", "Secondary", "4:S:master1:master:worker:master", "SOK"),
              resources: [topology("two"), hana("two", "Slave")],
            },
          ],
          sbd_devices: [{ device: "/dev/sda", status: "healthy" }],
          sites: [
            { name: "NBG", state: "Primary", sr_health_state: "4" },
            { name: "WDF", state: "Secondary", sr_health_state: "4" },
          ],
          resources: [stonith, topology("one"), topology("two"), hana("one", "Master"), hana("two", "Slave")],
        },
        cib_last_written: "Tue Jan 25 15:36:59 2022",
        ...times,
      });
  });

  it("shows central services, without the SIDs of single resources", async () => {
    const { id } = await told(centralServices);
    const group = { id: "grp_NWP_ERS10", managed: true, multi_state: null };
    const resources = [
      shownResource("ip_NWP_ERS10", "ocf::heartbeat:IPaddr2", "two", group),
      shownResource("fs_NWP_ERS10", "ocf::heartbeat:Filesystem", "two", group),
      shownResource("sap_NWP_ERS10", "ocf::heartbeat:SAPInstance", "two", group),
    ];
    const shown = await admin.cluster(id);
    expect(shown).toMatchObject({
      type: "ascs_ers",
      sid: "",
      additional_sids: ["NWP"],
      sap_instances: [
        { sid: "NWP", instance_number: "00" },
        { sid: "NWP", instance_number: "10" },
      ],
      details: { sap_systems: [{ sid: "NWP", distributed: true, nodes: [{ name: "one" }, { resources }] }] },
    });
    expect(Object.keys(shown?.details ?? {}).toSorted()).toEqual([
      "fencing_type",
      "maintenance_mode",
      "resources",
      "sap_systems",
      "sbd_devices",
      "stopped_resources",
    ]);
    expect(shown?.details?.resources).toEqual(expect.arrayContaining(resources));
  });

  it("shows resources that stand still", async () => {
    const stopped = resource("stonith-sbd", "stonith:external/sbd", null);
    const { id } = await told((parts) => scaleUp({ ...parts, resources: [stopped] }));
    expect(await admin.cluster(id)).toMatchObject({
      details: {
        stopped_resources: [{ id: "stonith-sbd", type: "stonith:external/sbd", role: "Stopped" }],
        resources: expect.arrayContaining([expect.objectContaining({ id: "stonith-sbd", node: null })]),
      },
    });
  });

  it("shows a cluster that no controller has told of", async () => {
    const { label, clusterId } = newPlace();
    const agent = await registeredHost(admin);
    await agent.tells("ha_cluster_discovery", { ...clusterPayload({ top: { Id: label, DC: false } }) });
    await expect.poll(() => admin.cluster(clusterId)).toMatchObject({ health: "unknown", details: null });
    const asleep = newPlace();
    const payload = { Id: asleep.label, Name: "asleep", Online: false };
    await (await registeredHost(admin)).tells("ha_cluster_discovery", payload);
    await expect.poll(() => admin.cluster(asleep.clusterId)).toMatchObject({ state: "stopped", sid: "" });
  });

  it("is ordered by name, then id", async () => {
    const ours = (name: string) => `order-${name}`;
    const names = ["b", "a", "c", "a", "10", "9", "B"].map(ours);
    const told_ = await Promise.all(names.map((Name) => told(clusterPayload, { Name })));
    const byId = told_.map(({ id }, index) => ({ id, name: names[index] ?? "" }));
    const compare = (one: string, other: string) => (one < other ? -1 : one > other ? 1 : 0);
    const expected = byId.toSorted(
      (one, other) => compare(one.name, other.name) || compare(one.id, other.id),
    );
    const listed = (await admin.clusters())
      .filter(({ name }) => name?.startsWith("order-"))
      .map(({ id, name }) => ({ id, name }));
    expect(listed).toEqual(expected);
  });

  it("hides clusters whose last host has left, and shows them again with their tags", async () => {
    const { id, label, agent } = await told(scaleUp);
    await admin.call("POST", `/api/v1/clusters/${id}/tags`, { json: { value: "kept" } });
    await agent.tells("ha_cluster_discovery", null);
    await expect.poll(() => admin.cluster(id)).toBeUndefined();
    expect(await inFirstVersion(id)).toBeUndefined();
    await agent.tells("ha_cluster_discovery", scaleUp({ top: { Id: label } }));
    await expect.poll(() => admin.cluster(id)).toMatchObject({ tags: [{ value: "kept" }] });
    expect(await outcome(admin.call("DELETE", `/api/v1/hosts/${agent.id}`))).toEqual(done);
    await expect.poll(() => admin.cluster(id)).toBeUndefined();
  });
});

describe("GET /api/v1/clusters", () => {
  it("shows databases' clusters without what came later", async () => {
    const { id } = await told(scaleUp);
    const { sap_instances, state, stale_at, ...older } = (await admin.cluster(id)) ?? { id: "" };
    expect(await inFirstVersion(id)).toEqual(older);
  });

  it.each([
    ["central services", centralServices],
    ["those that nobody knows", clusterPayload],
  ])("shows others without type and details: %s", async (_, build) => {
    const { id } = await told(build);
    const { sap_instances, state, stale_at, ...older } = (await admin.cluster(id)) ?? { id: "" };
    expect(await inFirstVersion(id)).toEqual({ ...older, type: "unknown", details: null });
  });
});

describe("GET /api/clusters", () => {
  it("leads to the newer version, with its query", async () => {
    const { status, headers } = await admin.call("GET", "/api/clusters?a=b");
    expect([status, headers.get("location")]).toEqual([307, "/api/v2/clusters?a=b"]);
    for (const path of ["sap_systems", "sap_systems/health", "databases"]) {
      const found = await admin.call("GET", `/api/${path}`);
      expect([found.status, found.headers.get("location")]).toEqual([307, `/api/v1/${path}`]);
    }
    expect((await admin.call("GET", "/api/v2/databases")).status).toBe(404);
  });
});
