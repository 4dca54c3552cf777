/** An SAP system as the control plane should know it. */
import { databaseIdOf, sapSystemIdOf } from "../../../domain/discovery/ids.ts";
import { aggregateHealth, type Health } from "../../../domain/health.ts";
import { healthOfStatus, type InstanceStatus } from "../../../domain/instance.ts";
import type { EnsaVersion } from "../../../domain/sap-system/state.ts";
import { applicationStatus } from "../model/condition.ts";
import { type ApplicationInstance, featuresOf, type SapSystem } from "../model/sap-system.ts";
import { databaseHealth } from "./database.ts";

export interface ExpectedApplicationInstance {
  readonly hostId: string;
  readonly number: string;
  readonly hostname: string;
  readonly features: string;
  readonly status: InstanceStatus;
  readonly isAbsent: boolean;
}

export interface ExpectedSapSystem {
  readonly id: string;
  readonly sid: string;
  readonly tenant: string;
  readonly databaseId: string;
  readonly databaseAddress: string;
  readonly ensa: EnsaVersion;
  readonly health: Health;
  readonly databaseHealth: Health;
  readonly instances: readonly ExpectedApplicationInstance[];
}

function expectedInstance(instance: ApplicationInstance): ExpectedApplicationInstance {
  const { host, number, hostname, isAbsent } = instance;
  const status = applicationStatus(instance);
  return { hostId: host.id, number, hostname, features: featuresOf(instance), status, isAbsent };
}

export function expectedSapSystem(system: SapSystem): ExpectedSapSystem {
  const { database, tenant } = system;
  const databaseId = databaseIdOf(database.id);
  const below = databaseHealth(database);
  const own = system.instances.map((instance) => healthOfStatus(applicationStatus(instance)));
  return {
    id: sapSystemIdOf(databaseId, tenant),
    sid: system.sid,
    tenant,
    databaseId,
    databaseAddress: database.address,
    ensa: system.ensa,
    health: aggregateHealth([...own, below]),
    databaseHealth: below,
    instances: system.instances.map(expectedInstance),
  };
}
