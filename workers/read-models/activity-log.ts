/** Reads the activity log, page by page. */
import { and, asc, type Column, desc, gte, lte, notInArray, or, type SQL, sql } from "drizzle-orm";
import type { ActivityEntryView } from "../../domain/activity-log/entry.ts";
import type { Search, Term } from "../../domain/activity-log/search.ts";
import { type Severity, severityNumbers, severityOfNumber } from "../../domain/activity-log/severity.ts";
import { userManagementTypes } from "../../domain/activity-log/visibility.ts";
import type { Database } from "./database.ts";
import { activityLogs } from "./tables.ts";

/** Where an entry stands: the newest first, and of the same moment by id. */
export interface Place {
  readonly occurred_on: string;
  readonly id: string;
}

export interface ActivityQuery {
  /** `older` from the newest on, or from the place; `newer` the other way, from the oldest on or from the place. */
  readonly direction: "older" | "newer";
  readonly from: Place | null;
  readonly limit: number;
  readonly since: string | null;
  readonly until: string | null;
  readonly actors: readonly string[];
  readonly types: readonly string[];
  readonly severities: readonly Severity[];
  readonly search: Search | null;
  readonly seesUserManagement: boolean;
}

export interface ActivityPage {
  /** The newest first, whatever the direction. */
  readonly entries: readonly ActivityEntryView[];
  readonly hasMore: boolean;
  /** How far a search came that has not seen all, and found too little; the next page goes on from there. */
  readonly reached: Place | null;
}

/** Entries that are looked at for one page: what a search costs does not grow with the log. */
const LOOKED_AT = 20_000;
/** Entries of one statement. */
const AT_ONCE = 1_000;
/** Milliseconds of a rest between two at the longest. */
const LONGEST_REST = 200;

/** Of a value in the metadata. Patterns of LIKE are limited to 50 bytes on the platform: the text is compared instead. */
function matches(term: Term): SQL {
  if (term.kind === "number") {
    const operator = sql.raw(term.operator);
    return sql`(value.type IN ('integer', 'real') AND value.atom ${operator} ${term.number})`;
  }
  const wanted = sql`lower(${term.text})`;
  switch (term.kind) {
    case "whole":
      return sql`value.text = ${wanted}`;
    case "begin":
      return sql`substr(value.text, 1, length(${wanted})) = ${wanted}`;
    case "end":
      return sql`substr(value.text, -length(${wanted})) = ${wanted}`;
    case "part":
      return sql`instr(value.text, ${wanted}) > 0`;
  }
}

/** The limit, which is none, keeps SQLite from working out the text of a value anew for each term. */
function values(metadata: SQL): SQL {
  return sql`(SELECT type, atom, lower(CASE type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE atom END) AS text
    FROM json_tree(${metadata}) WHERE atom IS NOT NULL LIMIT -1) AS value`;
}

/** That any value is as one of the terms says. */
function hasAny(terms: readonly Term[], metadata: SQL): SQL {
  const any = sql.join(terms.map(matches), sql` OR `);
  return sql`EXISTS (SELECT 1 FROM ${values(metadata)} WHERE ${any})`;
}

function found(search: Search, metadata: SQL): SQL | undefined {
  const single = search.filter((terms) => terms.length === 1).flat();
  const joined = search.filter((terms) => terms.length > 1);
  return or(
    single.length === 0 ? undefined : hasAny(single, metadata),
    ...joined.map((terms) => and(...terms.map((term) => hasAny([term], metadata)))),
  );
}

function beyond(direction: ActivityQuery["direction"], from: Place | null): SQL | undefined {
  if (from === null) return undefined;
  const place = sql`(${activityLogs.occurred_on}, ${activityLogs.id})`;
  const other = sql`(${from.occurred_on}, ${from.id})`;
  return direction === "older" ? sql`${place} < ${other}` : sql`${place} > ${other}`;
}

/** One parameter, however many there are: a statement has a hundred on the platform. */
function isAmong(column: Column, wanted: readonly (string | number)[]): SQL | undefined {
  if (wanted.length === 0) return undefined;
  return sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(wanted)}))`;
}

type Row = typeof activityLogs.$inferSelect;

function filtered(query: ActivityQuery, from: Place | null): SQL | undefined {
  const { since, until, actors, types, severities, direction } = query;
  const { occurred_on, type, actor, severity } = activityLogs;
  return and(
    since === null ? undefined : gte(occurred_on, since),
    until === null ? undefined : lte(occurred_on, until),
    isAmong(actor, actors),
    isAmong(type, types),
    isAmong(
      severity,
      severities.map((one) => severityNumbers[one]),
    ),
    query.seesUserManagement ? undefined : notInArray(type, [...userManagementTypes]),
    beyond(direction, from),
  );
}

function orderOf({ direction }: ActivityQuery) {
  const order = direction === "older" ? desc : asc;
  return [order(activityLogs.occurred_on), order(activityLogs.id)] as const;
}

/** The first ones that are found in the next part of the log, and where that part ends; null at the end of the log. */
async function searchPart(
  db: Database,
  query: ActivityQuery,
  search: Search,
  from: Place | null,
  limit: number,
) {
  const { occurred_on, id } = activityLogs;
  const part = db
    .select()
    .from(activityLogs)
    .where(filtered(query, from))
    .orderBy(...orderOf(query))
    .limit(AT_ONCE)
    .as("part");
  const order = query.direction === "older" ? desc : asc;
  const [rows, [end]] = await db.batch([
    db
      .select()
      .from(part)
      .where(found(search, sql`${part.metadata}`))
      .orderBy(order(part.occurred_on), order(part.id))
      .limit(limit),
    db
      .select({ occurred_on, id })
      .from(activityLogs)
      .where(filtered(query, from))
      .orderBy(...orderOf(query))
      .limit(1)
      .offset(AT_ONCE - 1),
  ]);
  return { rows, end: end ?? null };
}

async function findAll(db: Database, query: ActivityQuery, search: Search, wanted: number) {
  const rows: Row[] = [];
  let from = query.from;
  for (let seen = 0; seen < LOOKED_AT && rows.length < wanted; seen += AT_ONCE) {
    const began = Date.now();
    const part = await searchPart(db, query, search, from, wanted - rows.length);
    rows.push(...part.rows);
    from = part.end;
    if (from === null || rows.length >= wanted) break;
    // Self-hosted, a statement keeps everybody waiting. What others ask for takes many short turns, which all must fit in between.
    await new Promise((rested) => setTimeout(rested, Math.min(Date.now() - began, LONGEST_REST)));
  }
  return { rows, reached: rows.length < wanted ? from : null };
}

export async function readActivity(db: Database, query: ActivityQuery): Promise<ActivityPage> {
  const { search, limit, direction } = query;
  const { rows, reached } =
    search === null
      ? {
          rows: await db
            .select()
            .from(activityLogs)
            .where(filtered(query, query.from))
            .orderBy(...orderOf(query))
            .limit(limit + 1),
          reached: null,
        }
      : await findAll(db, query, search, limit + 1);
  const page = rows.slice(0, limit).map((row) => ({ ...row, severity: severityOfNumber(row.severity) }));
  return {
    entries: direction === "older" ? page : page.reverse(),
    hasMore: rows.length > limit || reached !== null,
    reached,
  };
}
