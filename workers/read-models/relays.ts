/** All relays that ever came, and how each is now. */
import { asc } from "drizzle-orm";
import type { RelayView } from "../../domain/relay-view.ts";
import { relayStub } from "../../durable-objects/relays.ts";
import type { Bindings } from "../bindings.ts";
import { databaseOf } from "./database.ts";
import { relays } from "./tables.ts";

export async function readRelays(env: Bindings): Promise<RelayView[]> {
  const rows = await databaseOf(env).select().from(relays).orderBy(asc(relays.name));
  return Promise.all(rows.map(async (row) => ({ ...row, ...(await relayStub(env, row.name).status()) })));
}
