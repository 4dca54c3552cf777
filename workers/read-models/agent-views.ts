/** Agents some of whose discoveries are not in force, from the read models. */
import { asc, eq, sql } from "drizzle-orm";
import type { OpenDiscovery } from "../../domain/agent/open-discovery.ts";
import type { AgentView } from "../../domain/agent/view.ts";
import { discoveryTypes } from "../../domain/discovery/envelope.ts";
import type { Database } from "./database.ts";
import { type Ids, isAmong } from "./identified.ts";
import { agents, hosts } from "./tables.ts";
import type { Viewed } from "./viewed.ts";

type AgentRow = typeof agents.$inferSelect;

function openDiscoveries(row: AgentRow): OpenDiscovery[] {
  return discoveryTypes.toSorted().flatMap((discovery_type): OpenDiscovery[] => {
    const open = row[discovery_type];
    return open === null ? [] : [{ discovery_type, ...open }];
  });
}

const isAnyOpen = sql`coalesce(${sql.join(
  discoveryTypes.map((type) => agents[type]),
  sql`, `,
)}) IS NOT NULL`;

/** Agents by id, those of which nothing is open with a null view. Without `ids` all of which something is. */
export async function readAgents(db: Database, ids?: Ids): Promise<Map<string, Viewed<AgentView>>> {
  const rows = await db
    .select({ agent: agents, registeredAs: hosts.hostname })
    .from(agents)
    .leftJoin(hosts, eq(hosts.id, agents.id))
    .where(ids === undefined ? isAnyOpen : isAmong(agents.id, ids))
    .orderBy(asc(agents.id));
  return new Map(
    rows.map(({ agent, registeredAs }) => {
      const { id, version, updated_at } = agent;
      const hostname = registeredAs ?? agent.hostname;
      const open_discoveries = openDiscoveries(agent);
      const view = open_discoveries.length === 0 ? null : { id, hostname, open_discoveries, updated_at };
      return [id, { version, name: hostname, view }];
    }),
  );
}
