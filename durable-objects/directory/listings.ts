/** What hosts told: which databases are served at which addresses. */

export interface Entry {
  readonly databaseId: string;
  readonly hostId: string;
  readonly addresses: readonly string[];
}

export class Listings {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(
      `CREATE TABLE IF NOT EXISTS listings (
         database_id TEXT NOT NULL, host_id TEXT NOT NULL, address TEXT NOT NULL,
         PRIMARY KEY (address, database_id, host_id)
       ) WITHOUT ROWID`,
    );
  }

  /** Takes the place of what the host told before. */
  put({ databaseId, hostId, addresses }: Entry): void {
    this.remove(databaseId, hostId);
    this.#sql.exec(
      "INSERT OR IGNORE INTO listings (address, database_id, host_id) SELECT value, ?, ? FROM json_each(?)",
      databaseId,
      hostId,
      JSON.stringify(addresses),
    );
  }

  remove(databaseId: string, hostId: string): void {
    this.#sql.exec("DELETE FROM listings WHERE database_id = ? AND host_id = ?", databaseId, hostId);
  }

  /** Addresses at which a database is served. */
  of(databaseId: string): string[] {
    return this.#sql
      .exec<{ address: string }>("SELECT DISTINCT address FROM listings WHERE database_id = ?", databaseId)
      .toArray()
      .map(({ address }) => address);
  }

  /** In order, so that everybody who finds several finds the same first. */
  at(address: string): string[] {
    return this.#sql
      .exec<{ database_id: string }>(
        "SELECT DISTINCT database_id FROM listings WHERE address = ? ORDER BY database_id",
        address,
      )
      .toArray()
      .map(({ database_id }) => database_id);
  }
}
