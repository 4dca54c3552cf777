/** What the table of messages holds, and for how long. */
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { beforeEach, describe, expect, it } from "vitest";
import { QueueStore } from "./queue-store.ts";

const START = { due: 0, seq: 0 };
let database: DatabaseSync;
let store: QueueStore;

/** The runtime's interface of SQLite, as far as it is used, over Node's. */
function storageOf(db: DatabaseSync): SqlStorage {
  const exec = (sql: string, ...params: SQLInputValue[]) => {
    if (params.length === 0 && sql.includes(";")) {
      db.exec(sql);
      return [];
    }
    const rows = db.prepare(sql).all(...params);
    return Object.assign(rows, { one: () => rows[0], toArray: () => rows });
  };
  return { exec } as unknown as SqlStorage;
}

const reopened = () => new QueueStore(storageOf(database));

beforeEach(() => {
  database = new DatabaseSync(":memory:");
  store = reopened();
});

function send(queue: string, now: number, delaySeconds = 0): void {
  store.insert({ queue, type: "json", body: '"x"', bytes: 3, delaySeconds }, now);
}

const seqs = (queue: string, after = START, now = 10_000, limit = 10) =>
  store.take(queue, after, now, limit).map(({ seq }) => seq);

describe("what is taken", () => {
  it("is what is due, by when it is, and then as it came", () => {
    send("a", 1_000, 5);
    send("b", 1_000);
    send("a", 2_000);
    send("a", 2_000);
    expect(seqs("a", START, 5_999)).toEqual([3, 4]);
    expect(seqs("a", START, 6_000)).toEqual([3, 4, 1]);
    expect(seqs("a", START, 6_000, 2)).toEqual([3, 4]);
    expect(store.nextDue("a", { due: 2_000, seq: 4 })).toBe(6_000);
    expect(store.nextDue("b", { due: 1_000, seq: 2 })).toBeNull();
  });

  it("comes after the position, also among those that are due at the same time", () => {
    for (let sent = 0; sent < 5; sent += 1) send("a", 1_000);
    expect(seqs("a", { due: 1_000, seq: 2 })).toEqual([3, 4, 5]);
  });

  it("has failed as often as it has, after it was opened again", () => {
    send("a", 1_000);
    const [message] = store.take("a", START, 1_000, 1);
    if (message === undefined) throw new Error("nothing was due");
    store.failed(message, 2, 9_000);
    expect(reopened().take("a", START, 9_000, 1)).toEqual([{ ...message, attempts: 2, due: 9_000 }]);
  });
});

describe("the backlog", () => {
  it("is what was not delivered, and knows since when, also after it was opened again", () => {
    send("a", 1_000);
    send("a", 2_000);
    send("b", 1_500);
    expect(store.backlog("a")).toEqual({ count: 2, bytes: 6, oldest: 1_000 });
    store.delivered("a", store.take("a", START, 1_000, 1));
    expect(store.backlog("a")).toEqual({ count: 1, bytes: 3, oldest: 2_000 });
    store.removeDelivered();
    const after = reopened();
    expect(after.backlog("a")).toEqual({ count: 1, bytes: 3, oldest: 2_000 });
    expect(after.backlog("c")).toEqual({ count: 0, bytes: 0, oldest: null });
    expect(after.queues()).toEqual(["a", "b"]);
    expect(after.lastSeq()).toBe(3);
  });

  it("goes along with what is moved, which stays as old as it is", () => {
    send("a", 1_000);
    const [message] = store.take("a", START, 1_000, 1);
    if (message === undefined) throw new Error("nothing was due");
    store.move(message, "a", "dead", 8_000);
    expect(store.backlog("a").count).toBe(0);
    expect(store.backlog("dead")).toEqual({ count: 1, bytes: 3, oldest: 1_000 });
    expect(store.take("dead", START, 8_000, 1)).toEqual([{ ...message, attempts: 0, due: 8_000 }]);
  });
});

describe("what is kept", () => {
  beforeEach(() => {
    for (let now = 1_000; now <= 5_000; now += 1_000) send("dead", now);
    send("other", 1_000);
  });

  it("is not too old", () => {
    expect(store.keep("dead", 3_000, 100)).toBe(2);
    expect(store.backlog("dead")).toEqual({ count: 3, bytes: 9, oldest: 3_000 });
    expect(store.backlog("other").count).toBe(1);
  });

  it("is the newest, of too many", () => {
    expect(store.keep("dead", 0, 2)).toBe(3);
    expect(seqs("dead")).toEqual([4, 5]);
    expect(store.keep("dead", 0, 2)).toBe(0);
    expect(store.keep("dead", 0, Number.MAX_SAFE_INTEGER)).toBe(0);
  });

  it("does not count twice what was delivered", () => {
    store.delivered("dead", store.take("dead", START, 1_000, 1));
    expect(store.keep("dead", 3_000, 100)).toBe(1);
    expect(store.backlog("dead").count).toBe(3);
    store.removeDelivered();
    expect(seqs("dead")).toEqual([3, 4, 5]);
  });
});
