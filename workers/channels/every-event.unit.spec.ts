/** Every event of every aggregate: the message that tells of it, or null where clients are told nothing. */
import { describe, expect, it } from "vitest";
import type { ClusterEvent } from "../../domain/cluster/index.ts";
import type { ClusterView } from "../../domain/cluster/view.ts";
import type { DatabaseEvent } from "../../domain/database/index.ts";
import type { DatabaseView } from "../../domain/database/view.ts";
import type { HostEvent } from "../../domain/host/index.ts";
import type { HostView } from "../../domain/host/view.ts";
import type { SapSystemEvent } from "../../domain/sap-system/index.ts";
import type { SapSystemView } from "../../domain/sap-system/view.ts";
import { sayOfCluster } from "./cluster-messages.ts";
import { sayOfDatabase } from "./database-messages.ts";
import { sayOfHost } from "./host-messages.ts";
import { sayOfSapSystem } from "./sap-system-messages.ts";

/** The list is whole: a type of event that is missing here is an error of the compiler. */
type Names<E extends { readonly type: string }> = Readonly<Record<E["type"], string | null>>;

const ofHost: Names<HostEvent> = {
  HostRegistered: "host_registered",
  HostDetailsUpdated: "host_details_updated",
  HeartbeatSucceeded: "heartbeat_succeded",
  HeartbeatFailed: "heartbeat_failed",
  ProviderUpdated: "host_details_updated",
  SlesSubscriptionsUpdated: "host_details_updated",
  SaptuneStatusUpdated: "saptune_status_updated",
  HostChecksSelected: "host_details_updated",
  HostChecksHealthChanged: null,
  HostSaptuneHealthChanged: null,
  SoftwareUpdatesDiscoveryRequested: null,
  SoftwareUpdatesHealthChanged: "host_software_updates_discovery_completed",
  SoftwareUpdatesDiscoveryCleared: "host_software_updates_discovery_completed",
  HostHealthChanged: "host_health_changed",
  HostDeregistrationRequested: null,
  HostDeregistered: "host_deregistered",
  HostTombstoned: null,
  HostRestored: "host_restored",
  HostRollUpRequested: null,
  HostRolledUp: null,
};

/** Members are told of on the hosts' topic (`sayOfMember`). */
const ofCluster: Names<ClusterEvent> = {
  ClusterRegistered: "cluster_registered",
  ClusterDetailsUpdated: "cluster_details_updated",
  HostAddedToCluster: null,
  ClusterHostStatusChanged: null,
  HostRemovedFromCluster: null,
  ClusterReplicationHealthChanged: null,
  ClusterDistributedHealthChanged: null,
  ClusterSbdHealthChanged: null,
  ClusterChecksHealthChanged: null,
  ClusterHealthChanged: "cluster_health_changed",
  ChecksSelected: "cluster_details_updated",
  ClusterHostDataMarkedStale: null,
  ClusterHostDataMarkedInSync: null,
  ClusterDataMarkedStale: "cluster_stale_changed",
  ClusterDataMarkedInSync: "cluster_stale_changed",
  ClusterDeregistered: "cluster_deregistered",
  ClusterTombstoned: null,
  ClusterRestored: "cluster_restored",
  ClusterRollUpRequested: null,
  ClusterRolledUp: null,
};

const ofDatabase: Names<DatabaseEvent> = {
  DatabaseRegistered: "database_registered",
  DatabaseInstanceRegistered: "database_instance_registered",
  DatabaseTenantsUpdated: "database_tenants_updated",
  DatabaseInstanceStatusChanged: "database_instance_status_changed",
  DatabaseInstanceSystemReplicationChanged: "database_instance_system_replication_changed",
  DatabaseHealthChanged: "database_health_changed",
  DatabaseInstanceMarkedAbsent: "database_instance_absent_at_changed",
  DatabaseInstanceMarkedPresent: "database_instance_absent_at_changed",
  DatabaseInstanceDataMarkedStale: "database_instance_stale_changed",
  DatabaseInstanceDataMarkedInSync: "database_instance_stale_changed",
  DatabaseDataMarkedStale: "database_stale_changed",
  DatabaseDataMarkedInSync: "database_stale_changed",
  DatabaseInstanceDeregistered: "database_instance_deregistered",
  DatabaseDeregistered: "database_deregistered",
  DatabaseTombstoned: null,
  DatabaseRestored: "database_restored",
  DatabaseRollUpRequested: null,
  DatabaseRolledUp: null,
};

