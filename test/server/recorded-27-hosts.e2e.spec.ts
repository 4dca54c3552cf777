/** Recorded discoveries of 27 hosts, posted once to a started server, sorted and in random order: their end state, field by field. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { randomFrom } from "../../tools/simulate/random.ts";
import {
  clusters,
  databases,
  environments,
  hostHealth,
  hostnames,
  layout,
  replication,
  systems,
} from "./end-state-of-27-hosts.ts";
import { LandscapeServer } from "./landscape-server.ts";
import { shuffled } from "./orders.ts";
import { areThere, scenario } from "./recordings.ts";
import { readStreams } from "./stored-data.ts";

const SCENARIO = "healthy-27-node-SAP-cluster";
/** A failure names the seed, and is repeated by it alone. */
const SEED = Number(process.env.ORDER_SEED ?? 27);

const bodies = scenario(SCENARIO);
const orders: readonly (readonly [string, readonly string[]])[] = [
  ["sorted", bodies],
  [`in the random order of seed ${SEED}`, shuffled(bodies, randomFrom(SEED))],
];

describe.skipIf(!areThere).each(orders)("the recorded landscape of 27 hosts, posted once, %s", (_, order) => {
  const server = new LandscapeServer();
  beforeAll(async () => {
    await server.start();
    await server.post(order);
  });
  afterAll(() => server.end());

  const soon = <T>(read: () => Promise<T>) => expect.poll(read, { timeout: 30_000 });

  it("has 27 hosts, each with its health", async () => {
    const expected = hostnames.map((hostname) => [hostname, hostHealth(hostname)]);
    await soon(async () => (await server.hosts()).map(({ hostname, health }) => [hostname, health])).toEqual(
      expected,
    );
    const hosts = await server.hosts();
    expect(new Set(hosts.map(({ agent_version, arch }) => `${agent_version} ${arch}`))).toEqual(
      new Set(["2.1.0 x86_64"]),
    );
    expect(hosts.filter(({ provider }) => provider === "azure")).toHaveLength(25);
    expect(await server.get("/api/v1/about", z.looseObject({}))).toMatchObject({ sles_subscriptions: 27 });
    expect(hosts.find(({ id }) => id === "9cd46919-5f19-59aa-993e-cf3736c71053")).toMatchObject({
      hostname: "vmhdbprd01",
      ip_addresses: ["10.80.1.11", "10.80.1.13"],
      netmasks: [24, 24],
      provider: "azure",
      provider_data: {
        data_disk_number: 7,
        vm_size: "Standard_E4s_v3",
        location: "westeurope",
        offer: "sles-sap-15-sp3-byos",
        sku: "gen2",
      },
      saptune_status: { package_version: "3.1.0", tuning_state: "compliant" },
      cluster_id: "469e7be5-4e20-5007-b044-c6f540a87493",
      cluster_host_status: "online",
    });
  });

  it("has nine clusters, each with two of the hosts", async () => {
    const byId = <T extends { readonly id: string }>(all: readonly T[]) =>
      [...all].sort((one, other) => (one.id < other.id ? -1 : 1));
    await soon(async () => byId(await server.clusters())).toMatchObject(byId(clusters));
    const members = Map.groupBy(await server.hosts(), ({ cluster_id }) => cluster_id);
    for (const { id } of clusters) {
      const status = members.get(id)?.map(({ cluster_host_status }) => cluster_host_status);
      expect(status).toEqual(["online", "online"]);
    }
  });

  it("has the details of its HANA clusters", async () => {
    const found = new Map((await server.clusters()).map((cluster) => [cluster.name, cluster]));
    expect(found.get("hana_cluster_1")?.details).toMatchObject({
      architecture_type: "classic",
      sr_health_state: "1",
      secondary_sync_state: "SFAIL",
    });
    expect(found.get("hana_cluster_3")).toMatchObject({
      cib_last_written: "Tue Jan 25 15:36:59 2022",
      details: {
        architecture_type: "classic",
        hana_scenario: "performance_optimized",
        fencing_type: "external/sbd",
        system_replication_mode: "sync",
        system_replication_operation_mode: "logreplay",
        secondary_sync_state: "SOK",
        sr_health_state: "4",
        maintenance_mode: false,
        sbd_devices: [{ status: "healthy" }, { status: "healthy" }],
        sites: [
          { name: "NBG", state: "Primary", sr_health_state: "4" },
          { name: "WDF", state: "Secondary", sr_health_state: "4" },
        ],
        nodes: [
          { name: "vmhdbprd01", site: "NBG", virtual_ip: "10.80.1.13" },
          { name: "vmhdbprd02", site: "WDF", virtual_ip: null },
        ],
      },
    });
  });

  it("has three databases, each on two sites", async () => {
    await soon(() => server.databases()).toMatchObject(
      databases.map((database) => ({ ...database, health: "passing", stale_at: null })),
    );
    for (const { database_instances } of await server.databases()) {
      const bySite = [...database_instances].sort((one, other) =>
        String(one.system_replication_site) < String(other.system_replication_site) ? -1 : 1,
      );
      expect(bySite).toMatchObject(replication);
    }
  });

  it("has three SAP systems, each of four instances in their places", async () => {
    const common = {
      health: "passing",
      ensa_version: "ensa1",
      database_health: "passing",
      database_stale_at: null,
      stale_at: null,
    };
    await soon(() => server.sapSystems()).toMatchObject(systems.map((system) => ({ ...system, ...common })));
    const names = new Map((await server.hosts()).map(({ id, hostname }) => [id, hostname]));
    for (const { sid, tenant, database_sid, database_instances, ...system } of await server.sapSystems()) {
      expect(tenant).toBe(database_sid);
      expect(database_instances).toHaveLength(2);
      const found = system.application_instances.map(({ host_id, ...instance }) => ({
        host: names.get(host_id),
        ...instance,
      }));
      expect(found).toMatchObject(
        layout.map(({ place, ...instance }) => ({
          host: `vmnw${environments[sid]}${place}`,
          ...instance,
          https_port: instance.http_port + 1,
          status: "green",
          absent_at: null,
        })),
      );
    }
  });

  it("has a summary of how all of it is", async () => {
    const summary = await server.healthSummary();
    expect(summary.map(({ sid }) => sid)).toEqual(["NWD", "NWP", "NWQ"]);
    expect(summary[0]).toMatchObject({
      sapsystem_health: "passing",
      application_health: "passing",
      application_cluster_id: "5284f376-c1f4-5178-8966-d490df3dab4f",
      application_cluster_health: "passing",
      database_sid: "HDD",
      database_health: "passing",
      database_cluster_id: "7965f822-0254-5858-abca-f6e8b4c27714",
      database_cluster_health: "critical",
      hosts_health: "warning",
    });
    expect(summary[1]).toMatchObject({ sid: "NWP", hosts_health: "critical" });
  });

  it("counts one subscription less when a host was taken away, and all when it is back", async () => {
    const subscriptions = async () =>
      (await server.get("/api/v1/about", z.object({ sles_subscriptions: z.int() }))).sles_subscriptions;
    const before = await server.readModels();
    expect(await server.delete("/api/v1/hosts/9cd46919-5f19-59aa-993e-cf3736c71053")).toBe(204);
    await soon(subscriptions).toBe(26);
    // Its database lost its primary, and with it the system.
    await soon(async () => (await server.sapSystems()).map(({ sid }) => sid)).toEqual(["NWD", "NWQ"]);
    await server.post(order);
    await server.post(order);
    await soon(() => server.readModels()).toBe(before);
    expect(await subscriptions()).toBe(27);
  });

  it("does not change when everything is posted again, before and after a restart", async () => {
    const before = await server.readModels();
    await server.post(order);
    expect(await server.readModels()).toBe(before);
    await server.stop();
    const events = [...readStreams(server.dataDir).values()].flat();
    await server.start();
    await server.post(bodies);
    expect(await server.readModels()).toBe(before);
    await server.stop();
    expect([...readStreams(server.dataDir).values()].flat()).toEqual(events);
  });
});
