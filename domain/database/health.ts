/** Health of a database (rule 3): the worst of all its instances, those included that are absent. */
import { aggregateHealth, type Health } from "../health.ts";
import { healthOfStatus, type InstanceStatus } from "../instance.ts";

export function databaseHealth(instances: readonly { readonly status: InstanceStatus }[]): Health {
  return aggregateHealth(instances.map(({ status }) => healthOfStatus(status)));
}
