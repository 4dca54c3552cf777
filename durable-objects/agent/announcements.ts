/** Tells where the host's databases are found: by their tenants, at the host's addresses. */
import { dequal } from "dequal/lite";
import { inBatches } from "../batches.ts";
import type { Announced } from "./facts.ts";
import type { Memory } from "./memory.ts";
import type { DirectoryPorts } from "./ports.ts";

/** One for each tenant of each database; a database with several instances on the host is one. */
function wanted(memory: Memory): Announced {
  const addresses = memory.addresses;
  const found = new Map<string, Announced[number]>();
  for (const { kind, aggregateId: databaseId, tenants } of memory.instances) {
    if (kind !== "database") continue;
    for (const tenant of tenants) found.set(`${tenant}/${databaseId}`, { tenant, databaseId, addresses });
  }
  return [...found.values()].sort((one, other) =>
    `${one.tenant}/${one.databaseId}` < `${other.tenant}/${other.databaseId}` ? -1 : 1,
  );
}

/** Brings what others find in line with what is so. While the host is not registered, nothing of it is found. */
export async function announce(agentId: string, memory: Memory, directory: DirectoryPorts): Promise<void> {
  const before = memory.facts.get("announced");
  const after = memory.facts.get("registered") ? wanted(memory) : [];
  if (dequal(before, after)) return;
  const isIn = (list: Announced, { tenant, databaseId }: Announced[number]) =>
    list.some((one) => one.tenant === tenant && one.databaseId === databaseId);
  await inBatches(
    before.filter((one) => !isIn(after, one)),
    ({ tenant, databaseId }) => directory.withdraw(tenant, databaseId, agentId),
  );
  await inBatches(
    after.filter((one) => !before.some((other) => dequal(other, one))),
    ({ tenant, databaseId, addresses }) =>
      directory.announce(tenant, { databaseId, hostId: agentId, addresses }),
  );
  memory.facts.set("announced", after);
}
