/**
 * Sends the commands of one discovery; one that fails does not stop the others. What is answered with a refusal was wrong; who
 * cannot be asked, or throws, says nothing about it: that is a failure of ours, and is tried again.
 */
import type { DiscoveredCommand } from "../../domain/discovery/policy.ts";
import { errorLines } from "../error-lines.ts";
import type { CommandOutcome } from "../event-stream/commands.ts";
import type { EventMetadata } from "../event-stream/events.ts";
import type { AggregateCommand } from "../streams.ts";
import type { Open } from "./facts.ts";
import { layerOf } from "./layers.ts";
import type { Memory } from "./memory.ts";
import type { AgentPorts } from "./ports.ts";
import { resolve } from "./resolution.ts";

export interface DispatchResult {
  /** Types of all events that came of it. */
  readonly events: readonly string[];
  /** What could not be applied. */
  readonly open: readonly Open[];
  /** Whether all commands were answered, however. */
  readonly isAnswered: boolean;
  readonly unapplied: readonly DiscoveredCommand[];
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

/** It waits for nothing but another discovery of the same agent. */
export const HOST_NOT_REGISTERED = "host_not_registered";

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

/** The platform gives each of its own errors another number: without it, the same failure is no news when it comes again. */
export function reasonOf(error: unknown): string {
  return String(error).replace(/;? *reference = \w+/, "");
}

function takesAway({ type }: AggregateCommand): boolean {
  return type.startsWith("Deregister") || type.endsWith("Absent");
}

class Dispatch {
  readonly events: string[] = [];
  readonly open: Open[] = [];
  isAnswered = true;
  readonly unapplied: DiscoveredCommand[] = [];
  readonly #metadata: EventMetadata;
  readonly #memory: Memory;
  readonly #ports: AgentPorts;

  constructor(metadata: EventMetadata, memory: Memory, ports: AgentPorts) {
    this.#metadata = metadata;
    this.#memory = memory;
    this.#ports = ports;
  }

  async send(discovered: DiscoveredCommand): Promise<void> {
    const layer = layerOf(discovered);
    const leaveOpen = (kind: Open["kind"]) => (reason: string) => {
      this.open.push({ layer, kind, reason });
      this.unapplied.push(discovered);
    };
    const [waits, fails, isDelayed] = [leaveOpen("waits"), leaveOpen("error"), leaveOpen("delayed")];
    try {
      if (discovered.type !== "DiscoverApplicationInstance") {
        await this.#sendTo(discovered, waits, fails);
        return;
      }
      const command = await resolve(discovered, this.#ports);
      const { tenant, db_host } = discovered.data;
      if (command !== null) await this.#sendTo(command, waits, fails);
      else waits(`a database with tenant ${tenant} at ${db_host}`);
    } catch (error) {
      errorLines.tell(`${discovered.type} failed`, error);
      this.isAnswered = false;
      isDelayed(reasonOf(error));
    }
  }

  async #sendTo(
    command: AggregateCommand,
    waits: (reason: string) => void,
    fails: (reason: string) => void,
  ): Promise<void> {
    let outcome = await this.#execute(command);
    let error = errorOf(outcome);
    if (error === "database_not_registered" && command.type === "RegisterDatabaseInstance") {
      const { database_id, host_id } = command.data;
      await this.#ports.directory.waitForDatabase(database_id, host_id);
      // Sent again after the agent's name is down: what came in between is not missed.
      outcome = await this.#execute(command);
      error = errorOf(outcome);
      if (error === "database_not_registered") {
        waits(`the primary of database ${database_id}`);
        return;
      }
    }
    if (error === HOST_NOT_REGISTERED) {
      waits(error);
      return;
    }
    if (error !== null && !(takesAway(command) && isGone(error))) {
      fails(error);
      return;
    }
    const events = outcome.status === "accepted" ? outcome.events : [];
    this.#memory.learn(command, events);
    this.events.push(...events);
    if (!events.some((event) => ONCE_MORE.has(event))) return;
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
