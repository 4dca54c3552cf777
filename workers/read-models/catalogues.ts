/** Catalogues that were brought in: plain records. */
import { eq, ne, sql } from "drizzle-orm";
import type { CheckDefinition, Defect } from "../../checks/definition.ts";
import { type Database, runTogether, type Statement } from "./database.ts";
import { catalogueChecks, catalogues } from "./tables.ts";

export interface BroughtIn {
  readonly name: string;
  readonly version: string;
  readonly checks: readonly CheckDefinition[];
  readonly defects: readonly Defect[];
  /** ISO 8601 in UTC. */
  readonly at: string;
}

export async function readHeads(
  db: Database,
): Promise<Map<string, { imported_at: string; defects: Defect[] }>> {
  const rows = await db
    .select({ name: catalogues.name, imported_at: catalogues.imported_at, defects: catalogues.defects })
    .from(catalogues);
  return new Map(rows.map(({ name, ...head }) => [name, head]));
}

/** How many checks there are of all catalogues but one. */
export function countOfOthers(db: Database, name: string): Promise<number> {
  return db.$count(catalogueChecks, ne(catalogueChecks.catalogue, name));
}

/** Characters of one statement's parameter: a row of D1 holds 2 MB, and so does what comes in at once. */
const AT_ONCE = 500_000;

function inParts(checks: readonly CheckDefinition[]): string[] {
  const parts: string[][] = [[]];
  let characters = 0;
  for (const check of checks) {
    const text = JSON.stringify(check);
    characters += text.length;
    if (characters > AT_ONCE) {
      parts.push([]);
      characters = text.length;
    }
    parts.at(-1)?.push(text);
  }
  return parts.map((texts) => `[${texts.join()}]`);
}

/** Takes the place of a catalogue of the same name, and its place in the order. All of it, or nothing. */
export async function keepCatalogue(
  db: Database,
  { name, version, checks, defects, at }: BroughtIn,
): Promise<void> {
  const changed = { version, imported_at: at, defects: [...defects] };
  const position = sql`(SELECT coalesce(max(${catalogues.position}), 0) + 1 FROM ${catalogues})`;
  const statements: Statement[] = [
    db
      .insert(catalogues)
      .values({ name, position, ...changed })
      .onConflictDoUpdate({ target: catalogues.name, set: changed }),
    db.delete(catalogueChecks).where(eq(catalogueChecks.catalogue, name)),
    ...inParts(checks).map((part) =>
      db
        .insert(catalogueChecks)
        .select(sql`SELECT ${name}, json_extract(value, '$.id'), value FROM json_each(${part})`),
    ),
  ];
  await runTogether(db, statements);
}

/** @returns whether there was one */
export async function removeCatalogue(db: Database, name: string): Promise<boolean> {
  const [, removed] = await db.batch([
    db.delete(catalogueChecks).where(eq(catalogueChecks.catalogue, name)),
    db.delete(catalogues).where(eq(catalogues.name, name)).returning({ name: catalogues.name }),
  ]);
  return removed.length > 0;
}
