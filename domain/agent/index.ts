/** The agent aggregate: which of its discoveries are not in force, why, and since when. */
import { dequal } from "dequal/lite";
import { accept, type Decider, type Decision } from "../decider.ts";
import type { DiscoveryType } from "../discovery/envelope.ts";
import type { AgentCommand, AgentRefusal, NoteObstacle } from "./commands.ts";
import { type AgentEvent, openStateAfter } from "./events.ts";
import type { Obstacle, OpenDiscovery, OpenState } from "./open-discovery.ts";

export interface AgentAggregate {
  /** One of a type at most. */
  readonly open: readonly OpenDiscovery[];
}

export function openOf({ open }: AgentAggregate, type: DiscoveryType): OpenDiscovery | null {
  return open.find(({ discovery_type }) => discovery_type === type) ?? null;
}

/** Whether it is known already that a discovery is not in force, and why. What fails of ours fails in other words each time. */
export function isNoted(known: OpenDiscovery | null, { state, issues }: Obstacle): boolean {
  return known !== null && known.state === state && (state === "delayed" || dequal(known.issues, issues));
}

const noted = {
  refused: "DiscoveryRefused",
  parked: "DiscoveryParked",
  delayed: "DiscoveryDelayed",
} as const satisfies Record<OpenState, AgentEvent["type"]>;

/** Since when it is not in force does not change with the reason. */
function noteObstacle({ data }: NoteObstacle, state: AgentAggregate): Decision<AgentEvent, AgentRefusal> {
  const { host_id, discovery_type, issues, noted_at, hostname } = data;
  const known = openOf(state, discovery_type);
  if (isNoted(known, data)) return accept();
  const named = hostname === null ? {} : { hostname };
  return accept<AgentEvent>({
    type: noted[data.state],
    data: { host_id, discovery_type, issues, since: known?.since ?? noted_at, ...named },
  });
}

function decideAgent(command: AgentCommand, state: AgentAggregate): Decision<AgentEvent, AgentRefusal> {
  switch (command.type) {
    case "NoteObstacle":
      return noteObstacle(command, state);
    case "NoteApplied":
      if (openOf(state, command.data.discovery_type) === null) return accept();
      return accept<AgentEvent>({ type: "DiscoveryApplied", data: command.data });
    case "ForgetDiscoveries":
      if (state.open.length === 0) return accept();
      return accept<AgentEvent>({ type: "DiscoveriesForgotten", data: command.data });
  }
}

function evolveAgent(state: AgentAggregate, event: AgentEvent): AgentAggregate {
  const others = (type: DiscoveryType) => state.open.filter(({ discovery_type }) => discovery_type !== type);
  switch (event.type) {
    case "DiscoveryRefused":
    case "DiscoveryParked":
    case "DiscoveryDelayed": {
      const { discovery_type, issues, since } = event.data;
      const open: OpenDiscovery = {
        discovery_type,
        state: openStateAfter[event.type],
        issues: [...issues],
        since,
      };
      return { open: [...others(discovery_type), open] };
    }
    case "DiscoveryApplied":
      return { open: others(event.data.discovery_type) };
    case "DiscoveriesForgotten":
      return { open: [] };
    default:
      return state;
  }
}

export const agent: Decider<AgentAggregate, AgentCommand, AgentEvent, AgentRefusal> = {
  initialState: () => ({ open: [] }),
  decide: decideAgent,
  evolve: evolveAgent,
};

export type { AgentCommand, AgentEvent, AgentRefusal };
