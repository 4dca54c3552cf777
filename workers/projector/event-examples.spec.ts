/** What each event changes in the tables: nothing, or these columns of the row that was there before. No test in here. */
import { expect } from "vitest";
import * as c from "../../domain/cluster/example-events.spec.ts";
import * as clusters from "../../domain/cluster/examples.spec.ts";
import type { ClusterEvent } from "../../domain/cluster/index.ts";
import { initialCluster } from "../../domain/cluster/state.ts";
import * as d from "../../domain/database/examples.spec.ts";
import type { DatabaseEvent } from "../../domain/database/index.ts";
import { initialDatabase } from "../../domain/database/state.ts";
import type { DomainEvent } from "../../domain/decider.ts";
import * as h from "../../domain/host/examples.spec.ts";
import type { HostEvent } from "../../domain/host/index.ts";
import * as s from "../../domain/sap-system/examples.spec.ts";
import type { SapSystemEvent } from "../../domain/sap-system/index.ts";
import { initialSapSystem } from "../../domain/sap-system/state.ts";

/** Changed columns as `table.column`, with what is in them; or a table, with its number of rows. */
type Changes = Readonly<Record<string, unknown>>;
type Examples<Event extends DomainEvent> = Readonly<
  Record<Event["type"], readonly [event: Event, changes: Changes]>
>;
/** Events that the tables have nothing to tell of. */
const nothing: Changes = {};

const { host_id } = h;
const AT = "2026-01-01T00:00:00.000Z";

const ofHost: Examples<HostEvent> = {
  HostRegistered: [h.hostRegistered({ ...h.description, hostname: "new" }), { "hosts.hostname": "new" }],
  HostDetailsUpdated: [
    h.hostDetailsUpdated({
      ...h.description,
      ip_addresses: ["10.0.0.1/24", "10.0.0.2"],
      last_boot_timestamp: AT,
    }),
    {
      "hosts.ip_addresses": ["10.0.0.1", "10.0.0.2"],
      "hosts.netmasks": [24, null],
      "hosts.last_boot_timestamp": AT,
    },
  ],
  HeartbeatSucceeded: [{ type: "HeartbeatSucceeded", data: { host_id } }, { "hosts.heartbeat": "passing" }],
  HeartbeatFailed: [
    { type: "HeartbeatFailed", data: { host_id } },
    { "hosts.heartbeat": "critical", "hosts.stale_at": expect.any(String) },
  ],
  ProviderUpdated: [
    { type: "ProviderUpdated", data: { host_id, provider: "azure", provider_data: h.azureData } },
    { "hosts.provider": "azure", "hosts.provider_data": h.azureData },
  ],
  SlesSubscriptionsUpdated: [
    { type: "SlesSubscriptionsUpdated", data: { host_id, subscriptions: [h.subscription] } },
    { sles_subscriptions: 1 },
  ],
  SaptuneStatusUpdated: [
    h.saptuneStatusUpdated(h.saptuneStatus),
    { "hosts.saptune_status": h.saptuneStatus },
  ],
  HostChecksSelected: [
    { type: "HostChecksSelected", data: { host_id, checks: ["A"] } },
    { "hosts.selected_checks": ["A"] },
  ],
  HostHealthChanged: [h.hostHealthChanged("critical"), { "hosts.health": "critical" }],
  HostDeregistered: [h.hostDeregistered, { "hosts.deregistered_at": expect.any(String) }],
  HostRestored: [h.hostRestored, nothing],
  HostChecksHealthChanged: [h.checksHealthChanged("critical"), nothing],
  HostSaptuneHealthChanged: [h.saptuneHealthChanged("critical"), nothing],
  SoftwareUpdatesDiscoveryRequested: [h.updatesRequested(), nothing],
  SoftwareUpdatesHealthChanged: [h.updatesHealthChanged("critical"), nothing],
  SoftwareUpdatesDiscoveryCleared: [h.updatesCleared, nothing],
  HostDeregistrationRequested: [
    { type: "HostDeregistrationRequested", data: { host_id, requested_at: AT } },
    nothing,
  ],
  HostTombstoned: [h.hostTombstoned, nothing],
  HostRollUpRequested: [h.rollUpRequested, nothing],
  HostRolledUp: [{ ...h.rollUpRequested, type: "HostRolledUp" } as HostEvent, nothing],
};

