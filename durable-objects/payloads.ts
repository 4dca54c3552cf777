/** Large texts, compressed and in parts: a row holds 2 MB. */

const PART_BYTES = 1_000_000;

export const payloadsTable =
  "CREATE TABLE IF NOT EXISTS payloads (owner TEXT, part INTEGER, bytes BLOB NOT NULL, PRIMARY KEY (owner, part)) WITHOUT ROWID";

async function throughStream(
  part: string | Blob,
  stream: CompressionStream | DecompressionStream,
): Promise<ArrayBuffer> {
  return new Response(new Blob([part]).stream().pipeThrough(stream)).arrayBuffer();
}

export async function compress(text: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await throughStream(text, new CompressionStream("gzip")));
}

export function insertPayload(sql: SqlStorage, owner: string, compressed: Uint8Array): void {
  for (let part = 0; part * PART_BYTES < compressed.byteLength; part += 1) {
    const bytes = compressed.slice(part * PART_BYTES, (part + 1) * PART_BYTES);
    sql.exec("INSERT INTO payloads (owner, part, bytes) VALUES (?, ?, ?)", owner, part, bytes);
  }
}

export function deletePayload(sql: SqlStorage, owner: string): void {
  sql.exec("DELETE FROM payloads WHERE owner = ?", owner);
}

/** @returns the text that was stored under `owner`, or null */
export async function readPayload(sql: SqlStorage, owner: string): Promise<string | null> {
  const parts = sql
    .exec<{ bytes: ArrayBuffer }>("SELECT bytes FROM payloads WHERE owner = ? ORDER BY part", owner)
    .toArray();
  if (parts.length === 0) return null;
  const whole = new Blob(parts.map(({ bytes }) => bytes));
  return new TextDecoder().decode(await throughStream(whole, new DecompressionStream("gzip")));
}