const ofSystem: Names<SapSystemEvent> = {
  ApplicationInstanceRegistered: "application_instance_registered",
  ApplicationInstanceMoved: "application_instance_moved",
  ApplicationInstanceStatusChanged: "application_instance_status_changed",
  ApplicationInstanceMarkedAbsent: "application_instance_absent_at_changed",
  ApplicationInstanceMarkedPresent: "application_instance_absent_at_changed",
  ApplicationInstanceDataMarkedStale: "application_instance_stale_changed",
  ApplicationInstanceDataMarkedInSync: "application_instance_stale_changed",
  ApplicationInstanceDeregistered: "application_instance_deregistered",
  SapSystemRegistered: "sap_system_registered",
  SapSystemUpdated: "sap_system_updated",
  SapSystemHealthChanged: "sap_system_health_changed",
  SapSystemDatabaseHealthChanged: "sap_system_updated",
  SapSystemDatabaseStaleAtChanged: "sap_system_updated",
  SapSystemDataMarkedStale: "sap_system_stale_changed",
  SapSystemDataMarkedInSync: "sap_system_stale_changed",
  SapSystemDeregistered: "sap_system_deregistered",
  SapSystemTombstoned: null,
  SapSystemRestored: "sap_system_restored",
  SapSystemRollUpRequested: null,
  SapSystemRolledUp: null,
};

const id = "9cd46919-5f19-59aa-993e-cf3736c71053";
const name = { host_id: id, instance_number: "00" };
const instances = [{ ...name, features: "as the table has it" }];
const host = { id } as HostView;
const cluster = { id } as ClusterView;
const database = { id, database_instances: instances as object[] } as DatabaseView;
const system = { id, application_instances: instances as object[] } as SapSystemView;

const subject = <View>(view: View) => ({ view, name: "one" });
const eventOf = (type: string) => ({
  version: 1,
  id: "e",
  occurredAt: "2026-11-25T03:00:00.000Z",
  metadata: { correlationId: "c", causationId: null, actor: "a" },
  type,
  data: { cluster_id: id, database_id: id, sap_system_id: id, ...name },
});
type Stored<E> = E & ReturnType<typeof eventOf>;

const sayings = [
  ["host", ofHost, (type: string) => sayOfHost(eventOf(type) as Stored<HostEvent>, subject(host))],
  [
    "cluster",
    ofCluster,
    (type: string) => sayOfCluster(eventOf(type) as Stored<ClusterEvent>, subject(cluster)),
  ],
  [
    "database",
    ofDatabase,
    (type: string) => sayOfDatabase(eventOf(type) as Stored<DatabaseEvent>, subject(database)),
  ],
  [
    "SAP system",
    ofSystem,
    (type: string) => sayOfSapSystem(eventOf(type) as Stored<SapSystemEvent>, subject(system)),
  ],
] as const;

const wholeViews: Readonly<Record<string, object>> = {
  HostRegistered: host,
  HostRestored: host,
  HostDetailsUpdated: host,
  ClusterRegistered: cluster,
  ClusterRestored: cluster,
  ClusterDetailsUpdated: cluster,
  DatabaseRegistered: database,
  DatabaseRestored: database,
  DatabaseInstanceRegistered: instances[0] ?? {},
  SapSystemRegistered: system,
  SapSystemRestored: system,
  ApplicationInstanceRegistered: instances[0] ?? {},
};

describe.each(sayings)("of a %s", (_, names, say) => {
  it.each(Object.entries(names))("%s is told as %s", (type, expected) => {
    const said = say(type);
    expect(said?.event ?? null).toBe(expected);
    if (wholeViews[type] !== undefined) expect(said?.payload).toEqual(wholeViews[type]);
  });
});