const ofCluster: Examples<ClusterEvent> = {
  ClusterRegistered: [
    c.clusterRegistered({ ...clusters.hana, name: "new" }, "critical"),
    { "clusters.name": "new", "clusters.health": "critical" },
  ],
  ClusterDetailsUpdated: [
    c.detailsUpdated({ ...clusters.hana, state: "stopped", details: null, resources_number: 99 }),
    { "clusters.state": "stopped", "clusters.details": null, "clusters.resources_number": 99 },
  ],
  HostAddedToCluster: [c.hostAdded(clusters.host_b), { cluster_hosts: 2 }],
  ClusterHostStatusChanged: [
    c.statusChanged(clusters.host_a, "offline"),
    { "cluster_hosts.status": "offline" },
  ],
  HostRemovedFromCluster: [c.hostRemoved(clusters.host_a), { cluster_hosts: 0 }],
  ClusterHealthChanged: [c.healthChanged("critical"), { "clusters.health": "critical" }],
  ChecksSelected: [c.checksSelected("A", "B"), { "clusters.selected_checks": ["A", "B"] }],
  ClusterDataMarkedStale: [c.dataStale(), { "clusters.stale_at": clusters.stale_at }],
  ClusterDataMarkedInSync: [c.dataInSync, nothing],
  ClusterDeregistered: [c.clusterDeregistered, { "clusters.deregistered_at": clusters.deregistered_at }],
  ClusterRestored: [c.clusterRestored, nothing],
  ClusterReplicationHealthChanged: [c.replication("critical"), nothing],
  ClusterDistributedHealthChanged: [c.distributed("critical"), nothing],
  ClusterSbdHealthChanged: [c.sbd("critical"), nothing],
  ClusterChecksHealthChanged: [c.checksHealth("critical"), nothing],
  ClusterHostDataMarkedStale: [c.hostStale(clusters.host_a), nothing],
  ClusterHostDataMarkedInSync: [c.hostInSync(clusters.host_a), nothing],
  ClusterTombstoned: [c.clusterTombstoned, nothing],
  ClusterRollUpRequested: [c.rollUpRequested(), nothing],
  ClusterRolledUp: [c.rolledUp(initialCluster), nothing],
};

const ofDatabase: Examples<DatabaseEvent> = {
  DatabaseRegistered: [d.databaseRegistered("critical"), { "databases.health": "critical" }],
  DatabaseInstanceRegistered: [d.instanceRegistered({ host_id: d.host_b }), { database_instances: 2 }],
  DatabaseTenantsUpdated: [d.tenantsUpdated([{ name: "NEW" }]), { "databases.tenants": [{ name: "NEW" }] }],
  DatabaseInstanceStatusChanged: [d.statusChanged("red"), { "database_instances.status": "red" }],
  DatabaseInstanceSystemReplicationChanged: [
    d.replicationChanged(d.secondary),
    Object.fromEntries(
      Object.entries(d.secondary)
        .filter(([, value]) => value !== null)
        .map(([column, value]) => [`database_instances.${column}`, value]),
    ),
  ],
  DatabaseHealthChanged: [d.healthChanged("critical"), { "databases.health": "critical" }],
  DatabaseInstanceMarkedAbsent: [d.markedAbsent(), { "database_instances.absent_at": d.absent_at }],
  DatabaseInstanceMarkedPresent: [d.markedPresent(), nothing],
  DatabaseInstanceDataMarkedStale: [d.instanceStale(), { "database_instances.stale_at": d.stale_at }],
  DatabaseInstanceDataMarkedInSync: [d.instanceInSync(), nothing],
  DatabaseDataMarkedStale: [d.databaseStale, { "databases.stale_at": d.stale_at }],
  DatabaseDataMarkedInSync: [d.databaseInSync, nothing],
  DatabaseInstanceDeregistered: [d.instanceDeregistered(), { database_instances: 0 }],
  DatabaseDeregistered: [d.databaseDeregistered, { "databases.deregistered_at": d.deregistered_at }],
  DatabaseRestored: [d.databaseRestored("warning"), { "databases.health": "warning" }],
  DatabaseTombstoned: [d.databaseTombstoned, nothing],
  DatabaseRollUpRequested: [d.rollUpRequested, nothing],
  DatabaseRolledUp: [
    { type: "DatabaseRolledUp", data: { database_id: d.database_id, snapshot: initialDatabase } },
    nothing,
  ],
};

