/** What follows from the events of a database. */
import type { DatabaseAggregate } from "../../domain/database/index.ts";
import type { SapSystemCommand } from "../../domain/sap-system/index.ts";
import { inBatches } from "../../durable-objects/batches.ts";
import { databaseDirectory, tenantDirectory } from "../../durable-objects/directory.ts";
import { databaseStub, LATEST } from "../../durable-objects/streams.ts";
import type { Bindings } from "../bindings.ts";
import { databaseOf } from "../read-models/database.ts";
import type { StoredDatabaseEvent } from "../subscription/typed-events.ts";
import { hearAgain, review, sendCommand } from "./commands.ts";
import { type Link, linksTo } from "./links.ts";

async function stateOf(env: Bindings, databaseId: string): Promise<DatabaseAggregate> {
  return (await databaseStub(env, databaseId).stateAt(LATEST)).state;
}

function hostsOf({ instances }: DatabaseAggregate): string[] {
  return instances.map(({ host_id }) => host_id);
}

/** Sends a command to each system that keeps its data in the database. */
async function tellSystems(
  event: StoredDatabaseEvent,
  env: Bindings,
  commandFor: (link: Link) => SapSystemCommand | null,
): Promise<void> {
  const links = await linksTo(databaseOf(env), event.data.database_id);
  await inBatches(links, async (link) => {
    const command = commandFor(link);
    if (command !== null) await sendCommand(env, event, command);
  });
}

/** Those who look for one of the tenants where this database is found. */
async function wakeThoseWhoLookFor(
  tenants: DatabaseAggregate["tenants"],
  databaseId: string,
  env: Bindings,
): Promise<void> {
  await inBatches(tenants, ({ name }) => tenantDirectory(env, name).wakeAround(databaseId));
}

/** Secondaries that could not tell their tier may know it now. A primary's change concerns all of them. */
async function reconsiderTiers(
  event: Extract<
    StoredDatabaseEvent,
    { type: "DatabaseInstanceRegistered" | "DatabaseInstanceSystemReplicationChanged" }
  >,
  env: Bindings,
): Promise<void> {
  const isPrimary = event.data.system_replication === "Primary";
  const { instances } = await stateOf(env, event.data.database_id);
  const concerned = instances.filter(
    ({ host_id, system_replication, system_replication_tier }) =>
      host_id !== event.data.host_id &&
      system_replication === "Secondary" &&
      (isPrimary || system_replication_tier === null),
  );
  await hearAgain(
    env,
    event,
    "database",
    concerned.map(({ host_id }) => host_id),
  );
}

export async function reactToDatabase(event: StoredDatabaseEvent, env: Bindings): Promise<void> {
  const { database_id } = event.data;
  switch (event.type) {
    case "DatabaseRegistered":
      await databaseDirectory(env, database_id).wake();
      return;
    case "DatabaseRestored": {
      const state = await stateOf(env, database_id);
      await databaseDirectory(env, database_id).wake();
      await tellSystems(event, env, ({ sap_system_id, tenant, db_host }) => ({
        type: "RestoreSapSystem",
        data: { sap_system_id, tenant, db_host, database_health: state.health },
      }));
      await wakeThoseWhoLookFor(state.tenants, database_id, env);
      await review(env, event, "database", database_id, hostsOf(state));
      await hearAgain(env, event, "database", hostsOf(state));
      return;
    }
    case "DatabaseDeregistered": {
      const { deregistered_at } = event.data;
      await tellSystems(event, env, ({ sap_system_id }) => ({
        type: "DeregisterSapSystem",
        data: { sap_system_id, deregistered_at },
      }));
      const hosts = hostsOf(await stateOf(env, database_id));
      await review(env, event, "database", database_id, hosts);
      await hearAgain(env, event, "database", hosts);
      return;
    }
    case "DatabaseTenantsUpdated": {
      const { tenants, previous_tenants } = event.data;
      const removed = previous_tenants.filter(({ name }) => !tenants.some((one) => one.name === name));
      await tellSystems(event, env, ({ sap_system_id, tenant }) =>
        removed.some(({ name }) => name === tenant)
          ? { type: "DeregisterSapSystem", data: { sap_system_id, deregistered_at: event.occurredAt } }
          : null,
      );
      // A tenant that is back may be waited for by those who looked for it where it already was announced.
      await wakeThoseWhoLookFor(tenants, database_id, env);
      return;
    }
    case "DatabaseHealthChanged": {
      const { health: database_health } = event.data;
      await tellSystems(event, env, ({ sap_system_id }) => ({
        type: "UpdateDatabaseHealth",
        data: { sap_system_id, database_health },
      }));
      return;
    }
    case "DatabaseDataMarkedStale":
    case "DatabaseDataMarkedInSync": {
      const database_stale_at = event.type === "DatabaseDataMarkedStale" ? event.data.stale_at : null;
      await tellSystems(event, env, ({ sap_system_id }) => ({
        type: "UpdateDatabaseStaleAt",
        data: { sap_system_id, database_stale_at },
      }));
      return;
    }
    case "DatabaseInstanceRegistered":
    case "DatabaseInstanceSystemReplicationChanged":
      await reconsiderTiers(event, env);
      return;
    case "DatabaseInstanceDeregistered": {
      await review(env, event, "database", database_id, [event.data.host_id]);
      // What is left may be of another health: each instance is judged with the others.
      await hearAgain(env, event, "database", hostsOf(await stateOf(env, database_id)));
      return;
    }
    default:
      return;
  }
}
