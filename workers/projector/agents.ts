/** Read model `agents`. */
import { openStateAfter } from "../../domain/agent/events.ts";
import type { AgentEvent } from "../../domain/agent/index.ts";
import type { Database, Statement } from "../read-models/database.ts";
import { agents } from "../read-models/tables.ts";
import type { Progress } from "../subscription/progress.ts";
import { eventsOf, type Stored } from "../subscription/typed-events.ts";
import { streamRow } from "./stream-row.ts";

type AgentColumns = Partial<typeof agents.$inferInsert>;

const nothingOpen: AgentColumns = {
  host_discovery: null,
  cloud_discovery: null,
  subscription_discovery: null,
  ha_cluster_discovery: null,
  saptune_discovery: null,
  sap_system_discovery: null,
};

/** The columns that an event changes: one for each type of discovery. */
function agentColumns(event: Stored<AgentEvent>): AgentColumns {
  switch (event.type) {
    case "DiscoveryRefused":
    case "DiscoveryParked":
    case "DiscoveryDelayed": {
      const { discovery_type, issues, since, hostname } = event.data;
      const state = openStateAfter[event.type];
      const named = hostname === undefined ? {} : { hostname };
      return { [discovery_type]: { state, issues: [...issues], since }, ...named };
    }
    case "DiscoveryApplied":
      return { [event.data.discovery_type]: null };
    case "DiscoveriesForgotten":
      return nothingOpen;
    default:
      return {};
  }
}

export function projectAgents(db: Database, progress: Progress): Statement[] {
  const found = streamRow(progress.stream.id, eventsOf("agent", progress), agentColumns);
  if (found === null) return [];
  return [db.insert(agents).values(found.row).onConflictDoUpdate({ target: agents.id, set: found.changed })];
}
