/** What a landscape should look like, and what a server shows of it, in one form. */
import type { Expected } from "../../tools/simulate/expected.ts";
import type { LandscapeServer } from "./landscape-server.ts";

function sorted<T extends { readonly id: string }>(all: readonly T[]): T[] {
  return [...all].sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** By host and number, each as a line. */
function lines<T>(instances: readonly T[], lineOf: (instance: T) => readonly unknown[]): string[] {
  return instances.map((instance) => lineOf(instance).join(" ")).sort();
}

export function toShown({ hosts, clusters, databases, sapSystems }: Expected) {
  return {
    hosts,
    clusters: sorted(clusters).map(({ id, name, type, state, health, sids, hostsNumber, hostIds }) => ({
      id,
      name,
      type,
      state,
      health,
      sids: [...sids].sort(),
      hostsNumber,
      members: [...hostIds].sort(),
    })),
    databases: sorted(databases).map(({ id, sid, health, instances }) => ({
      id,
      sid,
      health,
      instances: lines(instances, (one) => [
        one.hostId,
        one.number,
        one.features,
        one.status,
        one.replication,
        one.site,
        one.tier,
        one.isAbsent,
      ]),
    })),
    systems: sorted(sapSystems).map(
      ({ id, sid, tenant, databaseId, databaseAddress, ensa, health, databaseHealth, instances }) => ({
        id,
        sid,
        tenant,
        databaseId,
        databaseAddress,
        ensa,
        health,
        databaseHealth,
        instances: lines(instances, (one) => [
          one.hostId,
          one.number,
          one.hostname,
          one.features,
          one.status,
          one.isAbsent,
        ]),
      }),
    ),
  };
}

export async function shownBy(server: LandscapeServer): Promise<ReturnType<typeof toShown>> {
  const hosts = await server.hosts();
  const clusters = await server.clusters();
  const databases = await server.databases();
  const systems = await server.sapSystems();
  const isAbsent = ({ absent_at }: { readonly absent_at: string | null }) => absent_at !== null;
  return {
    hosts: hosts.length,
    clusters: sorted(clusters).map(
      ({ id, name, type, state, health, sid, additional_sids, hosts_number }) => ({
        id,
        name: name ?? "",
        type: type as Expected["clusters"][number]["type"],
        state,
        health,
        sids: [...additional_sids, sid].filter((one) => one !== "").sort(),
        hostsNumber: hosts_number ?? 0,
        members: hosts
          .filter(({ cluster_id }) => cluster_id === id)
          .map((host) => host.id)
          .sort(),
      }),
    ),
    databases: sorted(databases).map(({ id, sid, health, database_instances }) => ({
      id,
      sid,
      health,
      instances: lines(database_instances, (one) => [
        one.host_id,
        one.instance_number,
        one.features,
        one.status,
        one.system_replication,
        one.system_replication_site,
        one.system_replication_tier,
        isAbsent(one),
      ]),
    })),
    systems: sorted(systems).map((system) => ({
      id: system.id,
      sid: system.sid,
      tenant: system.tenant,
      databaseId: system.database_id,
      databaseAddress: system.db_host,
      ensa: system.ensa_version as Expected["sapSystems"][number]["ensa"],
      health: system.health,
      databaseHealth: system.database_health,
      instances: lines(system.application_instances, (one) => [
        one.host_id,
        one.instance_number,
        one.instance_hostname,
        one.features,
        one.status,
        isAbsent(one),
      ]),
    })),
  };
}
