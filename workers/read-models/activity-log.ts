/** Reads the activity log, page by page. */
import { and, asc, desc, gte, inArray, lte, notInArray, or, type SQL, sql } from "drizzle-orm";
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
}

/** Of a value in the metadata. Patterns of LIKE are limited to 50 bytes on the platform: the text is compared instead. */
function matches(term: Term): SQL {
  if (term.kind === "number") {
    const operator = sql.raw(term.operator);
    return sql`(value.type IN ('integer', 'real') AND value.atom ${operator} ${term.number})`;
  }
  const text = sql`lower(CASE value.type WHEN 'true' THEN 'true' WHEN 'false' THEN 'false' ELSE value.atom END)`;
  const wanted = sql`lower(${term.text})`;
  switch (term.kind) {
    case "whole":
      return sql`${text} = ${wanted}`;
    case "begin":
      return sql`substr(${text}, 1, length(${wanted})) = ${wanted}`;
    case "end":
      return sql`substr(${text}, -length(${wanted})) = ${wanted}`;
    case "part":
      return sql`instr(${text}, ${wanted}) > 0`;
  }
}

function hasTerm(term: Term): SQL {
  return sql`EXISTS (SELECT 1 FROM json_tree(${activityLogs.metadata}) AS value WHERE value.atom IS NOT NULL AND ${matches(term)})`;
}

function found(search: Search): SQL | undefined {
  return or(...search.map((terms) => and(...terms.map(hasTerm))));
}

function beyond({ direction, from }: ActivityQuery): SQL | undefined {
  if (from === null) return undefined;
  const place = sql`(${activityLogs.occurred_on}, ${activityLogs.id})`;
  const other = sql`(${from.occurred_on}, ${from.id})`;
  return direction === "older" ? sql`${place} < ${other}` : sql`${place} > ${other}`;
}

export async function readActivity(db: Database, query: ActivityQuery): Promise<ActivityPage> {
  const { since, until, actors, types, severities, search, limit, direction } = query;
  const { occurred_on, id, type, actor, severity } = activityLogs;
  const order = direction === "older" ? desc : asc;
  const rows = await db
    .select()
    .from(activityLogs)
    .where(
      and(
        since === null ? undefined : gte(occurred_on, since),
        until === null ? undefined : lte(occurred_on, until),
        actors.length === 0 ? undefined : inArray(actor, [...actors]),
        types.length === 0 ? undefined : inArray(type, [...types]),
        severities.length === 0
          ? undefined
          : inArray(
              severity,
              severities.map((one) => severityNumbers[one]),
            ),
        query.seesUserManagement ? undefined : notInArray(type, [...userManagementTypes]),
        search === null ? undefined : found(search),
        beyond(query),
      ),
    )
    .orderBy(order(occurred_on), order(id))
    .limit(limit + 1);
  const page = rows.slice(0, limit).map((row) => ({ ...row, severity: severityOfNumber(row.severity) }));
  return { entries: direction === "older" ? page : page.reverse(), hasMore: rows.length > limit };
}
