/** A database that very many systems keep their data in. */
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { newPlace } from "../../test/landscape.ts";
import { reactToDatabase } from "./database-reactions.ts";

const COUNT = 1_000;

it("tells all of 1,000 systems, some at a time", async () => {
  const { databaseId: database_id, label } = newPlace();
  await env.DB.prepare(
    `INSERT INTO sap_system_links (sap_system_id, database_id, tenant, db_host)
     SELECT ?1 || '/' || value, ?2, 'T', '10.0.0.1' FROM json_each(?3)`,
  )
    .bind(label, database_id, JSON.stringify(Array.from({ length: COUNT }, (_, index) => index)))
    .run();
  const told = new Set<string>();
  let [open, most] = [0, 0];
  const getByName = (id: string) => ({
    execute: async () => {
      open += 1;
      most = Math.max(most, open);
      await Promise.resolve();
      told.add(id);
      open -= 1;
      return { status: "accepted", version: 1, events: [] };
    },
  });
  const systems = { getByName } as unknown as typeof env.SAP_SYSTEM;
  const event = {
    type: "DatabaseHealthChanged" as const,
    data: { database_id, health: "critical" as const },
    version: 7,
    id: crypto.randomUUID(),
    occurredAt: "2026-11-24T00:00:00.000Z",
    metadata: { correlationId: "c", causationId: null, actor: "system" },
  };
  await reactToDatabase(event, { ...env, SAP_SYSTEM: systems });
  expect(told.size).toBe(COUNT);
  expect(most).toBeLessThanOrEqual(20);
});
