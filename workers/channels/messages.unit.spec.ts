/** What Trento's clients are told, message by message (api.md, WebSocket). */
import { describe, expect, it } from "vitest";
import type { ClusterEvent } from "../../domain/cluster/index.ts";
import type { DatabaseEvent } from "../../domain/database/index.ts";
import type { HostEvent } from "../../domain/host/index.ts";
import type { HostView } from "../../domain/host/view.ts";
import type { SapSystemEvent } from "../../domain/sap-system/index.ts";
import { sayOfCluster, sayOfMember } from "./cluster-messages.ts";
import { sayOfDatabase } from "./database-messages.ts";
import { sayOfHost } from "./host-messages.ts";
import { sayOfSapSystem } from "./sap-system-messages.ts";

const AT = "2026-11-25T03:00:00.000Z";
const id = "9cd46919-5f19-59aa-993e-cf3736c71053";
const host_id = "779cdd70-e9e2-58ca-b18a-bf3eb3f71244";
const stored = {
  version: 1,
  id: "e",
  occurredAt: AT,
  metadata: { correlationId: "c", causationId: null, actor: "a" },
};
/** Nothing is left of the resource but its name: all that a message needs has to be in the event. */
const gone = (name: string) => ({ view: null, name });

type Told = readonly [event: string, payload: object] | null;

/** An event's data beyond its ids, and what is told of it. */
type Row = readonly [type: string, data: object, told: Told];

function told(said: { event: string; payload: object } | null): Told {
  return said === null ? null : [said.event, said.payload];
}

const hostRows: readonly Row[] = [
  ["HostDeregistered", {}, ["host_deregistered", { id: host_id, hostname: "one" }]],
  [
    "ProviderUpdated",
    { provider: "kvm", provider_data: null },
    ["host_details_updated", { id: host_id, provider: "kvm", provider_data: null }],
  ],
  [
    "SlesSubscriptionsUpdated",
    { subscriptions: [] },
    ["host_details_updated", { id: host_id, sles_subscriptions: [] }],
  ],
  [
    "HostChecksSelected",
    { checks: ["A"] },
    ["host_details_updated", { id: host_id, selected_checks: ["A"] }],
  ],
  ["HeartbeatSucceeded", {}, ["heartbeat_succeded", { id: host_id, hostname: "one" }]],
  ["HeartbeatFailed", {}, ["heartbeat_failed", { id: host_id, hostname: "one", stale_at: AT }]],
  [
    "SaptuneStatusUpdated",
    { status: null },
    ["saptune_status_updated", { id: host_id, status: null, hostname: "one" }],
  ],
  [
    "HostHealthChanged",
    { health: "critical" },
    ["host_health_changed", { id: host_id, hostname: "one", health: "critical" }],
  ],
  [
    "SoftwareUpdatesHealthChanged",
    { health: "passing" },
    ["host_software_updates_discovery_completed", { id: host_id }],
  ],
  ["SoftwareUpdatesDiscoveryCleared", {}, ["host_software_updates_discovery_completed", { id: host_id }]],
  ["HostChecksHealthChanged", { checks_health: "passing" }, null],
  ["HostTombstoned", {}, null],
];

const clusterRows: readonly Row[] = [
  ["ChecksSelected", { checks: ["A"] }, ["cluster_details_updated", { id, selected_checks: ["A"] }]],
  [
    "ClusterHealthChanged",
    { health: "critical" },
    ["cluster_health_changed", { cluster_id: id, name: "one", health: "critical" }],
  ],
  ["ClusterDataMarkedStale", { stale_at: AT }, ["cluster_stale_changed", { id, stale_at: AT }]],
  ["ClusterDataMarkedInSync", {}, ["cluster_stale_changed", { id, stale_at: null }]],
  ["ClusterDeregistered", { deregistered_at: AT }, ["cluster_deregistered", { id, name: "one" }]],
  ["HostAddedToCluster", { host_id, cluster_host_status: "online" }, null],
  ["ClusterTombstoned", {}, null],
];

