/** Counts what the Durable Objects of an isolate write, and what its queues bring. */

export interface Counters {
  /** Rows written by SQL statements. */
  rows: number;
  /** Alarms set, each a written row too. */
  alarms: number;
  /** Messages from queues, and when the last was done with, in milliseconds. */
  messages: number;
  lastMessageAt: number;
}

export const counters: Counters = { rows: 0, alarms: 0, messages: 0, lastMessageAt: 0 };

let counting = false;

/** From the first object on, every statement and every alarm of all objects of this isolate is counted. */
export function countWrites(storage: DurableObjectStorage): void {
  if (counting) return;
  counting = true;
  const sql: SqlStorage = Object.getPrototypeOf(storage.sql);
  const exec = sql.exec;
  sql.exec = function counted(this: SqlStorage, ...args: Parameters<SqlStorage["exec"]>) {
    const cursor = exec.apply(this, args);
    counters.rows += cursor.rowsWritten;
    return cursor;
  } as SqlStorage["exec"];
  const alarms: DurableObjectStorage = Object.getPrototypeOf(storage);
  const setAlarm = alarms.setAlarm;
  alarms.setAlarm = function counted(this: DurableObjectStorage, ...args: Parameters<typeof setAlarm>) {
    counters.alarms += 1;
    return setAlarm.apply(this, args);
  };
}
