/** Sends the commands that follow from an event: each under an id of its own, so that a repeated reaction has one effect. */
import type { DomainEvent } from "../../domain/decider.ts";
import type { Layer } from "../../durable-objects/agent/layers.ts";
import { inBatches } from "../../durable-objects/batches.ts";
import { type AggregateCommand, execute, streamOf } from "../../durable-objects/streams.ts";
import type { Bindings } from "../bindings.ts";
import type { Stored } from "../subscription/typed-events.ts";

export type Cause = Stored<DomainEvent>;

/** What an aggregate that is not there, or no longer there, answers. */
const GONE = ["sap_system_not_registered", "cluster_not_registered", "host_not_registered"];

/**
 * @param effect `once`: repeated for the same cause, it has no second effect; `anew`: it says what is, whenever it is said
 * @throws when a command is refused for another reason than that there is nothing for it to change
 */
export async function sendCommand(
  env: Bindings,
  cause: Cause,
  command: AggregateCommand,
  effect: "once" | "anew" = "once",
): Promise<void> {
  const outcome = await execute(env, command, {
    commandId:
      effect === "once" ? `${cause.id}/${command.type}/${streamOf(command).id}` : crypto.randomUUID(),
    keepOutcome: effect === "once" ? "always" : "when_changed",
    metadata: { correlationId: cause.metadata.correlationId, causationId: cause.id, actor: "system" },
  });
  if (outcome.status === "accepted" || outcome.status === "closed") return;
  if (outcome.status === "refused" && GONE.includes(outcome.error)) return;
  throw new Error(`${command.type} was not accepted: ${JSON.stringify(outcome)}`);
}

function distinct(hosts: readonly string[]): string[] {
  return [...new Set(hosts)];
}

/** Agents of the hosts look again at what an aggregate has of them. */
export async function review(
  env: Bindings,
  cause: Cause,
  layer: Layer,
  aggregateId: string,
  hosts: readonly string[],
): Promise<void> {
  const { correlationId } = cause.metadata;
  await inBatches(distinct(hosts), (host) =>
    env.AGENT.getByName(host).review(layer, aggregateId, host, correlationId),
  );
}

/** Agents of the hosts are heard once more in what they said of one layer. */
export async function hearAgain(
  env: Bindings,
  cause: Cause,
  layer: Layer,
  hosts: readonly string[],
): Promise<void> {
  const { correlationId } = cause.metadata;
  await inBatches(distinct(hosts), (host) => env.AGENT.getByName(host).hearAgain(layer, correlationId));
}
