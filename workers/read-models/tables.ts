/** The read models in D1. Names and columns are those of Trento's tables, with the version each row reflects. */

import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { CustomValue } from "../../checks/customization/customizable.ts";
import type { CheckDefinition, Defect } from "../../checks/definition.ts";
import type { ActivityEntryView } from "../../domain/activity-log/entry.ts";
import type { RetentionTime } from "../../domain/activity-log/retention.ts";
import type { OpenDiscovery } from "../../domain/agent/open-discovery.ts";
import type { AlertingSettings } from "../../domain/alerts/settings.ts";
import type { ClusterDetails, ClusteredInstance, ClusterHostStatus } from "../../domain/cluster/details.ts";
import type { ClusterView } from "../../domain/cluster/view.ts";
import type { Tenant } from "../../domain/database/state.ts";
import type { DatabaseInstanceView } from "../../domain/database/view.ts";
import type { ExecutionView } from "../../domain/execution/view.ts";
import type { Health } from "../../domain/health.ts";
import type { HostView } from "../../domain/host/view.ts";
import type { InstanceStatus } from "../../domain/instance.ts";
import type { EnsaVersion } from "../../domain/sap-system/state.ts";
import type { TaggedResource } from "../../domain/tag.ts";
import type { EndpointSettings } from "../../domain/webhooks/endpoint.ts";

const times = { inserted_at: text().notNull(), updated_at: text().notNull() };

export const hosts = sqliteTable("hosts", {
  id: text().primaryKey(),
  hostname: text(),
  ip_addresses: text({ mode: "json" }).$type<string[]>().notNull().default([]),
  netmasks: text({ mode: "json" }).$type<(number | null)[]>().notNull().default([]),
  agent_version: text(),
  arch: text().$type<HostView["arch"]>().notNull().default("unknown"),
  fully_qualified_domain_name: text(),
  heartbeat: text().$type<HostView["heartbeat"]>().notNull().default("unknown"),
  stale_at: text(),
  health: text().$type<HostView["health"]>().notNull().default("unknown"),
  selected_checks: text({ mode: "json" }).$type<string[]>().notNull().default([]),
  provider: text().$type<HostView["provider"]>().notNull().default("unknown"),
  provider_data: text({ mode: "json" }).$type<NonNullable<HostView["provider_data"]>>(),
  saptune_status: text({ mode: "json" }).$type<NonNullable<HostView["saptune_status"]>>(),
  prometheus_targets: text({ mode: "json" }).$type<Record<string, string>>(),
  prometheus_mode: text().$type<"push" | "pull">().notNull().default("pull"),
  last_boot_timestamp: text(),
  systemd_units: text({ mode: "json" }).$type<HostView["systemd_units"]>().notNull().default([]),
  deregistered_at: text(),
  /** Version of the host's stream that the row reflects. */
  version: integer().notNull().default(0),
  ...times,
});

export const slesSubscriptions = sqliteTable(
  "sles_subscriptions",
  {
    host_id: text().notNull(),
    identifier: text().notNull(),
    version: text().notNull(),
    arch: text().notNull(),
    status: text().notNull(),
    subscription_status: text(),
    type: text(),
    starts_at: text(),
    expires_at: text(),
    ...times,
  },
  (table) => [primaryKey({ columns: [table.host_id, table.identifier] })],
);

const openDiscovery = () => text({ mode: "json" }).$type<Omit<OpenDiscovery, "discovery_type">>();

/** Agents of which a discovery was ever not in force: what of each type is not in force, by the agents' own streams. */
export const agents = sqliteTable("agents", {
  id: text().primaryKey(),
  /** As the host calls itself, where its registration is refused. */
  hostname: text(),
  host_discovery: openDiscovery(),
  cloud_discovery: openDiscovery(),
  subscription_discovery: openDiscovery(),
  ha_cluster_discovery: openDiscovery(),
  saptune_discovery: openDiscovery(),
  sap_system_discovery: openDiscovery(),
  /** Version of the agent's stream that the row reflects. */
  version: integer().notNull().default(0),
  ...times,
});

export const clusters = sqliteTable("clusters", {
  id: text().primaryKey(),
  name: text(),
  type: text().$type<ClusterView["type"]>().notNull().default("unknown"),
  provider: text().$type<ClusterView["provider"]>().notNull().default("unknown"),
  state: text().$type<ClusterView["state"]>().notNull().default("unknown"),
  health: text().$type<Health>().notNull().default("unknown"),
  selected_checks: text({ mode: "json" }).$type<string[]>().notNull().default([]),
  resources_number: integer(),
  hosts_number: integer(),
  details: text({ mode: "json" }).$type<ClusterDetails>(),
  sap_instances: text({ mode: "json" }).$type<ClusteredInstance[]>().notNull().default([]),
  stale_at: text(),
  deregistered_at: text(),
  /** Version of the cluster's stream that the row reflects. */
  version: integer().notNull().default(0),
  ...times,
});

