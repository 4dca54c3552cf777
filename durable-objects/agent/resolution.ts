/** Finds the database of an application instance, or waits for it. */
import type { DatabaseAggregate } from "../../domain/database/index.ts";
import { sapSystemIdOf } from "../../domain/discovery/ids.ts";
import { ipv6Of } from "../../domain/discovery/ipv6.ts";
import type { DiscoverApplicationInstance } from "../../domain/discovery/policy.ts";
import type { RegisterApplicationInstance } from "../../domain/sap-system/commands.ts";
import type { AgentPorts } from "./ports.ts";

type Ports = Pick<AgentPorts, "directory" | "database">;

function holds(database: DatabaseAggregate, tenant: string): boolean {
  const isThere = database.database_id !== null && database.deregistered_at === null;
  return isThere && database.tenants.some(({ name }) => name === tenant);
}

/** The first that really holds the tenant: a directory is told by hosts, a database knows. */
async function firstLive(
  ids: readonly string[],
  tenant: string,
  ports: Ports,
): Promise<{ id: string; database: DatabaseAggregate } | null> {
  for (const id of ids) {
    const database = await ports.database(id);
    if (holds(database, tenant)) return { id, database };
  }
  return null;
}

/** @returns the command with its database, or null: then the agent waits to be woken */
export async function resolve(
  { data }: DiscoverApplicationInstance,
  ports: Ports,
): Promise<RegisterApplicationInstance | null> {
  const { tenant, db_host, host_id } = data;
  const address = ipv6Of(db_host) ?? db_host;
  const { directory } = ports;
  const found =
    (await firstLive(await directory.find(tenant, address), tenant, ports)) ??
    // Looked up again after the agent's name is down: what came in between is not missed.
    (await firstLive(await directory.wait(tenant, address, host_id), tenant, ports));
  if (found === null) return null;
  return {
    type: "RegisterApplicationInstance",
    data: {
      ...data,
      sap_system_id: sapSystemIdOf(found.id, tenant),
      database_id: found.id,
      database_health: found.database.health,
      database_stale_at: found.database.stale_at,
    },
  };
}