const memberRows: readonly Row[] = [
  [
    "HostAddedToCluster",
    { host_id, cluster_host_status: "online" },
    ["host_details_updated", { id: host_id, cluster_id: id, cluster_host_status: "online" }],
  ],
  [
    "ClusterHostStatusChanged",
    { host_id, cluster_host_status: "offline" },
    ["host_details_updated", { id: host_id, cluster_id: id, cluster_host_status: "offline" }],
  ],
  [
    "HostRemovedFromCluster",
    { host_id },
    ["host_details_updated", { id: host_id, cluster_id: null, cluster_host_status: null }],
  ],
  ["ClusterHealthChanged", { health: "critical" }, null],
];

const instance = { host_id, instance_number: "00" };
const replication = {
  system_replication: "Secondary",
  system_replication_status: "ACTIVE",
  system_replication_site: "WDF",
  system_replication_site_id: 2,
  system_replication_mode: "sync",
  system_replication_operation_mode: "logreplay",
  system_replication_source_site: "NBG",
  system_replication_tier: 2,
};
const ofDatabase = { database_id: id, ...instance, sid: "one" };
const databaseRows: readonly Row[] = [
  ["DatabaseDeregistered", { deregistered_at: AT }, ["database_deregistered", { id, sid: "one" }]],
  [
    "DatabaseHealthChanged",
    { health: "critical" },
    ["database_health_changed", { id, database_id: id, health: "critical" }],
  ],
  [
    "DatabaseTenantsUpdated",
    { tenants: [{ name: "PRD" }], previous_tenants: [] },
    ["database_tenants_updated", { database_id: id, tenants: [{ name: "PRD" }] }],
  ],
  ["DatabaseDataMarkedStale", { stale_at: AT }, ["database_stale_changed", { id, stale_at: AT }]],
  ["DatabaseDataMarkedInSync", {}, ["database_stale_changed", { id, stale_at: null }]],
  [
    "DatabaseInstanceStatusChanged",
    { ...instance, status: "red" },
    ["database_instance_status_changed", { ...ofDatabase, status: "red" }],
  ],
  [
    "DatabaseInstanceSystemReplicationChanged",
    { ...instance, ...replication },
    ["database_instance_system_replication_changed", { ...ofDatabase, ...replication }],
  ],
  [
    "DatabaseInstanceMarkedAbsent",
    { ...instance, absent_at: AT },
    ["database_instance_absent_at_changed", { ...ofDatabase, absent_at: AT }],
  ],
  [
    "DatabaseInstanceMarkedPresent",
    instance,
    ["database_instance_absent_at_changed", { ...ofDatabase, absent_at: null }],
  ],
  [
    "DatabaseInstanceDataMarkedStale",
    { ...instance, stale_at: AT },
    ["database_instance_stale_changed", { ...ofDatabase, stale_at: AT }],
  ],
  [
    "DatabaseInstanceDataMarkedInSync",
    instance,
    ["database_instance_stale_changed", { ...ofDatabase, stale_at: null }],
  ],
  [
    "DatabaseInstanceDeregistered",
    { ...instance, deregistered_at: AT },
    ["database_instance_deregistered", ofDatabase],
  ],
  ["DatabaseTombstoned", {}, null],
];

