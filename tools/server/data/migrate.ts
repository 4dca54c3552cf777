/** Applies the D1 migrations that a database lacks, as `wrangler d1 migrations apply` does on the platform. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { root } from "../build.ts";
import type { Database } from "../runtime/database.ts";

const folder = join(root, "migrations");
const appliedSchema = z.array(z.object({ name: z.string() }));

export async function migrate(db: Database): Promise<void> {
  await db
    .prepare(
      "CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE, applied_at TEXT)",
    )
    .run();
  const { results } = await db.prepare("SELECT name FROM d1_migrations").run();
  const applied = new Set(appliedSchema.parse(results).map(({ name }) => name));
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql") && !applied.has(name)).sort();
  for (const name of names) {
    const text = await readFile(join(folder, name), "utf8");
    const statements = text.split("--> statement-breakpoint").map((statement) => db.prepare(statement));
    const mark = db
      .prepare("INSERT INTO d1_migrations (name, applied_at) VALUES (?, ?)")
      .bind(name, new Date().toISOString());
    await db.batch([...statements, mark]);
  }
}
