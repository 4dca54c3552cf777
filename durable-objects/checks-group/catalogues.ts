/** The catalogues: our own, and those that were brought in, which stay apart from it; and what groups have set for themselves. */

import { z } from "zod";
import type { CustomValues } from "../../checks/customization/customizable.ts";
import { type Catalogue, checkDefinitionSchema } from "../../checks/definition.ts";
import { ownCatalogue } from "../../checks/own-catalogue.ts";

const headSchema = z.object({ name: z.string(), version: z.string(), imported_at: z.string() });

interface Kept {
  readonly stamp: string;
  readonly catalogues: readonly Catalogue[];
}
/** Of the isolate: definitions are read again when a catalogue was brought in or went. */
let kept: Kept | null = null;

const definitionRow = z.object({ catalogue: z.string(), definition: z.string() });

async function readImported(
  db: D1Database,
  heads: readonly z.infer<typeof headSchema>[],
): Promise<Catalogue[]> {
  const { results } = await db
    .prepare("SELECT catalogue, definition FROM catalogue_checks ORDER BY catalogue, check_id")
    .all();
  const byName = Map.groupBy(z.array(definitionRow).parse(results), ({ catalogue }) => catalogue);
  return heads.map(({ name, version }) => ({
    name,
    version,
    checks: (byName.get(name) ?? []).map(({ definition }) =>
      checkDefinitionSchema.parse(JSON.parse(definition)),
    ),
  }));
}

/** Our own first, then in the order in which they were brought in: of checks with the same id the first counts. */
export async function readCatalogues(db: D1Database): Promise<readonly Catalogue[]> {
  const { results } = await db
    .prepare("SELECT name, version, imported_at FROM catalogues ORDER BY position")
    .all();
  const heads = z.array(headSchema).parse(results);
  const stamp = JSON.stringify(heads);
  if (kept?.stamp !== stamp) {
    kept = { stamp, catalogues: [ownCatalogue, ...(await readImported(db, heads))] };
  }
  return kept.catalogues;
}

const customRow = z.object({
  check_id: z.string(),
  custom_values: z
    .string()
    .transform((text) => JSON.parse(text))
    .pipe(z.array(z.object({ name: z.string(), value: z.union([z.string(), z.number(), z.boolean()]) }))),
});

/** What a group has set for itself, by check and name. */
export async function readCustomValues(db: D1Database, groupId: string): Promise<Map<string, CustomValues>> {
  const { results } = await db
    .prepare("SELECT check_id, custom_values FROM check_customizations WHERE group_id = ?")
    .bind(groupId)
    .all();
  return new Map(
    z
      .array(customRow)
      .parse(results)
      .map(({ check_id, custom_values }) => [
        check_id,
        new Map(custom_values.map(({ name, value }) => [name, value])),
      ]),
  );
}