/** Members of clusters, as the clusters' streams tell: a row of a host is written by nothing but the host's own stream. */
export const clusterHosts = sqliteTable(
  "cluster_hosts",
  {
    cluster_id: text().notNull(),
    host_id: text().notNull(),
    status: text().$type<ClusterHostStatus>().notNull(),
    inserted_at: text().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.cluster_id, table.host_id] }),
    index("cluster_hosts_host").on(table.host_id),
  ],
);

/** Told beside the events: it changes with every write of a cluster's configuration. */
export const clustersEnrichmentData = sqliteTable("clusters_enrichment_data", {
  cluster_id: text().primaryKey(),
  cib_last_written: text().notNull(),
  /** When it was told and so written here, in milliseconds: of two requests under way the later counts. */
  written_at: integer().notNull(),
});

const instanceColumns = {
  instance_number: text().notNull(),
  host_id: text().notNull(),
  sid: text().notNull(),
  instance_hostname: text(),
  features: text().notNull(),
  http_port: integer().notNull(),
  https_port: integer().notNull(),
  start_priority: text(),
  status: text().$type<InstanceStatus>().notNull(),
  absent_at: text(),
  stale_at: text(),
  ...times,
};

export const databases = sqliteTable("databases", {
  id: text().primaryKey(),
  sid: text(),
  health: text().$type<Health>().notNull().default("unknown"),
  tenants: text({ mode: "json" }).$type<Tenant[]>().notNull().default([]),
  stale_at: text(),
  deregistered_at: text(),
  /** Version of the database's stream that the row reflects. */
  version: integer().notNull().default(0),
  ...times,
});

export const databaseInstances = sqliteTable(
  "database_instances",
  {
    database_id: text().notNull(),
    ...instanceColumns,
    system_replication: text().$type<NonNullable<DatabaseInstanceView["system_replication"]>>(),
    system_replication_status: text(),
    system_replication_site: text(),
    system_replication_site_id: integer(),
    system_replication_mode: text(),
    system_replication_operation_mode: text(),
    system_replication_source_site: text(),
    system_replication_tier: integer(),
  },
  (table) => [
    primaryKey({ columns: [table.database_id, table.instance_number, table.host_id] }),
    index("database_instances_host").on(table.host_id),
  ],
);

export const sapSystems = sqliteTable(
  "sap_systems",
  {
    id: text().primaryKey(),
    /** Null while the instances do not make a system. */
    sid: text(),
    tenant: text(),
    db_host: text(),
    health: text().$type<Health>().notNull().default("unknown"),
    ensa_version: text().$type<EnsaVersion>().notNull().default("no_ensa"),
    database_id: text(),
    database_health: text().$type<Health>().notNull().default("unknown"),
    database_stale_at: text(),
    stale_at: text(),
    deregistered_at: text(),
    /** Version of the system's stream that the row reflects. */
    version: integer().notNull().default(0),
    ...times,
  },
  (table) => [index("sap_systems_database").on(table.database_id)],
);

export const applicationInstances = sqliteTable(
  "application_instances",
  { sap_system_id: text().notNull(), ...instanceColumns },
  (table) => [
    primaryKey({ columns: [table.sap_system_id, table.instance_number, table.host_id] }),
    index("application_instances_host").on(table.host_id),
  ],
);

/** The process manager's own: which system keeps its data in which database. */
export const sapSystemLinks = sqliteTable(
  "sap_system_links",
  {
    sap_system_id: text().primaryKey(),
    database_id: text().notNull(),
    tenant: text().notNull(),
    db_host: text().notNull(),
  },
  (table) => [index("sap_system_links_database").on(table.database_id)],
);

export const tags = sqliteTable(
  "tags",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    value: text().notNull(),
    resource_id: text().notNull(),
    resource_type: text().$type<TaggedResource>().notNull(),
    ...times,
  },
  (table) => [
    uniqueIndex("tags_value_resource").on(table.resource_id, table.value),
    index("tags_of_resource").on(table.resource_type, table.resource_id),
  ],
);

/** How far each subscriber has come with each stream. A trigger lets `version` move only from `previous`. */
export const checkpoints = sqliteTable(
  "checkpoints",
  {
    stream: text().notNull(),
    subscriber: text().notNull(),
    version: integer().notNull(),
    /** The version that whoever wrote this row believed to be the one before. */
    previous: integer().notNull(),
  },
  (table) => [primaryKey({ columns: [table.stream, table.subscriber] })],
);

