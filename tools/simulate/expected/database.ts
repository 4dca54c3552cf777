/** A database as the control plane should know it. */
import { databaseIdOf } from "../../../domain/discovery/ids.ts";
import { aggregateHealth, type Health } from "../../../domain/health.ts";
import { healthOfStatus, type InstanceStatus } from "../../../domain/instance.ts";
import { databaseStatus } from "../model/condition.ts";
import { type Database, type DatabaseInstance, instancesOf } from "../model/database.ts";

export interface ExpectedDatabaseInstance {
  readonly hostId: string;
  readonly number: string;
  readonly features: string;
  readonly status: InstanceStatus;
  readonly replication: "Primary" | "Secondary" | null;
  readonly site: string | null;
  readonly tier: number | null;
  readonly isAbsent: boolean;
}

export interface ExpectedDatabase {
  readonly id: string;
  readonly sid: string;
  readonly health: Health;
  readonly tenants: readonly string[];
  readonly instances: readonly ExpectedDatabaseInstance[];
}

function expectedInstance(instance: DatabaseInstance): ExpectedDatabaseInstance {
  const { host, database, site, isAbsent } = instance;
  const isReplicated = database.sites.length > 1;
  const isPrimary = site.role === "primary";
  return {
    hostId: host.id,
    number: database.number,
    features: "HDB|HDB_WORKER",
    status: databaseStatus(instance),
    replication: isReplicated ? (isPrimary ? "Primary" : "Secondary") : null,
    site: isReplicated ? site.name : null,
    tier: isReplicated ? (isPrimary ? 1 : 2) : null,
    isAbsent,
  };
}

/** Of all instances, the absent ones included. */
export function databaseHealth(database: Database): Health {
  return aggregateHealth(instancesOf(database).map((instance) => healthOfStatus(databaseStatus(instance))));
}

export function expectedDatabase(database: Database): ExpectedDatabase {
  return {
    id: databaseIdOf(database.id),
    sid: database.sid,
    health: databaseHealth(database),
    tenants: database.tenants,
    instances: instancesOf(database).map(expectedInstance),
  };
}
