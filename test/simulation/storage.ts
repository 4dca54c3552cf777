/**
 * The storage of one object, over a real SQLite in memory. What is written is in a transaction that is committed when the world
 * says so (`flush`): until then nothing leaves the object, and a crash takes it back.
 */
import { DatabaseSync, type StatementSync } from "node:sqlite";
import { deserialize, serialize } from "node:v8";
import type { Party, World } from "./world.ts";

type Row = Record<string, unknown>;

function platformValue(value: unknown): unknown {
  if (value instanceof Uint8Array)
    return value.buffer.slice(value.byteOffset, value.byteOffset + value.byteLength);
  return value;
}

function sqliteValue(value: unknown): never {
  if (value instanceof ArrayBuffer) return new Uint8Array(value) as never;
  if (typeof value === "boolean") return Number(value) as never;
  if (value === undefined) throw new TypeError("undefined cannot be bound");
  return value as never;
}

class Cursor {
  readonly #rows: readonly Row[];
  readonly rowsWritten: number;
  readonly rowsRead: number;
  #at = 0;

  constructor(rows: readonly Row[], rowsWritten: number) {
    this.#rows = rows;
    this.rowsWritten = rowsWritten;
    this.rowsRead = rows.length;
  }

  toArray(): Row[] {
    return [...this.#rows];
  }

  one(): Row {
    const [row, more] = this.#rows;
    if (row === undefined || more !== undefined)
      throw new Error(`expected one row, found ${this.#rows.length}`);
    return row;
  }

  next(): IteratorResult<Row> {
    const value = this.#rows[this.#at++];
    return value === undefined ? { done: true, value: undefined } : { done: false, value };
  }

  [Symbol.iterator]() {
    return this.#rows[Symbol.iterator]();
  }
}

export class ObjectStorage {
  readonly database = new DatabaseSync(":memory:");
  readonly #world: World;
  readonly #onDirty: () => void;
  readonly #statements = new Map<string, StatementSync>();
  readonly #waiting: { party: Party; leave: () => void }[] = [];
  #dirty = false;
  #durableAlarm: number | null = null;
  #alarm: number | null = null;
  /** Of the alarm that is being handled: setting it again to this very time does nothing. */
  ringing: number | null = null;
  #isAlarmLost = false;
  #isDurableAlarmLost = false;
  #setWhileRinging = false;
  depth = 0;

  constructor(world: World, onDirty: () => void) {
    this.#world = world;
    this.#onDirty = onDirty;
  }

  get isDirty(): boolean {
    return this.#dirty;
  }

  get alarm(): number | null {
    return this.#alarm;
  }

  get durableAlarm(): number | null {
    return this.#durableAlarm;
  }

  /** It is written down, and will not ring. */
  get isAlarmLost(): boolean {
    return this.#isDurableAlarmLost;
  }

  /** Without a transaction: for those who look. */
  read<T = Row>(query: string, ...bindings: unknown[]): T[] {
    return this.#prepared(query).all(...bindings.map(sqliteValue)) as T[];
  }

  hasTable(name: string): boolean {
    return this.read("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", name).length > 0;
  }

  #prepared(query: string): StatementSync {
    const found = this.#statements.get(query);
    if (found !== undefined) return found;
    const made = this.database.prepare(query);
    this.#statements.set(query, made);
    return made;
  }

  #write(): void {
    if (this.#dirty) return;
    this.#dirty = true;
    this.database.exec("BEGIN");
    this.#onDirty();
  }

