/** What is asked of D1 and the queues that JSON cannot say, by name. */
interface Given {
  readonly db: D1Database;
  queue(name: string): Queue;
}

async function tableOf(db: D1Database, columns: string): Promise<void> {
  await db.exec(`DROP TABLE IF EXISTS things\nCREATE TABLE things (${columns})`);
}

/** What is not the same each time is left out. */
function lasting({ success, meta, results }: D1Result): unknown {
  const { changes, last_row_id, changed_db, rows_read, rows_written } = meta;
  return { success, results, meta: { changes, last_row_id, changed_db, rows_read, rows_written } };
}

async function told(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    (value) => ({ value }),
    (error: Error) => ({
      error: error.message,
      cause: error.cause instanceof Error ? error.cause.message : null,
    }),
  );
}

const text = (length: number) => "x".repeat(length);

export const programs: Readonly<Record<string, (given: Given) => Promise<unknown>>> = {
  async methods({ db }) {
    await tableOf(db, "id INTEGER PRIMARY KEY, name TEXT, size REAL");
    const insert = db.prepare("INSERT INTO things (name, size) VALUES (?, ?)");
    const inserted = await insert.bind("one", 1.5).run();
    await insert.bind("two", null).run();
    const all = db.prepare("SELECT * FROM things ORDER BY id");
    return {
      inserted: lasting(inserted),
      all: lasting(await all.all()),
      run: lasting(await all.run()),
      first: await all.first(),
      column: await all.first("name"),
      none: await db.prepare("SELECT * FROM things WHERE id = ?").bind(9).first(),
      raw: await all.raw(),
      named: await all.raw({ columnNames: true }),
      twice: await db.prepare("SELECT 1 AS a, 2 AS a").raw({ columnNames: true }),
      returned: lasting(await db.prepare("UPDATE things SET size = 3 RETURNING id, size").all()),
      numbered: await db.prepare("SELECT ?2 AS b, ?1 AS a").bind("first", "second").first(),
    };
  },

  async meta({ db }) {
    await tableOf(db, "id INTEGER PRIMARY KEY, name TEXT UNIQUE");
    const run = async (sql: string) => lasting(await db.prepare(sql).run());
    return [
      await run("INSERT INTO things (name) VALUES ('a'), ('b'), ('c')"),
      await run("UPDATE things SET name = 'a' WHERE name = 'a'"),
      await run("UPDATE things SET name = 'z' WHERE name = 'nobody'"),
      await run("INSERT OR IGNORE INTO things (name) VALUES ('a')"),
      await run("SELECT count(*) AS n FROM things"),
      await run("DELETE FROM things"),
    ];
  },

  async values({ db }) {
    const one = db.prepare("SELECT ? AS value, typeof(?1) AS type");
    const of = (value: unknown) => told(Promise.resolve().then(() => one.bind(value).first()));
    return {
      true: await of(true),
      false: await of(false),
      null: await of(null),
      whole: await of(7),
      fraction: await of(0.1),
      large: await of(Number.MAX_SAFE_INTEGER),
      notANumber: await of(Number.NaN),
      endless: await of(Number.POSITIVE_INFINITY),
      text: await of("ü€😀\0'"),
      empty: await of(""),
      buffer: await of(new Uint8Array([0, 1, 255]).buffer),
      view: await of(new Uint8Array([9, 0, 1, 255]).subarray(1)),
      array: await of([1, 2, 3]),
      undefined: await of(undefined),
      bigint: await of(1n),
      symbol: await of({ a: 1 }),
      date: await of(new Date(0)),
      notBytes: await of([1, 256]),
      function: await of(() => {}),
    };
  },

  async errors({ db }) {
    await tableOf(db, "id INTEGER PRIMARY KEY, name TEXT UNIQUE NOT NULL");
    const insert = db.prepare("INSERT INTO things (name) VALUES (?)");
    await insert.bind("one").run();
    const all = db.prepare("SELECT * FROM things");
    return {
      syntax: await told(db.prepare("SELEC 1").all()),
      noTable: await told(db.prepare("SELECT * FROM missing").first()),
      unique: await told(insert.bind("one").run()),
      notNull: await told(insert.bind(null).run()),
      tooFew: await told(insert.run()),
      tooMany: await told(insert.bind("a", "b").run()),
      noColumn: await told(all.first("colour")),
      empty: await told(db.prepare("").run()),
      comment: await told(db.prepare("-- nothing").run()),
      exec: await told(db.exec("SELEC 1")),
      forbidden: await told(db.prepare("ATTACH DATABASE 'x' AS x").run()),
      begin: await told(db.prepare("BEGIN TRANSACTION").run()),
    };
  },

  async batch({ db }) {
    await tableOf(db, "id INTEGER PRIMARY KEY, name TEXT UNIQUE");
    const insert = db.prepare("INSERT INTO things (name) VALUES (?)");
    const names = db.prepare("SELECT name FROM things ORDER BY id");
    const done = await db.batch([insert.bind("a"), insert.bind("b"), names]);
    const failed = await told(db.batch([insert.bind("c"), insert.bind("a"), insert.bind("d")]));
    return { done: done.map(lasting), failed, left: await names.raw(), empty: await told(db.batch([])) };
  },

  async exec({ db }) {
    await tableOf(db, "id INTEGER PRIMARY KEY, name TEXT");
    const { count } = await db.exec(
      "INSERT INTO things (name) VALUES ('a')\nINSERT INTO things (name) VALUES ('b')",
    );
    return { count, names: await db.prepare("SELECT name FROM things").raw() };
  },

  async names({ db }) {
    return db.prepare("SELECT name FROM things").raw();
  },

  async limits({ db }) {
    await tableOf(db, "value");
    const insert = db.prepare("INSERT INTO things VALUES (?)");
    const of = (count: number) => Array.from({ length: count }, (_, index) => index);
    const among = (count: number) =>
      db
        .prepare(`SELECT 7 IN (${of(count).map(() => "?")}) AS found`)
        .bind(...of(count))
        .first();
    const statement = (length: number) => db.prepare(`SELECT '${text(length - 9)}'`).raw();
    const length = async (work: Promise<unknown[][]>) => String((await work)[0]?.[0]).length;
    return {
      parameters: await told(among(100)),
      tooManyParameters: await told(among(101)),
      statement: await told(length(statement(99_999))),
      statementTooLong: await told(length(statement(100_001))),
      text: await told(
        insert
          .bind(text(1_900_000))
          .run()
          .then(({ meta }) => meta.changes),
      ),
      textTooLarge: await told(insert.bind(text(2_300_000)).run()),
      blobTooLarge: await told(insert.bind(new ArrayBuffer(2_300_000)).run()),
      columns: await told(
        db.exec(
          `CREATE TABLE wide (${of(101)
            .map((one) => `c${one}`)
            .join(", ")})`,
        ),
      ),
      pattern: await told(db.prepare("SELECT 'a' LIKE ?").bind(text(51)).first()),
    };
  },

  async valueBeyondDocumented({ db }) {
    await tableOf(db, "value");
    const insert = db.prepare("INSERT INTO things VALUES (?)");
    return {
      text: await told(
        insert
          .bind(text(2_000_001))
          .run()
          .then(({ meta }) => meta.changes),
      ),
      // Three bytes each.
      wide: await told(
        insert
          .bind("€".repeat(700_000))
          .run()
          .then(({ meta }) => meta.changes),
      ),
      blob: await told(
        insert
          .bind(new ArrayBuffer(2_000_001))
          .run()
          .then(({ meta }) => meta.changes),
      ),
    };
  },

  async session({ db }) {
    await tableOf(db, "id INTEGER PRIMARY KEY, name TEXT");
    const session = db.withSession("first-primary");
    await session.batch([session.prepare("INSERT INTO things (name) VALUES (?)").bind("a")]);
    return session.prepare("SELECT name FROM things").first("name");
  },

  async undefinedBody({ queue }) {
    return told(queue("plain").send(undefined));
  },

  async refusedBodies({ queue }) {
    const plain = queue("plain");
    return {
      bytes: await told(plain.send("text", { contentType: "bytes" })),
      text: await told(plain.send(7, { contentType: "text" })),
    };
  },

  async v8({ queue }) {
    return told(
      queue("plain")
        .send(new Map([["a", new Date(0)]]), { contentType: "v8" })
        .then(() => "sent"),
    );
  },

  async oneTurn({ queue }) {
    const names = ["plain", "many", "retried"];
    await Promise.all(names.map((name) => queue(name).send({ turn: name })));
    return names;
  },
};
