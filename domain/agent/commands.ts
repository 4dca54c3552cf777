/** What an agent's object notes of its discoveries. */
import type { Command } from "../decider.ts";
import type { DiscoveryType } from "../discovery/envelope.ts";
import type { Obstacle } from "./open-discovery.ts";

interface OfAgent {
  /** The agent's id, which is its host's. */
  readonly host_id: string;
}
interface OfDiscovery extends OfAgent {
  readonly discovery_type: DiscoveryType;
}

/** The last discovery of a type is not in force. */
export type NoteObstacle = Command<
  "NoteObstacle",
  OfDiscovery &
    Obstacle & {
      /** ISO 8601 in UTC. */
      readonly noted_at: string;
      /** As a host that was never registered calls itself; null where it does not say. */
      readonly hostname: string | null;
    }
>;
/** The last discovery of a type is in force. */
export type NoteApplied = Command<"NoteApplied", OfDiscovery>;
/** The host is gone, or nobody wants to be told of its agent any more. */
export type ForgetDiscoveries = Command<"ForgetDiscoveries", OfAgent>;

export type AgentCommand = NoteObstacle | NoteApplied | ForgetDiscoveries;
/** None: what is noted has happened. */
export type AgentRefusal = never;