const ofSystem = { sap_system_id: id, ...instance, sid: "one" };
const moved = { instance_number: "00", old_host_id: host_id, new_host_id: id };
const systemRows: readonly Row[] = [
  ["SapSystemDeregistered", { deregistered_at: AT }, ["sap_system_deregistered", { id, sid: "one" }]],
  [
    "SapSystemHealthChanged",
    { health: "critical" },
    ["sap_system_health_changed", { id, health: "critical" }],
  ],
  ["SapSystemUpdated", { ensa_version: "ensa2" }, ["sap_system_updated", { id, ensa_version: "ensa2" }]],
  [
    "SapSystemDatabaseHealthChanged",
    { database_health: "warning" },
    ["sap_system_updated", { id, database_health: "warning" }],
  ],
  [
    "SapSystemDatabaseStaleAtChanged",
    { database_stale_at: AT },
    ["sap_system_updated", { id, database_stale_at: AT }],
  ],
  ["SapSystemDataMarkedStale", { stale_at: AT }, ["sap_system_stale_changed", { id, stale_at: AT }]],
  ["SapSystemDataMarkedInSync", {}, ["sap_system_stale_changed", { id, stale_at: null }]],
  [
    "ApplicationInstanceMoved",
    moved,
    ["application_instance_moved", { sap_system_id: id, ...moved, sid: "one" }],
  ],
  [
    "ApplicationInstanceStatusChanged",
    { ...instance, status: "red" },
    ["application_instance_status_changed", { ...ofSystem, status: "red" }],
  ],
  [
    "ApplicationInstanceMarkedAbsent",
    { ...instance, absent_at: AT },
    ["application_instance_absent_at_changed", { ...ofSystem, absent_at: AT }],
  ],
  [
    "ApplicationInstanceMarkedPresent",
    instance,
    ["application_instance_absent_at_changed", { ...ofSystem, absent_at: null }],
  ],
  [
    "ApplicationInstanceDataMarkedStale",
    { ...instance, stale_at: AT },
    ["application_instance_stale_changed", { ...ofSystem, stale_at: AT }],
  ],
  [
    "ApplicationInstanceDataMarkedInSync",
    instance,
    ["application_instance_stale_changed", { ...ofSystem, stale_at: null }],
  ],
  [
    "ApplicationInstanceDeregistered",
    { ...instance, deregistered_at: AT },
    ["application_instance_deregistered", ofSystem],
  ],
  ["SapSystemTombstoned", {}, null],
];

describe("of a host", () => {
  it.each(hostRows)("%s", (type, data, expected) => {
    const event = { ...stored, type, data: { host_id, ...data } } as HostEvent & typeof stored;
    expect(told(sayOfHost(event, gone("one")))).toEqual(expected);
  });
});

describe("of a cluster", () => {
  it.each(clusterRows)("%s", (type, data, expected) => {
    const event = { ...stored, type, data: { cluster_id: id, ...data } } as ClusterEvent & typeof stored;
    expect(told(sayOfCluster(event, gone("one")))).toEqual(expected);
  });

  it.each(memberRows)("%s, to those who watch hosts", (type, data, expected) => {
    const event = { ...stored, type, data: { cluster_id: id, ...data } } as ClusterEvent & typeof stored;
    expect(told(sayOfMember(event, null))).toEqual(expected);
  });
});

describe("of a database", () => {
  it.each(databaseRows)("%s", (type, data, expected) => {
    const event = { ...stored, type, data: { database_id: id, ...data } } as DatabaseEvent & typeof stored;
    expect(told(sayOfDatabase(event, gone("one")))).toEqual(expected);
  });
});

describe("of an SAP system", () => {
  it.each(systemRows)("%s", (type, data, expected) => {
    const event = { ...stored, type, data: { sap_system_id: id, ...data } } as SapSystemEvent & typeof stored;
    expect(told(sayOfSapSystem(event, gone("one")))).toEqual(expected);
  });
});

describe("of what came", () => {
  it("the whole resource is told, and nothing when it has gone since", () => {
    const type = "ClusterRestored";
    const event = { ...stored, type, data: { cluster_id: id } } as ClusterEvent & typeof stored;
    expect(sayOfCluster(event, gone("one"))).toBeNull();
  });

  it("the whole host is told but for the time of its last heartbeat, which clients keep", () => {
    const view = { id: host_id, hostname: "one", last_heartbeat_timestamp: null } as HostView;
    const event = { ...stored, type: "HostDetailsUpdated", data: { host_id } } as HostEvent & typeof stored;
    expect(sayOfHost(event, { view, name: "one" })?.payload).toStrictEqual({ id: host_id, hostname: "one" });
    expect(sayOfHost(event, gone("one"))).toBeNull();
  });
});
