/** A list of ids as one parameter of a statement: the platform takes 100. */
import { type SQL, sql } from "drizzle-orm";

export type Ids = readonly string[] | undefined;

/** Whether a column is among ids; nothing where all are asked for. */
export function isAmong(column: SQL.Aliased | { readonly name: string } | SQL, ids: Ids): SQL | undefined {
  return ids === undefined
    ? undefined
    : sql`${column} IN (SELECT value FROM json_each(${JSON.stringify(ids)}))`;
}
