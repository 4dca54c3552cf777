/** Counts what the objects of an isolate are asked, read and write, and what its queues bring. */

export interface Counters {
  /** Rows written by SQL statements. */
  rows: number;
  rowsRead: number;
  /** Alarms set, each a written row too. */
  alarms: number;
  /** Calls of Durable Objects, and how long they took together, in milliseconds. */
  calls: number;
  callTime: number;
  /** Statements of D1, and its rows. */
  statements: number;
  tableRowsRead: number;
  tableRowsWritten: number;
  /** Messages from queues, and when the last was done with, in milliseconds. */
  messages: number;
  lastMessageAt: number;
}

/** The clock of the machine, whatever that of the objects says. */
export const realNow = Date.now.bind(Date);

export const counters: Counters = {
  rows: 0,
  rowsRead: 0,
  alarms: 0,
  calls: 0,
  callTime: 0,
  statements: 0,
  tableRowsRead: 0,
  tableRowsWritten: 0,
  messages: 0,
  lastMessageAt: 0,
};

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
    counters.rowsRead += cursor.rowsRead;
    return cursor;
  } as SqlStorage["exec"];
  const kv = Object.getPrototypeOf(storage.kv);
  const { put } = kv;
  kv.put = function counted(this: unknown, ...args: unknown[]) {
    counters.rows += 1;
    return put.apply(this, args);
  };
  const alarms: DurableObjectStorage = Object.getPrototypeOf(storage);
  const setAlarm = alarms.setAlarm;
  alarms.setAlarm = function counted(this: DurableObjectStorage, ...args: Parameters<typeof setAlarm>) {
    counters.alarms += 1;
    return setAlarm.apply(this, args);
  };
}

/** Methods of objects are called over stubs of which nothing more is known here. */
type Stub = Readonly<Record<string | symbol, unknown>>;

function countedStub(stub: Stub): Stub {
  return new Proxy(stub, {
    get: (target, name) => {
      const method = target[name];
      if (typeof method !== "function" || typeof name === "symbol") return method;
      return async (...args: unknown[]) => {
        const began = performance.now();
        counters.calls += 1;
        try {
          return await Reflect.apply(method, target, args);
        } finally {
          counters.callTime += performance.now() - began;
        }
      };
    },
  });
}

interface D1Answer {
  readonly meta?: { readonly rows_read?: number; readonly rows_written?: number };
}

function countAnswer({ meta }: D1Answer): void {
  counters.statements += 1;
  counters.tableRowsRead += meta?.rows_read ?? 0;
  counters.tableRowsWritten += meta?.rows_written ?? 0;
}

let countingCalls = false;

/** From the first request on, every call of an object and every statement of the tables is counted, whoever makes it. */
export function countCalls(env: { readonly DB: D1Database; readonly HOST: object }): void {
  if (countingCalls) return;
  countingCalls = true;
  const namespaces = Object.getPrototypeOf(env.HOST);
  const { getByName } = namespaces;
  namespaces.getByName = function counted(this: unknown, ...args: unknown[]) {
    return countedStub(getByName.apply(this, args));
  };
  const statements = Object.getPrototypeOf(env.DB.prepare("SELECT 1"));
  for (const name of ["all", "run"] as const) {
    const method = statements[name];
    statements[name] = async function counted(this: unknown, ...args: unknown[]) {
      const answer = await method.apply(this, args);
      countAnswer(answer);
      return answer;
    };
  }
  const database = Object.getPrototypeOf(env.DB);
  const { batch } = database;
  database.batch = async function counted(this: unknown, ...args: unknown[]) {
    const answers: D1Answer[] = await batch.apply(this, args);
    answers.forEach(countAnswer);
    return answers;
  };
}
