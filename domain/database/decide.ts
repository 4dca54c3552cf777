/** What a database answers to a command. */
import { accept, type Decision, refuse } from "../decider.ts";
import { allInSync, isSameInstance } from "../instance.ts";
import type {
  DatabaseCommand,
  DatabaseRefusal,
  DeregisterDatabaseInstance,
  MarkDatabaseInstanceAbsent,
  MarkDatabaseInstanceDataStale,
} from "./commands.ts";
import { decideRegistration } from "./decide-registration.ts";
import type { DatabaseEvent } from "./events.ts";
import type { DatabaseAggregate, DatabaseInstance } from "./state.ts";

/** Rule 4. */
function absence(
  { data }: MarkDatabaseInstanceAbsent,
  instance: DatabaseInstance | undefined,
): DatabaseEvent[] {
  if (instance === undefined || instance.absent_at !== null) return [];
  return [{ type: "DatabaseInstanceMarkedAbsent", data }];
}

/** Rule 4: the database is stale since its first instance is. */
function staleness(
  { data }: MarkDatabaseInstanceDataStale,
  instance: DatabaseInstance | undefined,
  state: DatabaseAggregate,
): DatabaseEvent[] {
  const { database_id, stale_at } = data;
  if (instance === undefined || instance.stale_at !== null) return [];
  const events: DatabaseEvent[] = [{ type: "DatabaseInstanceDataMarkedStale", data }];
  if (state.stale_at === null)
    events.push({ type: "DatabaseDataMarkedStale", data: { database_id, stale_at } });
  return events;
}

/** A replicated database without its primary cannot be told from one that was left behind. */
function isHeadless(instances: readonly DatabaseInstance[]): boolean {
  const plays = (role: "Primary" | "Secondary") =>
    instances.some(({ system_replication }) => system_replication === role);
  return plays("Secondary") && !plays("Primary");
}

/** Rule 5. Works on a deregistered database too, to clean up what is left of it. */
function removal(
  { data }: DeregisterDatabaseInstance,
  state: DatabaseAggregate,
): Decision<DatabaseEvent, DatabaseRefusal> {
  const { database_id, deregistered_at } = data;
  const rest = state.instances.filter((instance) => !isSameInstance(instance, data));
  if (rest.length === state.instances.length) return refuse("database_instance_not_registered");
  const events: DatabaseEvent[] = [{ type: "DatabaseInstanceDeregistered", data }];
  if (state.stale_at !== null && allInSync(rest))
    events.push({ type: "DatabaseDataMarkedInSync", data: { database_id } });
  if (state.deregistered_at === null && (rest.length === 0 || isHeadless(rest)))
    events.push({ type: "DatabaseDeregistered", data: { database_id, deregistered_at } });
  if (rest.length === 0) events.push({ type: "DatabaseTombstoned", data: { database_id } });
  return accept(...events);
}

export function decideDatabase(
  command: DatabaseCommand,
  state: DatabaseAggregate,
): Decision<DatabaseEvent, DatabaseRefusal> {
  if (state.rolling_up) return refuse("database_rolling_up");
  if (command.type === "RegisterDatabaseInstance") return decideRegistration(command, state);
  if (state.database_id === null) return refuse("database_not_registered");
  if (command.type === "RollUpDatabase") {
    const { database_id } = command.data;
    return accept<DatabaseEvent>({ type: "DatabaseRollUpRequested", data: { database_id, snapshot: state } });
  }
  const instance = state.instances.find((one) => isSameInstance(one, command.data));
  switch (command.type) {
    case "MarkDatabaseInstanceAbsent":
      return accept(...absence(command, instance));
    case "MarkDatabaseInstanceDataStale":
      return accept(...staleness(command, instance, state));
    case "DeregisterDatabaseInstance":
      return removal(command, state);
  }
}
