/** What reading a changed resource costs: rows of that resource are found by an index, and no table is read through. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { readClusters } from "./cluster-views.ts";
import { type Database, databaseOf } from "./database.ts";
import { readDatabases } from "./database-views.ts";
import { readHosts } from "./host-views.ts";
import { readSapSystems, systemsOn } from "./sap-system-views.ts";

/** The platform's limit for one statement. */
const PARAMETERS = 100;
const MANY_IDS = Array.from({ length: 1_000 }, () => crypto.randomUUID());

interface Asked {
  readonly statement: string;
  readonly parameters: number;
}

/** The statements that a reader sends to the database. */
async function askedBy(read: (db: Database) => Promise<unknown>): Promise<Asked[]> {
  const asked: Asked[] = [];
  const prepare = (statement: string) => {
    asked.push({ statement, parameters: statement.split("?").length - 1 });
    return env.DB.prepare(statement);
  };
  await read(databaseOf({ DB: Object.assign(Object.create(env.DB), { prepare, batch: batchOf(env.DB) }) }));
  return asked;
}

/** Called on the platform's own object, which takes no other. */
function batchOf(database: D1Database): D1Database["batch"] {
  return (statements) => database.batch(statements);
}

/** How the database would find the rows of a statement, without what it does with lists of ids. */
async function planOf({ statement, parameters }: Asked): Promise<string[]> {
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${statement}`)
    .bind(...Array.from({ length: parameters }, () => "[]"))
    .all<{ detail: string }>();
  return results
    .map(({ detail }) => detail)
    .filter((detail) => /^(SCAN|SEARCH)/.test(detail) && !detail.includes("json_each"));
}

const readers = {
  hosts: readHosts,
  clusters: readClusters,
  databases: readDatabases,
  "SAP systems": readSapSystems,
  "systems on databases": systemsOn,
};

describe.each(Object.entries(readers))("%s that changed", (_, read) => {
  it("are found by an index on their ids in each table", async () => {
    const asked = await askedBy((db) => read(db, MANY_IDS));
    expect(asked.length).toBeGreaterThan(0);
    for (const one of asked) {
      const plan = await planOf(one);
      expect(plan.length).toBeGreaterThan(0);
      for (const step of plan) expect(step).toMatch(/^SEARCH .*(_id|\bid|resource_id)=\?/);
    }
  });

  it("may be more than a statement has parameters", async () => {
    for (const { parameters } of await askedBy((db) => read(db, MANY_IDS)))
      expect(parameters).toBeLessThanOrEqual(PARAMETERS);
  });
});
