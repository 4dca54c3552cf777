/** The D1 database that holds the read models. */

import type { BatchItem } from "drizzle-orm/batch";
import { type DrizzleD1Database, drizzle } from "drizzle-orm/d1";

export type Database = DrizzleD1Database;
export type Statement = BatchItem<"sqlite">;

export function databaseOf(env: { readonly DB: D1Database }): Database {
  return drizzle(env.DB);
}

/** Runs statements as one transaction: all of them, or none. */
export async function runTogether(db: Database, statements: readonly Statement[]): Promise<void> {
  const [first, ...rest] = statements;
  if (first !== undefined) await db.batch([first, ...rest]);
}
