/** Reads what a stopped server left in its data directory. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";

const eventSchema = z.object({ version: z.int(), id: z.string(), type: z.string(), data: z.string() });
export type EventRow = z.infer<typeof eventSchema>;

function sqliteFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".sqlite") && !name.endsWith("metadata.sqlite"))
    .map((name) => join(folder, name));
}

function tablesOf(db: DatabaseSync): string[] {
  const rows = db.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
  return rows.map(({ name }) => String(name));
}

/** The events of every host's stream, by host. */
export function readStreams(dataDir: string): Map<string, EventRow[]> {
  const streams = new Map<string, EventRow[]>();
  for (const file of sqliteFiles(join(dataDir, "durable-objects"))) {
    const db = new DatabaseSync(file);
    if (tablesOf(db).includes("events")) {
      const id = String(db.prepare("SELECT id FROM stream").get()?.id);
      const rows = db.prepare("SELECT version, id, type, data FROM events ORDER BY version").all();
      streams.set(id, z.array(eventSchema).parse(rows));
    }
    db.close();
  }
  return streams;
}

/** Rows of the read model `hosts`, and the projector's checkpoints, by host. */
export function readReadModel(dataDir: string) {
  const [file] = sqliteFiles(join(dataDir, "d1"));
  if (file === undefined) throw new Error("there is no read model");
  const db = new DatabaseSync(file);
  const hosts = db.prepare("SELECT id, agent_version, version FROM hosts").all();
  const checkpoints = db
    .prepare("SELECT stream, version FROM checkpoints WHERE subscriber = 'projector'")
    .all();
  db.close();
  return {
    hosts: new Map(
      hosts.map((row) => [
        String(row.id),
        { agentVersion: String(row.agent_version), version: Number(row.version) },
      ]),
    ),
    checkpoints: new Map(
      checkpoints.map((row) => [String(row.stream).replace("host/", ""), Number(row.version)]),
    ),
  };
}