const ofSystem: Examples<SapSystemEvent> = {
  ApplicationInstanceRegistered: [s.instanceRegistered(s.ers), { application_instances: 2 }],
  ApplicationInstanceMoved: [s.moved(s.pas, s.host_d), { "application_instances.host_id": s.host_d }],
  ApplicationInstanceStatusChanged: [s.statusChanged("red"), { "application_instances.status": "red" }],
  ApplicationInstanceMarkedAbsent: [s.markedAbsent(), { "application_instances.absent_at": s.absent_at }],
  ApplicationInstanceMarkedPresent: [s.markedPresent(), nothing],
  ApplicationInstanceDataMarkedStale: [s.instanceStale(), { "application_instances.stale_at": s.stale_at }],
  ApplicationInstanceDataMarkedInSync: [s.instanceInSync(), nothing],
  ApplicationInstanceDeregistered: [s.instanceDeregistered(), { application_instances: 0 }],
  SapSystemRegistered: [s.systemRegistered({ tenant: "NEW" }), { "sap_systems.tenant": "NEW" }],
  SapSystemUpdated: [s.ensaUpdated("ensa2"), { "sap_systems.ensa_version": "ensa2" }],
  SapSystemHealthChanged: [s.healthChanged("critical"), { "sap_systems.health": "critical" }],
  SapSystemDatabaseHealthChanged: [
    s.databaseHealthChanged("critical"),
    { "sap_systems.database_health": "critical" },
  ],
  SapSystemDatabaseStaleAtChanged: [
    s.databaseStaleAtChanged(s.stale_at),
    { "sap_systems.database_stale_at": s.stale_at },
  ],
  SapSystemDataMarkedStale: [s.systemStale(), { "sap_systems.stale_at": s.stale_at }],
  SapSystemDataMarkedInSync: [s.systemInSync, nothing],
  SapSystemDeregistered: [s.systemDeregistered, { "sap_systems.deregistered_at": s.deregistered_at }],
  SapSystemRestored: [
    s.systemRestored({ tenant: "NEW", database_health: "warning" }),
    { "sap_systems.tenant": "NEW", "sap_systems.database_health": "warning" },
  ],
  SapSystemTombstoned: [s.systemTombstoned, nothing],
  SapSystemRollUpRequested: [s.rollUpRequested, nothing],
  SapSystemRolledUp: [
    { type: "SapSystemRolledUp", data: { sap_system_id: s.sap_system_id, snapshot: initialSapSystem } },
    nothing,
  ],
};

/** By type of stream: the id in the examples, what happened before, and each event with what it changes. */
export const examples = {
  host: { ownId: h.host_id, before: [h.hostRegistered()], events: ofHost },
  cluster: {
    ownId: clusters.cluster_id,
    before: [c.clusterRegistered(), c.hostAdded(clusters.host_a)],
    events: ofCluster,
  },
  database: { ownId: d.database_id, before: d.single, events: ofDatabase },
  sap_system: {
    ownId: s.sap_system_id,
    before: [s.instanceRegistered(s.pas), s.systemRegistered()],
    events: ofSystem,
  },
};

/** What undoes what another event did: the event before, and what is in the column after. */
export const undone: readonly (readonly [keyof typeof examples, DomainEvent, DomainEvent, string])[] = [
  ["host", ofHost.HeartbeatFailed[0], ofHost.HeartbeatSucceeded[0], "hosts.stale_at"],
  ["host", ofHost.HostDeregistered[0], ofHost.HostRestored[0], "hosts.deregistered_at"],
  ["host", ofHost.SaptuneStatusUpdated[0], h.saptuneStatusUpdated(null), "hosts.saptune_status"],
  ["cluster", c.dataStale(), c.dataInSync, "clusters.stale_at"],
  ["cluster", c.clusterDeregistered, c.clusterRestored, "clusters.deregistered_at"],
  ["database", d.databaseStale, d.databaseInSync, "databases.stale_at"],
  ["database", d.databaseDeregistered, d.databaseRestored(), "databases.deregistered_at"],
  ["database", d.markedAbsent(), d.markedPresent(), "database_instances.absent_at"],
  ["database", d.instanceStale(), d.instanceInSync(), "database_instances.stale_at"],
  ["sap_system", s.systemStale(), s.systemInSync, "sap_systems.stale_at"],
  ["sap_system", s.systemDeregistered, s.systemRestored(), "sap_systems.deregistered_at"],
  [
    "sap_system",
    s.databaseStaleAtChanged(s.stale_at),
    s.databaseStaleAtChanged(null),
    "sap_systems.database_stale_at",
  ],
  ["sap_system", s.markedAbsent(), s.markedPresent(), "application_instances.absent_at"],
  ["sap_system", s.instanceStale(), s.instanceInSync(), "application_instances.stale_at"],
];
