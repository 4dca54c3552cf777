/** Landscapes that integration tests report to the collector; there is no test in here. */
import { expect } from "vitest";
import {
  applicationPayload,
  applicationServer,
  databasePayload,
  hostAt,
  messageServer,
} from "../../test/agents.ts";
import type { Administrator, ApiAgent } from "../../test/api-client.ts";
import { newPlace } from "../../test/landscape.ts";

export type Place = ReturnType<typeof newPlace>;

/** What every time of the API looks like. */
export const time: unknown = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
export const times = { inserted_at: time, updated_at: time };

/** A registered host, at an address where one is given. */
export async function registeredHost(
  admin: Administrator,
  address = "10.80.1.11",
  changes: object = {},
): Promise<ApiAgent> {
  const agent = await admin.agent();
  await agent.tells("host_discovery", { ...hostAt(address), ...changes });
  return agent;
}

/** What a place's database and its application tell of themselves, each from a host of its own. */
export function payloadsOf(place: Place) {
  return {
    database: databasePayload(place.label, [place.tenant]),
    application: applicationPayload(place.address, place.tenant, [messageServer(), applicationServer()]),
  };
}

/** A system on one host, and its database on another: both are shown when this is done. */
export async function systemAt(admin: Administrator, place: Place = newPlace()) {
  const [below, above] = [await registeredHost(admin, place.address), await registeredHost(admin)];
  const { database, application } = payloadsOf(place);
  await below.tells("sap_system_discovery", database);
  await above.tells("sap_system_discovery", application);
  await expect.poll(() => admin.sapSystem(place.systemId)).toBeDefined();
  await expect.poll(() => admin.database(place.databaseId)).toBeDefined();
  return { place, below, above, database, application };
}

export type Landscape = Awaited<ReturnType<typeof systemAt>>;
