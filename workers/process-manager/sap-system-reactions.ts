/** What follows from the events of an SAP system. */
import type { DatabaseAggregate } from "../../domain/database/index.ts";
import type { SapSystemAggregate, SapSystemCommand } from "../../domain/sap-system/index.ts";
import { databaseStub, LATEST, sapSystemStub } from "../../durable-objects/streams.ts";
import type { Bindings } from "../bindings.ts";
import { databaseOf } from "../read-models/database.ts";
import type { StoredSapSystemEvent } from "../subscription/typed-events.ts";
import { hearAgain, review, sendCommand } from "./commands.ts";
import { writeLink } from "./links.ts";

async function stateOf(env: Bindings, sapSystemId: string): Promise<SapSystemAggregate> {
  return (await sapSystemStub(env, sapSystemId).stateAt(LATEST)).state;
}

function hostsOf({ instances }: SapSystemAggregate): string[] {
  return instances.map(({ host_id }) => host_id);
}

/** What a system is told of its database. */
function wordOf(database: DatabaseAggregate, sap_system_id: string, tenant: string): SapSystemCommand[] {
  const holdsTenant = database.tenants.some(({ name }) => name === tenant);
  if (database.deregistered_at !== null || !holdsTenant) {
    const deregistered_at = database.deregistered_at ?? new Date().toISOString();
    return [{ type: "DeregisterSapSystem", data: { sap_system_id, deregistered_at } }];
  }
  const { health: database_health, stale_at: database_stale_at } = database;
  return [
    { type: "UpdateDatabaseHealth", data: { sap_system_id, database_health } },
    { type: "UpdateDatabaseStaleAt", data: { sap_system_id, database_stale_at } },
  ];
}

/**
 * The system is linked to its database first, and then told how the database is: whatever happens to the database before
 * this look is seen by it, and whatever happens after finds the link. What happens between looking and telling is told by
 * two, in an order that nobody knows: so the database is looked at once more, until nothing has changed meanwhile.
 */
async function linkToDatabase(event: StoredSapSystemEvent, env: Bindings): Promise<void> {
  const { sap_system_id } = event.data;
  const { database: link } = await stateOf(env, sap_system_id);
  if (link === null) return;
  await writeLink(databaseOf(env), { sap_system_id, ...link });
  const stub = databaseStub(env, link.database_id);
  for (let told = -1; ; ) {
    const { version, state } = await stub.stateAt(LATEST);
    if (version === told) return;
    for (const command of wordOf(state, sap_system_id, link.tenant))
      await sendCommand(env, event, command, "anew");
    told = version;
  }
}

export async function reactToSapSystem(event: StoredSapSystemEvent, env: Bindings): Promise<void> {
  const { sap_system_id } = event.data;
  switch (event.type) {
    case "SapSystemRegistered": {
      await linkToDatabase(event, env);
      // The instance that completed the system told no generation of its enqueue server: another does (rule 7).
      if (event.data.ensa_version === "no_ensa")
        await hearAgain(env, event, "application", hostsOf(await stateOf(env, sap_system_id)));
      return;
    }
    case "SapSystemRestored": {
      await linkToDatabase(event, env);
      const hosts = hostsOf(await stateOf(env, sap_system_id));
      await review(env, event, "application", sap_system_id, hosts);
      await hearAgain(env, event, "application", hosts);
      return;
    }
    case "SapSystemDeregistered": {
      const hosts = hostsOf(await stateOf(env, sap_system_id));
      await review(env, event, "application", sap_system_id, hosts);
      // Whoever still reports looks for the database anew, and waits for it.
      await hearAgain(env, event, "application", hosts);
      return;
    }
    case "ApplicationInstanceMoved":
      await review(env, event, "application", sap_system_id, [event.data.old_host_id]);
      return;
    case "ApplicationInstanceDeregistered": {
      await review(env, event, "application", sap_system_id, [event.data.host_id]);
      // What is left may be of another health: each instance is judged with the others.
      await hearAgain(env, event, "application", hostsOf(await stateOf(env, sap_system_id)));
      return;
    }
    default:
      return;
  }
}
