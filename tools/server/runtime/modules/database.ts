/**
 * D1 on one machine: a Durable Object with SQLite, one call of it one transaction. The Worker reaches it by a binding of ours
 * (`database-binding.ts`), Node by a socket (`../database.ts`), since the protocol of the platform's own binding is not public.
 */
import { DurableObject } from "cloudflare:workers";
import { z } from "zod";

export type SqlValue = string | number | null | ArrayBuffer;
export interface Query {
  readonly sql: string;
  readonly params: readonly SqlValue[];
}
export interface Meta {
  served_by: string;
  duration: number;
  changes: number;
  last_row_id: number;
  changed_db: boolean;
  size_after: number;
  rows_read: number;
  rows_written: number;
}
export interface Rows {
  columns: string[];
  rows: SqlValue[][];
  meta: Meta;
}
/** An error is an answer: thrown, it would arrive without the place of the query that it is about. */
export type Answer = { readonly results: Rows[] } | { readonly error: string; readonly at: number };

interface Env {
  readonly DATABASE: DurableObjectNamespace<Database>;
  readonly NAME: string;
}

/** Bytes. What D1 documents; the runtime itself would take a tenth more. */
const LARGEST_VALUE = 2_000_000;
const TOO_LARGE = "string or blob too big: SQLITE_TOOBIG";

const encoder = new TextEncoder();

function isTooLarge(value: SqlValue): boolean {
  if (value instanceof ArrayBuffer) return value.byteLength > LARGEST_VALUE;
  // At most three bytes for each unit of a string: a short one need not be encoded.
  if (typeof value !== "string" || value.length * 3 <= LARGEST_VALUE) return false;
  return encoder.encode(value).byteLength > LARGEST_VALUE;
}

/** As D1: blank lines, and comments that are indented, are no statements. */
function isStatement({ sql }: Query): boolean {
  return sql.replace(/^\s+--.*/gm, "").trim() !== "";
}

interface Counters extends Record<string, SqlStorageValue> {
  changes: number;
  last_row_id: number;
}

export class Database extends DurableObject<Env> {
  #counters: Counters;

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#counters = this.#readCounters();
  }

  /** All of them, or none. */
  query(queries: readonly Query[]): Answer {
    if (!queries.some(isStatement)) return { error: "No SQL statements detected.", at: 0 };
    let at = 0;
    try {
      const results = this.ctx.storage.transactionSync(() =>
        queries.flatMap((query, index) => {
          at = index;
          return isStatement(query) ? [this.#run(query)] : [];
        }),
      );
      return { results };
    } catch (error) {
      return { error: error instanceof Error ? error.message : String(error), at };
    }
  }

  #run({ sql, params }: Query): Rows {
    if (params.some(isTooLarge)) throw new Error(TOO_LARGE);
    const started = Date.now();
    const before = this.#counters;
    const sizeBefore = this.ctx.storage.sql.databaseSize;
    const cursor = this.ctx.storage.sql.exec(sql, ...params);
    const rows = [...cursor.raw()];
    const after = this.#readCounters();
    this.#counters = after;
    const sizeAfter = this.ctx.storage.sql.databaseSize;
    const changes = after.changes - before.changes;
    return {
      columns: cursor.columnNames,
      rows,
      meta: {
        served_by: "trento-edge",
        duration: Date.now() - started,
        changes,
        last_row_id: after.last_row_id,
        changed_db: changes !== 0 || after.last_row_id !== before.last_row_id || sizeAfter !== sizeBefore,
        size_after: sizeAfter,
        rows_read: cursor.rowsRead,
        rows_written: cursor.rowsWritten,
      },
    };
  }

  /** Of the connection, which is this object's alone: what a query changed is how far they have gone on. */
  #readCounters(): Counters {
    return this.ctx.storage.sql
      .exec<Counters>("SELECT total_changes() AS changes, last_insert_rowid() AS last_row_id")
      .one();
  }
}

const asked = z.array(
  z.object({ sql: z.string(), params: z.array(z.union([z.string(), z.number(), z.null()])) }),
);

/** For Node, which reads and writes neither blobs nor much. */
export default {
  async fetch(request: Request, env: Env): Promise<Response> {
    if (request.method !== "POST") return new Response(null, { status: 405, headers: { Allow: "POST" } });
    const queries = asked.safeParse(await request.json().catch(() => null));
    if (!queries.success)
      return Response.json({ error: z.prettifyError(queries.error), at: 0 }, { status: 400 });
    return Response.json(await env.DATABASE.getByName(env.NAME).query(queries.data));
  },
};
