/** What instances make together (rules 3 and 4). */
import { aggregateHealth, type Health } from "../health.ts";
import { allInSync, healthOfStatus } from "../instance.ts";
import type { ApplicationInstance, SapSystemAggregate } from "./state.ts";

const MESSAGE_SERVER = "MESSAGESERVER";
const APPLICATION_SERVERS = ["ABAP", "J2EE"];

/** Instances are a system when a message server and an application server are among them (rule 3). */
export function makeSystem(instances: readonly Pick<ApplicationInstance, "features">[]): boolean {
  const anyHas = (feature: string) => instances.some(({ features }) => features.includes(feature));
  return anyHas(MESSAGE_SERVER) && APPLICATION_SERVERS.some(anyHas);
}

/** Rule 4. */
export function sapSystemHealth({ instances, database_health }: SapSystemAggregate): Health {
  return aggregateHealth([...instances.map(({ status }) => healthOfStatus(status)), database_health]);
}

/** Whether all that the system is made of is kept up, its database included. */
export function isInSync({ instances, database_stale_at }: SapSystemAggregate): boolean {
  return database_stale_at === null && allInSync(instances);
}
