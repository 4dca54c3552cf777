/** D1 of a running server, for what Node does with it at the start: over a socket that only the server's user can open. */
import { once } from "node:events";
import { IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { z } from "zod";

export type Value = string | number | null;
export type Row = Readonly<Record<string, unknown>>;
interface Query {
  readonly sql: string;
  readonly params: readonly Value[];
}

const answerSchema = z.union([
  z.object({
    results: z.array(
      z.object({
        columns: z.array(z.string()),
        rows: z.array(z.array(z.unknown())),
        meta: z.object({ changes: z.int() }),
      }),
    ),
  }),
  z.object({ error: z.string() }),
]);

export interface Result {
  readonly results: readonly Row[];
  readonly meta: { readonly changes: number };
}

export class Statement {
  readonly #database: Database;
  readonly query: Query;

  constructor(database: Database, query: Query) {
    this.#database = database;
    this.query = query;
  }

  bind(...params: readonly Value[]): Statement {
    return new Statement(this.#database, { sql: this.query.sql, params });
  }

  async run(): Promise<Result> {
    const [result] = await this.#database.batch([this]);
    if (result === undefined) throw new Error("D1 gave no answer");
    return result;
  }

  async first(): Promise<Row | null> {
    return (await this.run()).results[0] ?? null;
  }
}

export class Database {
  readonly #socketPath: string;

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  prepare(sql: string): Statement {
    return new Statement(this, { sql, params: [] });
  }

  /** One transaction. */
  async batch(statements: readonly Statement[]): Promise<readonly Result[]> {
    const sent = request({ socketPath: this.#socketPath, method: "POST", agent: false });
    sent.end(JSON.stringify(statements.map(({ query }) => query)));
    const [response] = await once(sent, "response");
    if (!(response instanceof IncomingMessage)) throw new Error("D1 gave no answer");
    const answer = answerSchema.parse(JSON.parse(await text(response)));
    if ("error" in answer) throw new Error(`D1_ERROR: ${answer.error}`);
    return answer.results.map(({ columns, rows, meta }) => ({
      results: rows.map((row) => Object.fromEntries(columns.map((name, index) => [name, row[index]]))),
      meta,
    }));
  }
}
