/** What a control plane knows, in the words of what is expected of it; there is no test in here. */
import type { ControlPlane } from "./control-plane.spec.ts";
import type { Expected } from "./expected.ts";

function byId<T extends { readonly id: string }>(items: readonly T[]): T[] {
  return [...items].sort((one, other) => (one.id < other.id ? -1 : 1));
}

function byHost<T extends { readonly hostId: string; readonly number: string }>(items: readonly T[]): T[] {
  const key = ({ hostId, number }: T) => `${hostId}/${number}`;
  return [...items].sort((one, other) => (key(one) < key(other) ? -1 : 1));
}

/** Nothing of it has an order of its own. */
export function inOrder({ hosts, clusters, databases, sapSystems }: Expected): Expected {
  return {
    hosts,
    clusters: byId(
      clusters.map((one) => ({ ...one, hostIds: [...one.hostIds].sort(), sids: [...one.sids].sort() })),
    ),
    databases: byId(databases.map((one) => ({ ...one, instances: byHost(one.instances) }))),
    sapSystems: byId(sapSystems.map((one) => ({ ...one, instances: byHost(one.instances) }))),
  };
}

function clustersKnown({ clusters }: ControlPlane): Expected["clusters"] {
  return [...clusters.states].map(([id, { details, ...state }]) => {
    const hana = details !== null && "sites" in details ? details : null;
    return {
      id,
      name: state.name ?? "",
      type: state.type,
      state: state.state,
      health: state.health,
      sids: [...new Set(state.sap_instances.map(({ sid }) => sid))],
      hostsNumber: state.hosts_number ?? 0,
      hostIds: state.hosts,
      offlineHostIds: state.offline_hosts,
      fencing: details?.fencing_type ?? null,
      isInMaintenance: details?.maintenance_mode ?? null,
      architecture: hana?.architecture_type ?? null,
      scenario: hana?.hana_scenario ?? null,
    };
  });
}

function databasesKnown({ databases }: ControlPlane): Expected["databases"] {
  return [...databases.states].map(([id, { sid, health, tenants, instances }]) => ({
    id,
    sid: sid ?? "",
    health,
    tenants: tenants.map(({ name }) => name),
    instances: instances.map((instance) => ({
      hostId: instance.host_id,
      number: instance.instance_number,
      features: instance.features,
      status: instance.status,
      replication: instance.system_replication,
      site: instance.system_replication_site,
      tier: instance.system_replication_tier,
      isAbsent: instance.absent_at !== null,
    })),
  }));
}

function sapSystemsKnown({ systems, hostnames }: ControlPlane): Expected["sapSystems"] {
  return [...systems.states].map(
    ([id, { sid, database, ensa_version, health, database_health, instances }]) => ({
      id,
      sid: sid ?? "",
      tenant: database?.tenant ?? "",
      databaseId: database?.database_id ?? "",
      databaseAddress: database?.db_host ?? "",
      ensa: ensa_version,
      health,
      databaseHealth: database_health,
      instances: instances.map((instance) => ({
        hostId: instance.host_id,
        number: instance.instance_number,
        hostname: hostnames.get(`${id}/${instance.instance_number}`) ?? "",
        features: instance.features,
        status: instance.status,
        isAbsent: instance.absent_at !== null,
      })),
    }),
  );
}

export function knownBy(plane: ControlPlane): Expected {
  return inOrder({
    hosts: plane.addresses.size,
    clusters: clustersKnown(plane),
    databases: databasesKnown(plane),
    sapSystems: sapSystemsKnown(plane),
  });
}
