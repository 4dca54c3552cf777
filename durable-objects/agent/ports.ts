/** What an agent's object takes from outside itself. */
import type { DatabaseAggregate } from "../../domain/database/index.ts";
import type { Entry } from "../directory/listings.ts";
import type { CommandOutcome } from "../event-stream/commands.ts";
import type { EventMetadata } from "../event-stream/events.ts";
import type { AggregateCommand } from "../streams.ts";
import type { Layer } from "./layers.ts";

/** Where agents find what others told. */
export interface DirectoryPorts {
  announce(tenant: string, entry: Entry): Promise<void>;
  withdraw(tenant: string, databaseId: string, hostId: string): Promise<void>;
  /** Ids of databases that may hold the tenant, served at the address. */
  find(tenant: string, address: string): Promise<readonly string[]>;
  /** As `find`; and the agent is woken when there is more. */
  wait(tenant: string, address: string, agentId: string): Promise<readonly string[]>;
  /** The agent is woken when the database is registered. */
  waitForDatabase(databaseId: string, agentId: string): Promise<void>;
}

export interface AgentPorts {
  now(): number;
  newId(): string;
  /** @param commandId a command that is sent again under its id has no second effect */
  send(
    command: AggregateCommand,
    metadata: EventMetadata,
    commandId: string,
    keepOutcome: "always" | "when_changed",
  ): Promise<CommandOutcome>;
  /** The database as it is now. */
  database(databaseId: string): Promise<DatabaseAggregate>;
  /** Numbers of the instances that an aggregate has on the host, and whether the aggregate is deregistered. */
  instancesOn(
    layer: Layer,
    aggregateId: string,
    hostId: string,
  ): Promise<{ numbers: string[]; gone: boolean }>;
  readonly directory: DirectoryPorts;
  /** What the agent said is not known to hold any more: a relay that keeps its repetitions to itself is told so. Never rejects. */
  doubt(agentId: string): Promise<void>;
}
