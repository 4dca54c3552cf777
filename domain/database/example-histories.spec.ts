/** Generated histories that the specifications of the database share; there is no test in here. */
import fc from "fast-check";
import { given } from "../given-when-then.ts";
import { type InstanceStatus, instanceStatusSchema } from "../instance.ts";
import {
  absent_at,
  alone,
  type CommandOf,
  database_id,
  deregistered_at,
  host_a,
  host_b,
  host_c,
  later,
  primary,
  register,
  secondary,
  stale_at,
} from "./examples.spec.ts";
import { type DatabaseAggregate, type DatabaseCommand, type DatabaseEvent, database } from "./index.ts";

/** Few values each, so that commands meet instances that are known. */
export const name = fc
  .tuple(fc.constantFrom(host_a, host_b, host_c), fc.constantFrom("00", "10"))
  .map(([host_id, instance_number]) => ({ database_id, host_id, instance_number }));
const replication = fc.constantFrom(
  alone,
  primary,
  secondary,
  { ...secondary, system_replication_tier: null },
  { ...secondary, system_replication_status: "ERROR", system_replication_tier: null },
);
const tenants = fc.subarray(["PRD", "QAS", "DEV"]).map((names) => names.map((tenant) => ({ name: tenant })));
/** The site that a secondary replicates from: it may tell its own, or one that nobody knows. */
const source = fc.constantFrom(null, 1, 2, 3);

export const registration: fc.Arbitrary<CommandOf<"RegisterDatabaseInstance">> = fc
  .tuple(name, replication, fc.constantFrom<InstanceStatus>(...instanceStatusSchema.options), tenants, source)
  .map(([which, how, status, all, system_replication_active_primary_site]) =>
    register({ ...which, ...how, status, tenants: all, system_replication_active_primary_site }),
  );
const other: fc.Arbitrary<DatabaseCommand> = fc.oneof(
  name.map((which) => ({ type: "MarkDatabaseInstanceAbsent" as const, data: { ...which, absent_at } })),
  fc.tuple(name, fc.constantFrom(stale_at, later)).map(([which, at]) => ({
    type: "MarkDatabaseInstanceDataStale" as const,
    data: { ...which, stale_at: at },
  })),
  name.map((which) => ({
    type: "DeregisterDatabaseInstance" as const,
    data: { ...which, deregistered_at },
  })),
);
export const command = fc.oneof({ weight: 3, arbitrary: registration }, { weight: 2, arbitrary: other });
export const history = fc
  .array(command, { maxLength: 25 })
  .chain((rest) => registration.map((first): DatabaseCommand[] => [first, ...rest]));

/** A database as it was when its stream was rolled up. */
export function as(snapshot: DatabaseAggregate) {
  return given(database, [{ type: "DatabaseRolledUp", data: { database_id, snapshot } }]);
}
export function reached(commands: readonly DatabaseCommand[], start = database.initialState()) {
  return as(commands.reduce((state, next) => as(state).when(next).state, start));
}
export function eventsOf(commands: readonly DatabaseCommand[]): readonly DatabaseEvent[] {
  let events: readonly DatabaseEvent[] = [];
  for (const next of commands) {
    const { decision } = given(database, events).when(next);
    if (decision.ok) events = [...events, ...decision.events];
  }
  return events;
}
