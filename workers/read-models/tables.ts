/** The read models in D1. Names and columns are those of Trento's tables, with the version each row reflects. */
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from "drizzle-orm/sqlite-core";
import type { HostView } from "../../domain/host/view.ts";

const times = { inserted_at: text().notNull(), updated_at: text().notNull() };

export const hosts = sqliteTable("hosts", {
  id: text().primaryKey(),
  /** Null while nothing but the membership in a cluster is known. */
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
  cluster_id: text(),
  cluster_host_status: text().$type<NonNullable<HostView["cluster_host_status"]>>(),
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

export const tags = sqliteTable(
  "tags",
  {
    id: integer().primaryKey({ autoIncrement: true }),
    value: text().notNull(),
    resource_id: text().notNull(),
    resource_type: text().$type<"host" | "cluster" | "sap_system" | "database">().notNull(),
    ...times,
  },
  (table) => [
    uniqueIndex("tags_value_resource").on(table.resource_id, table.value),
    index("tags_resource_type").on(table.resource_type),
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

export const apiKeySettings = sqliteTable("api_key_settings", {
  only: integer().primaryKey(),
  jti: text().notNull(),
  created_at: text().notNull(),
  expire_at: text(),
});

export const users = sqliteTable("users", {
  id: integer().primaryKey({ autoIncrement: true }),
  username: text().notNull().unique(),
  /** scrypt, with its parameters and salt. */
  password_hash: text().notNull(),
  ...times,
});
