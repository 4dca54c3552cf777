/** In place of `durable-objects/payloads.ts`: its streams run in threads. A turn of the world stands for the time that they take. */
import { gunzipSync, gzipSync } from "node:zlib";

const PART_BYTES = 1_000_000;
export const payloadsTable =
  "CREATE TABLE IF NOT EXISTS payloads (owner TEXT, part INTEGER, bytes BLOB NOT NULL, PRIMARY KEY (owner, part)) WITHOUT ROWID";

export async function compress(text: string): Promise<Uint8Array> {
  await scheduler.wait(0);
  return new Uint8Array(gzipSync(text, { level: 1 }));
}

export function insertPayload(sql: SqlStorage, owner: string, compressed: Uint8Array): void {
  for (let part = 0; part * PART_BYTES < compressed.byteLength; part += 1)
    sql.exec(
      "INSERT INTO payloads (owner, part, bytes) VALUES (?, ?, ?)",
      owner,
      part,
      compressed.slice(part * PART_BYTES, (part + 1) * PART_BYTES),
    );
}

export function deletePayload(sql: SqlStorage, owner: string): void {
  sql.exec("DELETE FROM payloads WHERE owner = ?", owner);
}

export async function readPayload(sql: SqlStorage, owner: string): Promise<string | null> {
  const parts = sql
    .exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM payloads WHERE owner = ? ORDER BY part", owner)
    .toArray();
  if (parts.length === 0) return null;
  await scheduler.wait(0);
  return gunzipSync(Buffer.concat(parts.map(({ bytes }) => new Uint8Array(bytes)))).toString();
}
