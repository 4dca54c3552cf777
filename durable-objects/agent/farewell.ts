/**
 * What becomes of all that hangs on a host when the host is lost or deregistered. Trento keeps for that a
 * process manager with a state of its own; here the agent's object knows what it registered, and does it in its turn, so that
 * none of the agent's discoveries comes in between.
 */
import type { EventMetadata } from "../event-stream/events.ts";
import type { AggregateCommand } from "../streams.ts";
import { errorOf, isGone } from "./dispatch.ts";
import type { HostCause } from "./facts.ts";
import type { Memory } from "./memory.ts";
import type { AgentPorts } from "./ports.ts";

function metadataOf({ eventId, correlationId }: HostCause): EventMetadata {
  return { correlationId, causationId: eventId, actor: "system" };
}

function commandId({ eventId }: HostCause, { type }: AggregateCommand, of: string): string {
  return `${eventId}/${type}/${of}`;
}

/** Databases first, then application instances: as Trento does. */
function byKind(memory: Memory) {
  const of = (kind: "application" | "database") => memory.instances.filter((one) => one.kind === kind);
  return { databases: of("database"), applications: of("application") };
}

/** @throws when a command is refused for another reason than that there is nothing left to take away */
async function sendAll(
  steps: readonly { readonly command: AggregateCommand; readonly of: string }[],
  cause: HostCause,
  ports: AgentPorts,
): Promise<void> {
  for (const { command, of } of steps) {
    const id = commandId(cause, command, of);
    const error = errorOf(await ports.send(command, metadataOf(cause), id, "always"));
    if (error !== null && !isGone(error) && error !== "host_not_registered") {
      throw new Error(`${command.type} of ${cause.hostId} was refused: ${error}`);
    }
  }
}

/**
 * Databases' instances, application instances, the membership in a cluster, and at last the host.
 * Begun again after an interruption, it finds its steps as they were, since nothing is forgotten before all are taken.
 */
export async function deregister(cause: HostCause, memory: Memory, ports: AgentPorts): Promise<void> {
  const { hostId: host_id, at: deregistered_at } = cause;
  const { databases, applications } = byKind(memory);
  const cluster_id = memory.facts.get("clusterId");
  const steps: { command: AggregateCommand; of: string }[] = [
    ...databases.map(({ aggregateId: database_id, instanceNumber: instance_number }) => ({
      of: `${database_id}/${instance_number}`,
      command: {
        type: "DeregisterDatabaseInstance" as const,
        data: { database_id, host_id, instance_number, deregistered_at },
      },
    })),
    ...applications.map(({ aggregateId: sap_system_id, instanceNumber: instance_number }) => ({
      of: `${sap_system_id}/${instance_number}`,
      command: {
        type: "DeregisterApplicationInstance" as const,
        data: { sap_system_id, host_id, instance_number, deregistered_at },
      },
    })),
  ];
  if (cluster_id !== null) {
    steps.push({
      of: cluster_id,
      command: { type: "DeregisterClusterHost", data: { cluster_id, host_id, deregistered_at } },
    });
  }
  steps.push({ of: host_id, command: { type: "DeregisterHost", data: { host_id, deregistered_at } } });
  await sendAll(steps, cause, ports);
  for (const { command } of steps) memory.learn(command);
}

/** All that the host told is stale from now on, until it tells it anew. */
export async function markStale(cause: HostCause, memory: Memory, ports: AgentPorts): Promise<void> {
  const { hostId: host_id, at: stale_at } = cause;
  const { databases, applications } = byKind(memory);
  const cluster_id = memory.facts.get("clusterId");
  const steps: { command: AggregateCommand; of: string }[] = [
    ...applications.map(({ aggregateId: sap_system_id, instanceNumber: instance_number }) => ({
      of: `${sap_system_id}/${instance_number}`,
      command: {
        type: "MarkApplicationInstanceDataStale" as const,
        data: { sap_system_id, host_id, instance_number, stale_at },
      },
    })),
    ...databases.map(({ aggregateId: database_id, instanceNumber: instance_number }) => ({
      of: `${database_id}/${instance_number}`,
      command: {
        type: "MarkDatabaseInstanceDataStale" as const,
        data: { database_id, host_id, instance_number, stale_at },
      },
    })),
  ];
  if (cluster_id !== null) {
    steps.push({
      of: cluster_id,
      command: { type: "MarkClusterHostStale", data: { cluster_id, host_id, stale_at } },
    });
  }
  await sendAll(steps, cause, ports);
}
