/** Writes entries of the activity log, each once however often it is written. */
import { type SQL, sql } from "drizzle-orm";
import type { ActivityEntry } from "../../domain/activity-log/entry.ts";
import { severityNumbers } from "../../domain/activity-log/severity.ts";
import type { Database, Statement } from "./database.ts";
import { activityLogs } from "./tables.ts";

/** Characters of one statement's entries: a parameter holds 2 MB. */
const MOST_CHARACTERS = 500_000;

const metadata = sql`entry.value -> 'metadata'`;
const idIn = (field: string) => sql`${metadata} ->> ${sql.raw(`'${field}'`)}`;

/** The id of what an entry is about: by its own name, or, with tags and customised checks, by the kind that is said beside it. */
const idOf = (kind: string) => sql`CASE ${sql.raw(`'${kind}'`)}
  WHEN ${idIn("resource_type")} THEN ${idIn("resource_id")}
  WHEN ${idIn("target_type")} THEN ${idIn("group_id")}
  ELSE ${idIn(`${kind}_id`)} END`;

/** Names of what an entry is about, so that it is understood when that is gone. What it says itself is not replaced. */
const names: readonly { readonly field: string; readonly name: SQL }[] = [
  { field: "hostname", name: sql`(SELECT hostname FROM hosts WHERE hosts.id = ${idOf("host")})` },
  { field: "name", name: sql`(SELECT name FROM clusters WHERE clusters.id = ${idOf("cluster")})` },
  {
    field: "sid",
    name: sql`coalesce(
      (SELECT sid FROM sap_systems WHERE sap_systems.id = ${idOf("sap_system")}),
      (SELECT sid FROM databases WHERE databases.id = ${idOf("database")}))`,
  },
];

const path = (field: string) => sql.raw(`'$.${field}'`);
/** No field is called so: removing it removes nothing. */
const NOTHING = sql.raw(`'$."-"'`);

const inserted = sql`json_insert(${metadata}, ${sql.join(
  names.map(({ field, name }) => sql`${path(field)}, ${name}`),
  sql`, `,
)})`;
/** A name that was not found is left out; a field that the entry itself has stays, also where it is null. */
const enriched = sql`json_remove(${inserted}, ${sql.join(
  names.map(
    ({ field, name }) =>
      sql`iif(${name} IS NULL AND json_type(${metadata}, ${path(field)}) IS NULL, ${path(field)}, ${NOTHING})`,
  ),
  sql`, `,
)})`;

function inParts(entries: readonly ActivityEntry[]): string[] {
  const parts: string[][] = [];
  let size = MOST_CHARACTERS;
  for (const { severity, ...entry } of entries) {
    const text = JSON.stringify({ ...entry, severity: severityNumbers[severity] });
    if (size + text.length > MOST_CHARACTERS) {
      parts.push([]);
      size = 0;
    }
    parts.at(-1)?.push(text);
    size += text.length;
  }
  return parts.map((part) => `[${part.join()}]`);
}

export interface Again {
  readonly type: string;
  readonly actor: string;
  readonly address: string | null;
  /** ISO 8601 in UTC: entries from before are closed. */
  readonly since: string;
  readonly now: string;
  /** From so many entries on, any of them is as good as another. */
  readonly most: number;
}

/**
 * Counts what failed once more in the entry of the first time, if that was under the same name or from the same address.
 * @returns whether there is such an entry
 */
export async function countAgain(db: Database, again: Again): Promise<boolean> {
  const { type, actor, address, since, now, most } = again;
  const open = sql`FROM activity_logs WHERE type = ${type} AND occurred_on BETWEEN ${since} AND ${now} AND severity = ${severityNumbers.warning}`;
  const counted = await db.all(sql`UPDATE activity_logs SET metadata = json_set(metadata,
      '$.attempts', coalesce(metadata ->> 'attempts', 1) + 1,
      '$.last_attempt_at', ${now},
      '$.several_names', json(iif(actor <> ${actor} OR metadata ->> 'several_names' = 1, 'true', 'false')))
    WHERE id = (SELECT id ${open}
      AND (actor = ${actor} OR metadata ->> 'address' = ${address} OR (SELECT count(*) ${open}) >= ${most})
      ORDER BY occurred_on DESC, id DESC LIMIT 1)
    RETURNING id`);
  return counted.length > 0;
}

export function insertEntries(db: Database, entries: readonly ActivityEntry[]): Statement[] {
  return inParts(entries).map((part) =>
    db
      .insert(activityLogs)
      .select(
        sql`SELECT entry.value ->> 'id', entry.value ->> 'type', entry.value ->> 'actor', entry.value ->> 'severity',
          ${enriched}, entry.value ->> 'occurred_on'
          FROM json_each(${part}) AS entry WHERE true`,
      )
      .onConflictDoNothing(),
  );
}
