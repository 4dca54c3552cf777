/** Sends the commands of one discovery; one that fails does not stop the others. */
import type { DiscoveredCommand } from "../../domain/discovery/policy.ts";
import type { CommandOutcome } from "../event-stream/commands.ts";
import type { EventMetadata } from "../event-stream/events.ts";
import type { AggregateCommand } from "../streams.ts";
import type { Memory } from "./memory.ts";
import type { AgentPorts } from "./ports.ts";
import { resolve } from "./resolution.ts";

export interface DispatchResult {
  /** Types of all events that came of it. */
  readonly events: readonly string[];
  /** What is not there yet. */
  readonly waitsFor: readonly string[];
  /** All other errors. */
  readonly errors: readonly string[];
}

/**
 * After these the aggregate knows more than it could take into account: an instance that moved is still stale, a cluster
 * that has just been registered does not yet know that all its hosts are offline. An agent of Trento repeats itself seconds
 * later; here the command is sent once more at once, so that the state is the same without it.
 */
const ONCE_MORE: ReadonlySet<string> = new Set([
  "ClusterRegistered",
  "ClusterRestored",
  "DatabaseRestored",
  "SapSystemRestored",
  "ApplicationInstanceMoved",
]);

/** What is to be taken away is gone already. */
const GONE: ReadonlySet<string> = new Set([
  "cluster_not_registered",
  "database_not_registered",
  "database_instance_not_registered",
  "sap_system_not_registered",
  "application_instance_not_registered",
]);

export function errorOf(outcome: CommandOutcome): string | null {
  switch (outcome.status) {
    case "accepted":
      return null;
    case "refused":
      return outcome.error;
    case "too_large":
      return `an event of ${outcome.bytes} bytes does not fit in ${outcome.limit}`;
    case "conflict":
      return "conflict";
    case "closed":
      return "stream_closed";
  }
}

export function isGone(error: string | null): boolean {
  return error === "stream_closed" || (error !== null && GONE.has(error));
}

function takesAway({ type }: AggregateCommand): boolean {
  return type.startsWith("Deregister") || type.endsWith("Absent");
}

class Dispatch {
  readonly events: string[] = [];
  readonly waitsFor: string[] = [];
  readonly errors: string[] = [];
  readonly #metadata: EventMetadata;
  readonly #memory: Memory;
  readonly #ports: AgentPorts;

  constructor(metadata: EventMetadata, memory: Memory, ports: AgentPorts) {
    this.#metadata = metadata;
    this.#memory = memory;
    this.#ports = ports;
  }

  async send(discovered: DiscoveredCommand): Promise<void> {
    if (discovered.type !== "DiscoverApplicationInstance") return this.#sendTo(discovered);
    const command = await resolve(discovered, this.#ports);
    if (command !== null) return this.#sendTo(command);
    const { tenant, db_host } = discovered.data;
    this.waitsFor.push(`a database with tenant ${tenant} at ${db_host}`);
  }

  async #sendTo(command: AggregateCommand): Promise<void> {
    let outcome = await this.#execute(command);
    let error = errorOf(outcome);
    if (error === "database_not_registered" && command.type === "RegisterDatabaseInstance") {
      const { database_id, host_id } = command.data;
      await this.#ports.directory.waitForDatabase(database_id, host_id);
      // Sent again after the agent's name is down: what came in between is not missed.
      outcome = await this.#execute(command);
      error = errorOf(outcome);
      if (error === "database_not_registered") {
        this.waitsFor.push(`the primary of database ${database_id}`);
        return;
      }
    }
    if (error === "host_not_registered") {
      this.waitsFor.push(error);
      return;
    }
    if (error !== null && !(takesAway(command) && isGone(error))) {
      this.errors.push(error);
      return;
    }
    this.#memory.learn(command);
    if (outcome.status !== "accepted") return;
    this.events.push(...outcome.events);
    if (!outcome.events.some((event) => ONCE_MORE.has(event))) return;
    const again = await this.#execute(command);
    if (again.status === "accepted") this.events.push(...again.events);
  }

  #execute(command: AggregateCommand): Promise<CommandOutcome> {
    return this.#ports.send(command, this.#metadata, this.#ports.newId(), "when_changed");
  }
}

/** Commands are sent in order, each after the one before was answered. What is accepted is learnt. */
export async function dispatch(
  commands: readonly DiscoveredCommand[],
  metadata: EventMetadata,
  memory: Memory,
  ports: AgentPorts,
): Promise<DispatchResult> {
  const sending = new Dispatch(metadata, memory, ports);
  for (const command of commands) await sending.send(command);
  return sending;
}
