/** Tells where the host's databases are found: by their tenants, at the host's addresses. */
import { dequal } from "dequal/lite";
import type { Announced } from "./facts.ts";
import type { Memory } from "./memory.ts";
import type { DirectoryPorts } from "./ports.ts";

/** One for each tenant of each database; a database with several instances on the host is one. */
function wanted(memory: Memory): Announced {
  const addresses = memory.facts.get("addresses");
  const found = new Map<string, Announced[number]>();
  for (const { kind, aggregateId: databaseId, tenants } of memory.instances) {
    if (kind !== "database") continue;
    for (const tenant of tenants) found.set(`${tenant}/${databaseId}`, { tenant, databaseId, addresses });
  }
  return [...found.values()].sort((one, other) =>
    `${one.tenant}/${one.databaseId}` < `${other.tenant}/${other.databaseId}` ? -1 : 1,
  );
}

/**
 * Brings what others find in line with what is so.
 * @param isRegistered while the host is not, nothing of it is found
 */
export async function announce(
  agentId: string,
  isRegistered: boolean,
  memory: Memory,
  directory: DirectoryPorts,
): Promise<void> {
  const before = memory.facts.get("announced");
  const after = isRegistered ? wanted(memory) : [];
  if (dequal(before, after)) return;
  const isKnown = (list: Announced, one: Announced[number]) => list.some((other) => dequal(other, one));
  await Promise.all([
    ...before
      .filter(
        ({ tenant, databaseId }) =>
          !after.some((one) => one.tenant === tenant && one.databaseId === databaseId),
      )
      .map(({ tenant, databaseId }) => directory.withdraw(tenant, databaseId, agentId)),
    ...after
      .filter((one) => !isKnown(before, one))
      .map(({ tenant, databaseId, addresses }) =>
        directory.announce(tenant, { databaseId, hostId: agentId, addresses }),
      ),
  ]);
  memory.facts.set("announced", after);
}
