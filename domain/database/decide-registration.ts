/** Registration of database instances (rules 1, 2, 3 and 6). */
import { dequal } from "dequal/lite";
import { accept, type Decision, refuse } from "../decider.ts";
import { allInSync, healthOfStatus, isSameInstance } from "../instance.ts";
import type { DatabaseRefusal, RegisterDatabaseInstance } from "./commands.ts";
import type { DatabaseEvent } from "./events.ts";
import { databaseHealth } from "./health.ts";
import {
  type DatabaseAggregate,
  type DatabaseInstance,
  replicationOf,
  type SystemReplication,
  type Tenant,
} from "./state.ts";

/**
 * A secondary that does not know its tier is one below the site that it replicates from. Trento looks that up
 * in its read models; all that it takes is in the database itself.
 */
function toldReplication(
  { data }: RegisterDatabaseInstance,
  { instances }: DatabaseAggregate,
): SystemReplication {
  const told = replicationOf(data);
  if (told.system_replication !== "Secondary" || told.system_replication_tier !== null) return told;
  const source = sourceOf(data, instances);
  const tier = source?.system_replication_tier ?? null;
  return { ...told, system_replication_tier: tier === null ? null : tier + 1 };
}

/**
 * An instance of the site that an instance replicates from. Neither itself, nor one of its own site, nor one that replicates
 * from it: a tier that follows from itself would be news whenever it is told.
 */
function sourceOf(
  data: RegisterDatabaseInstance["data"],
  instances: readonly DatabaseInstance[],
): DatabaseInstance | undefined {
  const {
    system_replication_active_primary_site: siteId,
    system_replication_site_id: ownSiteId,
    system_replication_site: ownSite,
  } = data;
  if (siteId === null || siteId === ownSiteId) return undefined;
  return instances.find(
    (one) =>
      one.system_replication_site_id === siteId &&
      !isSameInstance(one, data) &&
      (ownSite === null || one.system_replication_source_site !== ownSite),
  );
}

function registered({ data }: RegisterDatabaseInstance, replication: SystemReplication): DatabaseEvent {
  return {
    type: "DatabaseInstanceRegistered",
    data: {
      database_id: data.database_id,
      sid: data.sid,
      host_id: data.host_id,
      instance_number: data.instance_number,
      instance_hostname: data.instance_hostname,
      features: data.features,
      http_port: data.http_port,
      https_port: data.https_port,
      start_priority: data.start_priority,
      ...replication,
      status: data.status,
    },
  };
}

function sorted(tenants: readonly Tenant[]): Tenant[] {
  return [...tenants].sort((one, other) => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0));
}

/**
 * Tenants are told from a file on each host, which may be old where nobody looks after it, as on a secondary: hosts that
 * disagree would take from each other, for ever, what stands on the tenants. So one of them speaks for the whole: a primary
 * before one that does not replicate, and of several always the same. One that is absent or stale does not speak.
 */
function speaksOfTenants({ data }: RegisterDatabaseInstance, { instances }: DatabaseAggregate): boolean {
  if (data.system_replication === "Secondary") return false;
  const rank = ({ system_replication }: Pick<DatabaseInstance, "system_replication">) =>
    system_replication === "Primary" ? 0 : 1;
  return !instances.some(
    (other) =>
      other.host_id !== data.host_id &&
      other.system_replication !== "Secondary" &&
      other.absent_at === null &&
      other.stale_at === null &&
      (rank(other) < rank(data) || (rank(other) === rank(data) && other.host_id < data.host_id)),
  );
}

function tenantEvents(command: RegisterDatabaseInstance, state: DatabaseAggregate): DatabaseEvent[] {
  const { database_id, tenants } = command.data;
  if (dequal(sorted(tenants), sorted(state.tenants))) return [];
  return [
    { type: "DatabaseTenantsUpdated", data: { database_id, tenants, previous_tenants: state.tenants } },
  ];
}

/** What is new of an instance that the database may know already, in the order of rule 2. */
function instanceEvents(
  command: RegisterDatabaseInstance,
  replication: SystemReplication,
  state: DatabaseAggregate,
): DatabaseEvent[] {
  const { database_id, host_id, instance_number, status } = command.data;
  const name = { database_id, host_id, instance_number };
  const known = state.instances.find((instance) => isSameInstance(instance, command.data));
  if (known === undefined) return [registered(command, replication), ...synchronisation(command, state)];
  const events: DatabaseEvent[] = [];
  if (!dequal(replicationOf(known), replication)) {
    events.push({ type: "DatabaseInstanceSystemReplicationChanged", data: { ...name, ...replication } });
  }
  if (known.status !== status)
    events.push({ type: "DatabaseInstanceStatusChanged", data: { ...name, status } });
  if (known.absent_at !== null) events.push({ type: "DatabaseInstanceMarkedPresent", data: name });
  if (known.stale_at !== null) events.push({ type: "DatabaseInstanceDataMarkedInSync", data: name });
  return [...events, ...synchronisation(command, state)];
}

/**
 * The database is in sync when all its instances are: this one is from now on, whether it was stale or not. The last that was
 * stale may have become so by restoring the database, which tells nothing of it (rule 6).
 */
function synchronisation({ data }: RegisterDatabaseInstance, state: DatabaseAggregate): DatabaseEvent[] {
  const others = state.instances.filter((instance) => !isSameInstance(instance, data));
  if (state.stale_at === null || !allInSync(others)) return [];
  return [{ type: "DatabaseDataMarkedInSync", data: { database_id: data.database_id } }];
}

function healthEvents(command: RegisterDatabaseInstance, state: DatabaseAggregate): DatabaseEvent[] {
  const { database_id, status } = command.data;
  const others = state.instances.filter((instance) => !isSameInstance(instance, command.data));
  const health = databaseHealth([...others, { status }]);
  return health === state.health ? [] : [{ type: "DatabaseHealthChanged", data: { database_id, health } }];
}

export function decideRegistration(
  command: RegisterDatabaseInstance,
  state: DatabaseAggregate,
): Decision<DatabaseEvent, DatabaseRefusal> {
  const { database_id, sid, status } = command.data;
  const isNew = state.database_id === null;
  const isGone = state.deregistered_at !== null;
  const replication = toldReplication(command, state);
  if ((isNew || isGone) && replication.system_replication === "Secondary")
    return refuse("database_not_registered");
  const health = healthOfStatus(status);
  if (isNew) {
    const { tenants } = command.data;
    return accept<DatabaseEvent>(
      { type: "DatabaseRegistered", data: { database_id, sid, health } },
      registered(command, replication),
      { type: "DatabaseTenantsUpdated", data: { database_id, tenants, previous_tenants: [] } },
    );
  }
  if (isGone) {
    return accept<DatabaseEvent>(
      registered(command, replication),
      { type: "DatabaseRestored", data: { database_id, health } },
      ...tenantEvents(command, state),
    );
  }
  return accept(
    ...instanceEvents(command, replication, state),
    ...healthEvents(command, state),
    ...(speaksOfTenants(command, state) ? tenantEvents(command, state) : []),
  );
}