  /** The gate: open when nothing waits to be durable. */
  gate(party: Party, leave: () => void): void {
    if (this.#dirty) this.#waiting.push({ party, leave });
    else leave();
  }

  flush(): void {
    if (!this.#dirty) return;
    this.database.exec("COMMIT");
    this.#dirty = false;
    this.#durableAlarm = this.#alarm;
    this.#isDurableAlarmLost = this.#isAlarmLost;
    for (const { party, leave } of this.#waiting.splice(0)) if (party.alive) leave();
  }

  crash(): void {
    if (this.#dirty) this.database.exec("ROLLBACK");
    this.#dirty = false;
    this.#statements.clear();
    this.#alarm = this.#durableAlarm;
    this.#isAlarmLost = this.#isDurableAlarmLost;
    this.ringing = null;
    this.#setWhileRinging = false;
    this.#waiting.splice(0);
  }

  startRinging(): void {
    this.ringing = this.#durableAlarm;
    this.#setWhileRinging = false;
  }

  /** @param keeps the handler threw: the time stays for the next attempt */
  stopRinging(keeps: boolean): void {
    if (!this.#setWhileRinging && !keeps && this.#alarm !== null) {
      this.#write();
      this.#alarm = null;
    }
    // What was set to the very time that rang is no change to the platform, which forgets it when the handler has ended well.
    if (this.#setWhileRinging && !keeps && this.#alarm === this.ringing)
      this.#isAlarmLost = this.#isDurableAlarmLost = true;
    this.ringing = null;
  }

  forView(party: Party) {
    const alive = () => {
      if (!party.alive) throw new Error(`${party.name} is dead`);
    };
    const exec = (query: string, ...bindings: unknown[]) => {
      alive();
      if (!/^\s*(SELECT|WITH)\b/i.test(query)) this.#write();
      const statement = this.#prepared(query);
      const values = bindings.map(sqliteValue);
      if (statement.columns().length === 0) return new Cursor([], Number(statement.run(...values).changes));
      const rows = (statement.all(...values) as Row[]).map((row) =>
        Object.fromEntries(Object.entries(row).map(([key, value]) => [key, platformValue(value)])),
      );
      return new Cursor(rows, rows.length);
    };
    const kv = {
      get: (key: string) => {
        alive();
        if (!this.hasTable("__kv")) return undefined;
        const [row] = this.read<{ value: Uint8Array }>("SELECT value FROM __kv WHERE key = ?", key);
        return row === undefined ? undefined : deserialize(row.value);
      },
      put: (key: string, value: unknown) => {
        exec("CREATE TABLE IF NOT EXISTS __kv (key TEXT PRIMARY KEY, value BLOB NOT NULL)");
        exec("INSERT OR REPLACE INTO __kv (key, value) VALUES (?, ?)", key, serialize(value));
      },
      delete: (key: string) => {
        if (!this.hasTable("__kv")) return false;
        return exec("DELETE FROM __kv WHERE key = ?", key).rowsWritten > 0;
      },
    };
    return {
      sql: { exec, databaseSize: 0 },
      kv,
      transactionSync: <T>(work: () => T): T => {
        alive();
        this.#write();
        const name = `t${this.depth}`;
        const alarm = this.#alarm;
        this.depth += 1;
        this.database.exec(`SAVEPOINT ${name}`);
        try {
          const result = work();
          this.database.exec(`RELEASE ${name}`);
          return result;
        } catch (error) {
          this.database.exec(`ROLLBACK TO ${name}`);
          this.database.exec(`RELEASE ${name}`);
          this.#alarm = alarm;
          throw error;
        } finally {
          this.depth -= 1;
        }
      },
      sync: () => new Promise<void>((resolve) => this.gate(party, resolve)),
      getAlarm: async () => {
        alive();
        return this.ringing !== null && !this.#setWhileRinging ? null : this.#alarm;
      },
      setAlarm: async (at: number | Date) => {
        alive();
        // The platform has whole milliseconds, and takes a time that is past for now.
        const time = Math.max(Math.floor(Number(at)), this.#world.wall());
        if (Number.isNaN(time)) throw new TypeError("setAlarm() cannot be called with an invalid time");
        if (time === this.#alarm && this.ringing === null) return;
        this.#write();
        // Where it is lost, the same time again is no change either.
        if (this.#alarm !== time) this.#isAlarmLost = false;
        this.#alarm = time;
        this.#setWhileRinging = this.ringing !== null;
      },
      deleteAlarm: async () => {
        alive();
        if (this.#alarm === null) return;
        this.#write();
        this.#alarm = null;
        this.#setWhileRinging = this.ringing !== null;
      },
      deleteAll: async () => {
        alive();
        this.#write();
        const tables = this.read<{ name: string }>(
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
        );
        this.#statements.clear();
        for (const { name } of tables) this.database.exec(`DROP TABLE "${name}"`);
      },
    };
  }
}
