/**
 * Why a heartbeat was lost, as far as anybody knows: agents that fall silent right after another API key was issued do so because
 * of it, and what follows belongs to that request.
 */

/** Milliseconds after a key was issued in which a loss is taken to come from it. */
const BLAMED_FOR = 15_000;
/** Milliseconds for which an answer holds: many hosts may be lost at once. */
const TRUSTED_FOR = 1_000;

export class Reasons {
  readonly #db: D1Database;
  #known: { readonly until: number; readonly correlationId: Promise<string | null> } | null = null;

  constructor(db: D1Database) {
    this.#db = db;
  }

  /** @returns the correlation id of the change */
  async of(heartbeat: "passing" | "critical"): Promise<string> {
    const blamed = heartbeat === "critical" ? await this.#lately() : null;
    return blamed ?? crypto.randomUUID();
  }

  #lately(): Promise<string | null> {
    const now = Date.now();
    if (this.#known === null || this.#known.until <= now) {
      this.#known = { until: now + TRUSTED_FOR, correlationId: this.#read(now) };
    }
    return this.#known.correlationId;
  }

  async #read(now: number): Promise<string | null> {
    try {
      const row = await this.#db
        .prepare("SELECT correlation_id FROM api_key_settings WHERE created_at > ?")
        .bind(new Date(now - BLAMED_FOR).toISOString())
        .first<{ correlation_id: string | null }>();
      return row?.correlation_id ?? null;
    } catch {
      // That a host is lost is worth more than why.
      return null;
    }
  }
}
