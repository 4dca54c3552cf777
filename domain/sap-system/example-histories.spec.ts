/** Generated histories that the specifications of the SAP system share; there is no test in here. */
import fc from "fast-check";
import { given } from "../given-when-then.ts";
import { type Health, healthSchema } from "../health.ts";
import { type InstanceStatus, instanceStatusSchema } from "../instance.ts";
import {
  absent_at,
  ascs,
  type CommandOf,
  deregistered_at,
  deregisterSystem,
  ers,
  host_a,
  host_b,
  host_c,
  java,
  later,
  pas,
  register,
  restore,
  sap_system_id,
  stale_at,
  updateDatabaseHealth,
  updateDatabaseStaleAt,
} from "./examples.spec.ts";
import { type SapSystemAggregate, type SapSystemCommand, type SapSystemEvent, sapSystem } from "./index.ts";
import { type EnsaVersion, ensaVersionSchema } from "./state.ts";

export const health = fc.constantFrom<Health>(...healthSchema.options);
export const status = fc.constantFrom<InstanceStatus>(...instanceStatusSchema.options);
export const ensa = fc.constantFrom<EnsaVersion>(...ensaVersionSchema.options);
export const maybeStale = fc.constantFrom(null, stale_at, later);
/** Few hosts and kinds of instances, so that commands meet instances that are known, here or elsewhere. */
const host = fc.constantFrom(host_a, host_b, host_c);
const instance = fc
  .tuple(fc.constantFrom(ascs, ers, pas, java, { ...pas, instance_number: ascs.instance_number }), host)
  .map(([one, host_id]) => ({ ...one, host_id }));
export const name = instance.map(({ host_id, instance_number }) => ({
  sap_system_id,
  host_id,
  instance_number,
}));

export const registration: fc.Arbitrary<CommandOf<"RegisterApplicationInstance">> = fc
  .tuple(instance, status, fc.boolean(), ensa, health, maybeStale)
  .map(([one, current, clustered, ensa_version, database_health, database_stale_at]) =>
    register({ ...one, status: current, clustered, ensa_version, database_health, database_stale_at }),
  );
const other: fc.Arbitrary<SapSystemCommand> = fc.oneof(
  name.map((which) => ({ type: "MarkApplicationInstanceAbsent" as const, data: { ...which, absent_at } })),
  fc.tuple(name, fc.constantFrom(stale_at, later)).map(([which, at]) => ({
    type: "MarkApplicationInstanceDataStale" as const,
    data: { ...which, stale_at: at },
  })),
  name.map((which) => ({
    type: "DeregisterApplicationInstance" as const,
    data: { ...which, deregistered_at },
  })),
  fc.constant(deregisterSystem),
  health.map(restore),
  health.map(updateDatabaseHealth),
  maybeStale.map(updateDatabaseStaleAt),
);
export const command = fc.oneof({ weight: 3, arbitrary: registration }, { weight: 2, arbitrary: other });
export const history = fc
  .array(command, { maxLength: 25 })
  .chain((rest) => registration.map((first): SapSystemCommand[] => [first, ...rest]));

/** A system as it was when its stream was rolled up. */
export function as(snapshot: SapSystemAggregate) {
  return given(sapSystem, [{ type: "SapSystemRolledUp", data: { sap_system_id, snapshot } }]);
}
export function reached(commands: readonly SapSystemCommand[], start = sapSystem.initialState()) {
  return as(commands.reduce((state, next) => as(state).when(next).state, start));
}
export function eventsOf(commands: readonly SapSystemCommand[]): readonly SapSystemEvent[] {
  let events: readonly SapSystemEvent[] = [];
  for (const next of commands) {
    const { decision } = given(sapSystem, events).when(next);
    if (decision.ok) events = [...events, ...decision.events];
  }
  return events;
}
