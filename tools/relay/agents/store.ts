/** The last discovery of each agent and type, on disk: what was taken of an agent outlives the edge's absence, and the relay. */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { z } from "zod";
import { type DiscoveryType, discoveryTypeSchema } from "../../../domain/discovery/envelope.ts";

export interface Key {
  readonly agentId: string;
  readonly type: DiscoveryType;
}

export interface Kept extends Key {
  readonly hash: string;
  /** Not yet forwarded. */
  readonly pending: boolean;
}

const rowSchema = z
  .object({ agent_id: z.string(), type: discoveryTypeSchema, hash: z.string(), pending: z.number() })
  .transform(
    ({ agent_id, type, hash, pending }): Kept => ({ agentId: agent_id, type, hash, pending: pending === 1 }),
  );
const bodySchema = z.object({ body: z.instanceof(Uint8Array<ArrayBuffer>), hash: z.string() });

export class DiscoveryStore {
  readonly #db: DatabaseSync;

  /** @param folder is made where it is not there; null keeps all in memory */
  constructor(folder: string | null) {
    if (folder !== null) mkdirSync(folder, { recursive: true, mode: 0o700 });
    this.#db = new DatabaseSync(folder === null ? ":memory:" : join(folder, "discoveries.sqlite"));
    // What was said to be taken must be there after a power failure.
    this.#db.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
    this.#db.exec(`CREATE TABLE IF NOT EXISTS discoveries (
      agent_id TEXT NOT NULL, type TEXT NOT NULL, hash TEXT NOT NULL, body BLOB NOT NULL,
      pending INTEGER NOT NULL, position INTEGER NOT NULL, PRIMARY KEY (agent_id, type))`);
    this.#db.exec("CREATE INDEX IF NOT EXISTS waiting ON discoveries (position) WHERE pending = 1");
  }

  all(): Kept[] {
    const rows = this.#db.prepare("SELECT agent_id, type, hash, pending FROM discoveries").all();
    return z.array(rowSchema).parse(rows);
  }

  /** In place of the one before: a discovery is a state, and the newest is the one that counts. */
  keep({ agentId, type, hash, pending }: Kept, body: Uint8Array): void {
    this.#db
      .prepare(
        `INSERT OR REPLACE INTO discoveries (agent_id, type, hash, body, pending, position)
         VALUES (?, ?, ?, ?, ?, (SELECT coalesce(max(position), 0) + 1 FROM discoveries))`,
      )
      .run(agentId, type, hash, body, pending ? 1 : 0);
  }

  body({ agentId, type }: Key) {
    const row = this.#db
      .prepare("SELECT body, hash FROM discoveries WHERE agent_id = ? AND type = ?")
      .get(agentId, type);
    return row === undefined ? null : bodySchema.parse(row);
  }

  /** @returns false where it is not the one of this hash any more */
  settle({ agentId, type }: Key, hash: string, pending: boolean): boolean {
    const { changes } = this.#db
      .prepare("UPDATE discoveries SET pending = ? WHERE agent_id = ? AND type = ? AND hash = ?")
      .run(pending ? 1 : 0, agentId, type, hash);
    return changes > 0;
  }

  drop({ agentId, type }: Key, hash: string): void {
    this.#db
      .prepare("DELETE FROM discoveries WHERE agent_id = ? AND type = ? AND hash = ?")
      .run(agentId, type, hash);
  }

  /** The one that waits longest. */
  next(): Kept | null {
    const row = this.#db
      .prepare(
        "SELECT agent_id, type, hash, pending FROM discoveries WHERE pending = 1 ORDER BY position LIMIT 1",
      )
      .get();
    return row === undefined ? null : rowSchema.parse(row);
  }

  waiting(): number {
    const row = this.#db.prepare("SELECT count(*) AS count FROM discoveries WHERE pending = 1").get();
    return z.object({ count: z.number() }).parse(row).count;
  }

  close(): void {
    this.#db.close();
  }
}
