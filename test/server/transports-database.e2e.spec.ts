/** D1 as simulated for developers and D1 of a self-hosted server: the same answers, the same errors, the same limits. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Database } from "../../tools/server/runtime/database.ts";
import { Both, NAMES, type Name } from "./transports/both.ts";

const both = new Both();
beforeAll(() => both.start());
afterAll(() => both.stop());

const answerOf = async (name: Name, program: string) =>
  both.of(name).transport.ask({ do: "program", name: program });

const resultOf = async (name: Name, program: string) => {
  const answered = await answerOf(name, program);
  if ("error" in answered) throw new Error(answered.error);
  return answered.value;
};

it.each(["methods", "meta", "values", "errors", "batch", "exec", "limits", "session"])(
  "gives the same answers on both: %s",
  async (program) => {
    expect(await answerOf("self-hosted", program)).toEqual(await answerOf("simulated", program));
  },
);

describe.each(NAMES)("D1, %s", (name) => {
  it("has its methods and what they tell of themselves", async () => {
    expect(await resultOf(name, "methods")).toMatchObject({
      inserted: { success: true, results: [], meta: { changes: 1, last_row_id: 1, changed_db: true } },
      first: { id: 1, name: "one", size: 1.5 },
      column: "one",
      none: null,
      raw: [
        [1, "one", 1.5],
        [2, "two", null],
      ],
      named: [
        ["id", "name", "size"],
        [1, "one", 1.5],
        [2, "two", null],
      ],
      twice: [
        ["a", "a"],
        [1, 2],
      ],
      returned: {
        meta: { changes: 2 },
        results: [
          { id: 1, size: 3 },
          { id: 2, size: 3 },
        ],
      },
      numbered: { a: "first", b: "second" },
    });
  });

  it("counts what changed", async () => {
    const changes = { meta: { changes: 0 } };
    expect(await resultOf(name, "meta")).toMatchObject([
      { meta: { changes: 3, last_row_id: 3, changed_db: true } },
      { meta: { changes: 1, changed_db: true } },
      changes,
      changes,
      { results: [{ n: 3 }], meta: { changes: 0, changed_db: false, rows_written: 0 } },
      { meta: { changes: 3, changed_db: true } },
    ]);
  });

  it("takes the documented types, and refuses others", async () => {
    const refused = (type: string) => ({
      error: expect.stringMatching(`^D1_TYPE_ERROR: Type '${type}' not supported for value`),
    });
    expect(await resultOf(name, "values")).toMatchObject({
      true: { value: { value: 1, type: expect.stringMatching(/^(real|integer)$/) } },
      null: { value: { value: null, type: "null" } },
      large: { value: { value: Number.MAX_SAFE_INTEGER } },
      notANumber: { value: { value: null } },
      text: { value: { value: "ü€😀\0'", type: "text" } },
      buffer: { value: { value: [0, 1, 255], type: "blob" } },
      view: { value: { value: [0, 1, 255], type: "blob" } },
      undefined: refused("undefined"),
      bigint: refused("bigint"),
      date: refused("object"),
    });
  });

  it("tells errors as D1 does", async () => {
    const error = (text: string) => ({ error: `D1_ERROR: ${text}`, cause: text });
    const constraint = (text: string) => ({
      error: expect.stringMatching(`^D1_ERROR: ${text}: SQLITE_CONSTRAINT`),
      cause: expect.stringMatching(`^${text}: SQLITE_CONSTRAINT`),
    });
    expect(await resultOf(name, "errors")).toMatchObject({
      noTable: error("no such table: missing: SQLITE_ERROR"),
      unique: constraint("UNIQUE constraint failed: things.name"),
      notNull: constraint("NOT NULL constraint failed: things.name"),
      tooFew: error("Wrong number of parameter bindings for SQL query."),
      noColumn: { error: "D1_COLUMN_NOTFOUND: Column not found (colour)" },
      exec: { error: expect.stringMatching(/^D1_EXEC_ERROR: Error in line 1: SELEC 1: near "SELEC"/) },
      forbidden: { error: expect.stringMatching(/^D1_ERROR: not authorized/) },
    });
  });

  it("makes one transaction of a batch", async () => {
    expect(await resultOf(name, "batch")).toMatchObject({
      failed: { error: expect.stringMatching(/^D1_ERROR: UNIQUE constraint failed/) },
      left: [["a"], ["b"]],
    });
  });

  it("has the platform's limits", async () => {
    const tooBig = { error: "D1_ERROR: string or blob too big: SQLITE_TOOBIG" };
    expect(await resultOf(name, "limits")).toMatchObject({
      parameters: { value: { found: 1 } },
      tooManyParameters: { error: expect.stringMatching(/^D1_ERROR: too many SQL variables/) },
      statement: { value: 99_990 },
      statementTooLong: { error: expect.stringMatching(/^D1_ERROR: statement too long/) },
      text: { value: 1 },
      textTooLarge: tooBig,
      blobTooLarge: tooBig,
      columns: { error: expect.stringMatching(/too many columns/) },
      pattern: { error: expect.stringMatching(/LIKE or GLOB pattern too complex/) },
    });
  });
});

it("refuses values beyond the documented size, which the simulation takes", async () => {
  const tooBig = { error: "D1_ERROR: string or blob too big: SQLITE_TOOBIG" };
  expect(await resultOf("self-hosted", "valueBeyondDocumented")).toMatchObject({
    text: tooBig,
    wide: tooBig,
    blob: tooBig,
  });
  expect(await resultOf("simulated", "valueBeyondDocumented")).toMatchObject({ text: { value: 1 } });
});

it("is reached from Node over a socket, with the same errors", async () => {
  const db = new Database(both.selfHosted.databaseSocket);
  await db.batch([
    db.prepare("DROP TABLE IF EXISTS of_node"),
    db.prepare("CREATE TABLE of_node (id INTEGER PRIMARY KEY, name TEXT UNIQUE)"),
  ]);
  const insert = db.prepare("INSERT INTO of_node (name) VALUES (?)");
  expect((await insert.bind("a").run()).meta.changes).toBe(1);
  await expect(db.batch([insert.bind("b"), insert.bind("a")])).rejects.toThrow(
    "D1_ERROR: UNIQUE constraint failed: of_node.name: SQLITE_CONSTRAINT",
  );
  expect((await db.prepare("SELECT name FROM of_node").run()).results).toEqual([{ name: "a" }]);
  expect(await db.prepare("SELECT name FROM of_node WHERE name = ?").bind("b").first()).toBeNull();
});
