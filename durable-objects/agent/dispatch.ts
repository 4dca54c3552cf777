/** Sends the commands of one discovery; one that fails does not stop the others. */
import type { HostCommand } from "../../domain/host/index.ts";
import type { CommandOutcome } from "../event-stream/commands.ts";
import type { EventMetadata } from "../event-stream/events.ts";

export type Send = (command: HostCommand, metadata: EventMetadata) => Promise<CommandOutcome>;

export interface DispatchResult {
  /** Types of all events that came of it. */
  readonly events: readonly string[];
  /** Errors that mean that something is not there yet. */
  readonly waitsFor: readonly string[];
  /** All other errors. */
  readonly errors: readonly string[];
}

const NOT_THERE_YET: readonly string[] = ["host_not_registered"];

function errorOf(outcome: CommandOutcome): string | null {
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

export async function dispatch(
  commands: readonly HostCommand[],
  metadata: EventMetadata,
  send: Send,
): Promise<DispatchResult> {
  const events: string[] = [];
  const errors: string[] = [];
  for (const command of commands) {
    const outcome = await send(command, metadata);
    const error = errorOf(outcome);
    if (error !== null) errors.push(error);
    if (outcome.status === "accepted") events.push(...outcome.events);
  }
  return {
    events,
    waitsFor: errors.filter((error) => NOT_THERE_YET.includes(error)),
    errors: errors.filter((error) => !NOT_THERE_YET.includes(error)),
  };
}
