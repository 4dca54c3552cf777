/** An object has one alarm: this keeps the times of everything that it is to be woken for, and sets the alarm to the first. */
import { Alarm } from "./alarm.ts";

type Row = { purpose: string; at: number };

export class AlarmClock<Purpose extends string> {
  readonly #storage: DurableObjectStorage;
  readonly #alarm: Alarm;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    this.#alarm = new Alarm(storage);
  }

  /** To be told at the beginning of the handler. */
  ring(info: AlarmInvocationInfo | undefined): void {
    this.#alarm.ring(info);
  }

  createTable(): void {
    this.#storage.sql.exec(
      "CREATE TABLE IF NOT EXISTS wake_ups (purpose TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID",
    );
  }

  /** @param at milliseconds; a purpose has one time, the last that was set */
  set(purpose: Purpose, at: number): void {
    this.#storage.sql.exec(
      "INSERT INTO wake_ups (purpose, at) VALUES (?, ?) ON CONFLICT (purpose) DO UPDATE SET at = excluded.at",
      purpose,
      Math.ceil(at),
    );
    this.rearm();
  }

  clear(...purposes: readonly Purpose[]): void {
    for (const purpose of purposes) this.#storage.sql.exec("DELETE FROM wake_ups WHERE purpose = ?", purpose);
    this.rearm();
  }

  /** In milliseconds; null where none is kept. */
  timeOf(purpose: Purpose): number | null {
    const [row] = this.#storage.sql
      .exec<Row>("SELECT purpose, at FROM wake_ups WHERE purpose = ?", purpose)
      .toArray();
    return row?.at ?? null;
  }

  /** What it is time for, the most overdue first. It stays due until it is cleared or set anew. */
  due(now: number): Purpose[] {
    // Only `set` writes the table.
    return this.#storage.sql
      .exec<Row>("SELECT purpose, at FROM wake_ups WHERE at <= ? ORDER BY at", now)
      .toArray()
      .map(({ purpose }) => purpose as Purpose);
  }

  /** Sets the alarm to the first time that is kept. Not awaited: it is written together with the rows around it. */
  rearm(): void {
    const { first } = this.#storage.sql
      .exec<{ first: number | null }>("SELECT min(at) AS first FROM wake_ups")
      .one();
    if (first === null) this.#alarm.clear();
    else this.#alarm.set(first);
  }
}
