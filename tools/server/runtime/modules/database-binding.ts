/** `env.DB` on one machine: the interface of D1 over calls of one Durable Object. */
import type { Database, Meta, Query, Rows, SqlValue } from "./database.ts";

interface Env {
  readonly objects: DurableObjectNamespace<Database>;
  readonly name: string;
}
/** Blobs come back as arrays of numbers, as from D1. */
type Cell = string | number | null | number[];
type Row = Record<string, Cell>;
interface Result {
  success: true;
  meta: Meta;
  results: Row[];
}

function errorOf(kind: string, message: string): Error {
  return new Error(`${kind}: ${message}`, { cause: new Error(message) });
}

function isBytes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((one) => typeof one === "number" && one >= 0 && one < 256);
}

/** What D1 takes, and nothing else. */
function toSql(value: unknown): SqlValue {
  if (value === null || typeof value === "string") return value;
  // D1 takes values as JSON, which has no other numbers.
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "boolean") return value ? 1 : 0;
  if (value instanceof ArrayBuffer) return value;
  if (isBytes(value)) return new Uint8Array(value).buffer;
  if (ArrayBuffer.isView(value)) {
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength).slice().buffer;
  }
  throw errorOf("D1_TYPE_ERROR", `Type '${typeof value}' not supported for value '${value}'`);
}

const toCell = (value: SqlValue): Cell => (value instanceof ArrayBuffer ? [...new Uint8Array(value)] : value);

function toResult({ columns, rows, meta }: Rows): Result {
  const results = rows.map(
    (row): Row => Object.fromEntries(columns.map((name, index) => [name, toCell(row[index] ?? null)])),
  );
  return { success: true, meta, results };
}

class PreparedStatement {
  readonly #connection: Connection;
  readonly query: Query;

  constructor(connection: Connection, query: Query) {
    this.#connection = connection;
    this.query = query;
  }

  bind(...values: unknown[]): PreparedStatement {
    return new PreparedStatement(this.#connection, { sql: this.query.sql, params: values.map(toSql) });
  }

  async all(): Promise<Result> {
    return toResult(await this.#rows());
  }

  run(): Promise<Result> {
    return this.all();
  }

  async first(column?: string): Promise<Row | Cell> {
    const row = toResult(await this.#rows()).results[0];
    if (row === undefined) return null;
    if (column === undefined) return row;
    const value = row[column];
    if (value === undefined) {
      throw new Error(`D1_COLUMN_NOTFOUND: Column not found (${column})`, {
        cause: new Error("Column not found"),
      });
    }
    return value;
  }

  async raw(options?: { columnNames?: boolean }): Promise<Cell[][]> {
    const { columns, rows } = await this.#rows();
    const cells = rows.map((row) => row.map(toCell));
    return options?.columnNames ? [columns, ...cells] : cells;
  }

  async #rows(): Promise<Rows> {
    const [rows] = await this.#connection.query([this.query]);
    if (rows === undefined) throw errorOf("D1_ERROR", "no answer");
    return rows;
  }
}

class Connection {
  readonly #env: Env;

  constructor(env: Env) {
    this.#env = env;
  }

  async query(
    queries: readonly Query[],
    tell = (message: string, _at: number) => errorOf("D1_ERROR", message),
  ): Promise<Rows[]> {
    const { objects, name } = this.#env;
    const answer = await objects
      .getByName(name)
      .query(queries)
      .catch((error: unknown) => ({ error: error instanceof Error ? error.message : String(error), at: 0 }));
    if ("error" in answer) throw tell(answer.error, answer.at);
    return answer.results;
  }
}

/** There is one copy of the data: each session sees all that was written before. */
class DatabaseSession {
  protected readonly connection: Connection;

  constructor(connection: Connection) {
    this.connection = connection;
  }

  prepare(sql: string): PreparedStatement {
    return new PreparedStatement(this.connection, { sql, params: [] });
  }

  /** One transaction. */
  async batch(statements: readonly PreparedStatement[]): Promise<Result[]> {
    return (await this.connection.query(statements.map(({ query }) => query))).map(toResult);
  }

  getBookmark(): null {
    return null;
  }
}

class DatabaseBinding extends DatabaseSession {
  /** A statement a line. */
  async exec(text: string): Promise<{ count: number; duration: number }> {
    const lines = text.trim().split("\n");
    const all = await this.connection.query(
      lines.map((sql) => ({ sql, params: [] })),
      (message, at) => errorOf("D1_EXEC_ERROR", `Error in line ${at + 1}: ${lines[at]}: ${message}`),
    );
    return { count: all.length, duration: all.reduce((sum, { meta }) => sum + meta.duration, 0) };
  }

  withSession(): DatabaseSession {
    return new DatabaseSession(this.connection);
  }
}

export default (env: Env): DatabaseBinding => new DatabaseBinding(new Connection(env));