/**
 * Versions that are projected, and of which the rooms may not have heard: only what came again is written here, and it leaves
 * when it was told. The stream's alarm goes on sending the event until then.
 */
export const untold = sqliteTable(
  "untold",
  { stream: text().notNull(), version: integer().notNull() },
  (table) => [primaryKey({ columns: [table.stream, table.version] })],
);

export const apiKeySettings = sqliteTable("api_key_settings", {
  only: integer().primaryKey(),
  jti: text().notNull(),
  created_at: text().notNull(),
  expire_at: text(),
  /** Of the request that issued it: agents that fall silent right after it did so because of it. */
  correlation_id: text(),
});

export const users = sqliteTable("users", {
  id: integer().primaryKey({ autoIncrement: true }),
  username: text().notNull().unique(),
  /** scrypt, with its parameters and salt. */
  password_hash: text().notNull(),
  ...times,
});

/** Executions of checks. What each found is kept by its own object. */
export const executions = sqliteTable(
  "executions",
  {
    id: text().primaryKey(),
    group_id: text().notNull(),
    target_type: text().notNull(),
    status: text().$type<ExecutionView["status"]>().notNull(),
    result: text().$type<ExecutionView["result"]>(),
    targets: text({ mode: "json" }).$type<ExecutionView["targets"]>().notNull(),
    /** Ids of the agents that have answered. */
    answered: text({ mode: "json" }).$type<string[]>().notNull(),
    timeout: text({ mode: "json" }).$type<string[]>().notNull(),
    critical_count: integer(),
    warning_count: integer(),
    passing_count: integer(),
    started_at: text().notNull(),
    completed_at: text(),
    /** Version of the execution's stream that the row reflects. */
    version: integer().notNull(),
  },
  (table) => [index("executions_of_group").on(table.group_id, table.started_at)],
);

/** What groups have set for themselves: plain records, as tags are. */
export const checkCustomizations = sqliteTable(
  "check_customizations",
  {
    group_id: text().notNull(),
    check_id: text().notNull(),
    custom_values: text({ mode: "json" }).$type<{ name: string; value: CustomValue }[]>().notNull(),
    ...times,
  },
  (table) => [primaryKey({ columns: [table.group_id, table.check_id] })],
);

/** Catalogues that were brought in, beside our own, which comes with the program. */
export const catalogues = sqliteTable("catalogues", {
  name: text().primaryKey(),
  version: text().notNull(),
  /** In the order in which they were brought in: of checks with the same id the first counts. */
  position: integer().notNull(),
  imported_at: text().notNull(),
  defects: text({ mode: "json" }).$type<Defect[]>().notNull(),
});

export const catalogueChecks = sqliteTable(
  "catalogue_checks",
  {
    catalogue: text().notNull(),
    check_id: text().notNull(),
    definition: text({ mode: "json" }).$type<CheckDefinition>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.catalogue, table.check_id] })],
);

/** What happened in the landscape, and what people did. */
export const activityLogs = sqliteTable(
  "activity_logs",
  {
    /** That of the event, where it tells of one. */
    id: text().primaryKey(),
    type: text().notNull(),
    actor: text().notNull(),
    severity: integer().notNull(),
    metadata: text({ mode: "json" }).$type<ActivityEntryView["metadata"]>().notNull(),
    occurred_on: text().notNull(),
  },
  (table) => [index("activity_logs_in_time").on(table.occurred_on, table.id)],
);

export const activityLogSettings = sqliteTable("activity_log_settings", {
  only: integer().primaryKey(),
  value: integer().notNull(),
  unit: text().$type<RetentionTime["unit"]>().notNull(),
});

export const alertingSettings = sqliteTable("alerting_settings", {
  only: integer().primaryKey(),
  settings: text({ mode: "json" }).$type<AlertingSettings>().notNull(),
  /** Sealed. */
  smtp_password: text().notNull(),
});

/** Third parties that are told of events. What is told is kept by the object of each. */
export const webhookEndpoints = sqliteTable("webhook_endpoints", {
  id: text().primaryKey(),
  url: text().notNull(),
  description: text().notNull(),
  event_types: text({ mode: "json" }).$type<string[]>().notNull(),
  enabled: integer({ mode: "boolean" }).notNull(),
  /** Why it was disabled by itself. */
  disabled_reason: text(),
  signature: text().$type<EndpointSettings["signature"]>().notNull(),
  /** Sealed. */
  secret: text().notNull(),
  /** Sealed: the one before, which is valid for a while. */
  old_secret: text(),
  old_secret_until: text(),
  ...times,
});

/** The relays that have ever come: each is told what its broker is to publish. */
export const relays = sqliteTable("relays", {
  name: text().primaryKey(),
  first_seen_at: text().notNull(),
  connected_at: text().notNull(),
});
