/** D1, over a real SQLite in memory: a batch is a transaction. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { World } from "./world.ts";

const folder = join(import.meta.dirname, "../../migrations");
const migrations = readdirSync(folder)
  .filter((name) => name.endsWith(".sql"))
  .sort()
  .map((name) => readFileSync(join(folder, name), "utf8"))
  .join("\n");

interface Result {
  readonly success: true;
  readonly results: Record<string, unknown>[];
  readonly meta: { readonly changes: number };
}

function value(given: unknown): never {
  if (given === undefined) throw new TypeError("D1_TYPE_ERROR: undefined cannot be bound");
  return (typeof given === "boolean" ? Number(given) : given) as never;
}

export class SimulatedD1 {
  readonly database = new DatabaseSync(":memory:");
  readonly #statements = new Map<string, StatementSync>();
  readonly #world: World;
  readonly #onWritten: () => void;

  constructor(world: World, onWritten: () => void = () => {}) {
    this.#world = world;
    this.#onWritten = onWritten;
    this.database.exec(migrations);
  }

  rows<T = Record<string, unknown>>(query: string, ...bindings: unknown[]): T[] {
    return this.#prepared(query).all(...bindings.map(value)) as T[];
  }

  #prepared(query: string): StatementSync {
    const found = this.#statements.get(query) ?? this.database.prepare(query);
    this.#statements.set(query, found);
    return found;
  }

  run({ query, bindings }: Prepared): Result {
    const statement = this.#prepared(query);
    if (statement.columns().length > 0)
      return {
        success: true,
        results: (statement.all(...bindings) as Record<string, unknown>[]).map((row) => ({ ...row })),
        meta: { changes: 0 },
      };
    return { success: true, results: [], meta: { changes: Number(statement.run(...bindings).changes) } };
  }

  rawRows({ query, bindings }: Prepared): unknown[][] {
    const statement = this.database.prepare(query);
    statement.setReturnArrays(true);
    return statement.all(...bindings) as unknown as unknown[][];
  }

  /** At the database: a time on the way there, and one back. */
  ask<T>(work: () => T): Promise<T> {
    const { d1Before, d1After } = this.#world.faults;
    return this.#world.leave<T>(
      "d1",
      (answer, fail) => {
        let result: T;
        try {
          result = work();
        } catch (error) {
          return fail(new Error(`D1_ERROR: ${error instanceof Error ? error.message : error}`));
        }
        this.#onWritten();
        answer(result);
      },
      [d1Before, d1After],
    );
  }

  prepare(query: string): Prepared {
    return new Prepared(this, query, []);
  }

  batch(statements: readonly Prepared[]): Promise<Result[]> {
    return this.ask(() => {
      this.database.exec("BEGIN");
      try {
        const results = statements.map((statement) => this.run(statement));
        this.database.exec("COMMIT");
        return results;
      } catch (error) {
        this.database.exec("ROLLBACK");
        throw error;
      }
    });
  }
}

export class Prepared {
  readonly #d1: SimulatedD1;
  readonly query: string;
  readonly bindings: never[];

  constructor(d1: SimulatedD1, query: string, bindings: readonly unknown[]) {
    this.#d1 = d1;
    this.query = query;
    this.bindings = bindings.map(value);
  }

  bind(...bindings: unknown[]): Prepared {
    return new Prepared(this.#d1, this.query, bindings);
  }

  all(): Promise<Result> {
    return this.#d1.ask(() => this.#d1.run(this));
  }

  run(): Promise<Result> {
    return this.all();
  }

  async first(column?: string): Promise<unknown> {
    const { results } = await this.all();
    const [row] = results;
    return row === undefined ? null : column === undefined ? row : row[column];
  }

  raw(): Promise<unknown[][]> {
    return this.#d1.ask(() => this.#d1.rawRows(this));
  }
}
