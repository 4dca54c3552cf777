/** What the hosts of a landscape send: readable, and in agreement with each other. */
import { describe, expect, it } from "vitest";
import { policies } from "../../domain/discovery/index.ts";
import type { AgentMemory, DiscoveredCommand } from "../../domain/discovery/policy.ts";
import { discoveriesOf, envelopeOf } from "./discoveries.ts";
import { generateLandscape } from "./landscape.ts";
import type { SimulatedHost } from "./model/host.ts";
import { clusterOf } from "./model/installation.ts";

const memory: AgentMemory = {
  now: "2026-11-01T00:00:00Z",
  sapRunning: true,
  clusterId: null,
  movable: [],
  instances: [],
};

function commandsOf(host: SimulatedHost): DiscoveredCommand[] {
  return discoveriesOf(host).flatMap((discovery) => {
    const { payload } = JSON.parse(envelopeOf(host, discovery));
    const result = policies[discovery.type](host.id, payload, memory);
    expect(result, `${host.hostname} ${discovery.type}`).toMatchObject({ ok: true });
    return result.ok ? result.commands : [];
  });
}

const { hosts, installations } = generateLandscape({ hosts: 90, seed: 5 });

describe("a host's discoveries", () => {
  it("are understood by the policies, and say what the host is", () => {
    for (const seed of [1, 2, 3, 4]) {
      for (const host of generateLandscape({ hosts: 64, seed }).hosts) {
        const commands = commandsOf(host);
        const registered = commands.find((command) => command.type === "RegisterHost");
        expect(registered?.data).toMatchObject({ hostname: host.hostname });
        expect(registered?.data.ip_addresses).toContain(`${host.address}/24`);
        const provided = commands.find((command) => command.type === "UpdateProvider");
        expect(provided?.data.provider).toBe(host.provider);
        const tuned = commands.find((command) => command.type === "UpdateSaptuneStatus");
        expect(tuned?.data.saptune_installed).toBe(host.tuning !== "not installed");
      }
    }
  });

  it("are written compactly, with their keys in order", () => {
    for (const host of hosts.slice(0, 10)) {
      for (const discovery of discoveriesOf(host)) {
        const text = envelopeOf(host, discovery);
        expect(text).toBe(JSON.stringify(JSON.parse(text)));
        const keys = Object.keys(JSON.parse(text).payload ?? {});
        expect(keys).toEqual(Array.isArray(JSON.parse(text).payload) ? keys : [...keys].sort());
      }
    }
  });
});

describe("the hosts of a cluster", () => {
  const views = (host: SimulatedHost) =>
    commandsOf(host).flatMap((command) =>
      command.type === "RegisterOnlineClusterHost" ? [command.data] : [],
    );

  it("see the same of it, and one of them is its controller", () => {
    for (const cluster of installations.flatMap(({ clusters }) => clusters)) {
      const seen = cluster.nodes.flatMap(({ host }) => views(host));
      expect(seen).toHaveLength(cluster.nodes.length);
      expect(seen.filter((view) => view.designated_controller)).toHaveLength(1);
      const [first, ...others] = seen.map(({ host_id: _, designated_controller: __, ...view }) => view);
      for (const other of others) expect(other).toEqual(first);
    }
  });

  it("are those that have one: the others say that they have none", () => {
    const alone = hosts.filter((host) => clusterOf(host) === null);
    expect(alone).not.toEqual([]);
    for (const host of alone) {
      const discovery = discoveriesOf(host).find(({ type }) => type === "ha_cluster_discovery");
      expect(discovery?.payload).toBeNull();
    }
  });

  it("know which of them runs nothing, and where the address is", () => {
    for (const { clusters } of installations) {
      for (const { workload, nodes } of clusters) {
        if (workload.kind !== "hana") continue;
        const [node] = nodes;
        const details = node && views(node.host)[0]?.details;
        if (!details || !("sites" in details)) throw new Error("there are no details of HANA");
        const { database } = workload;
        const makers = details.nodes.filter((one) => one.is_majority_maker).map(({ name }) => name);
        expect(makers.length).toBe(database.topology === "scale-out" ? 1 : 0);
        const primary = database.primary.instances[0]?.host.hostname;
        const [addressed] = details.nodes.filter(({ virtual_ip }) => virtual_ip === database.address);
        expect(addressed?.name).toBe(primary);
        expect(details.sites.map(({ state }) => state).sort()).toEqual(["Primary", "Secondary"]);
      }
    }
  });
});

describe("instances", () => {
  it("are reached at the ports of their number, and systems at the address of their database", () => {
    for (const host of hosts) {
      for (const command of commandsOf(host)) {
        if (command.type !== "DiscoverApplicationInstance" && command.type !== "RegisterDatabaseInstance")
          continue;
        const { instance_number, http_port, https_port } = command.data;
        const base = 50_000 + 100 * Number(instance_number);
        expect([http_port, https_port]).toEqual([base + 13, base + 14]);
        if (command.type !== "DiscoverApplicationInstance") continue;
        const [primary] = host.installation.databases[0]?.primary.instances ?? [];
        const addresses =
          primary && commandsOf(primary.host).find(({ type }) => type === "RegisterHost")?.data;
        expect(addresses).toMatchObject({
          ip_addresses: expect.arrayContaining([`${command.data.db_host}/24`]),
        });
      }
    }
  });
});
