/** The unavoidable part: a Durable Object that inserts one row for a request, or does nothing at all. */
import { DurableObject } from "cloudflare:workers";
import { countWrites } from "./counters.ts";

export class BareObject extends DurableObject {
  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env as Cloudflare.Env);
    countWrites(ctx.storage);
    ctx.storage.sql.exec("CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, data TEXT NOT NULL)");
  }

  async insert(data: string): Promise<number> {
    return Number(
      this.ctx.storage.sql.exec("INSERT INTO rows (data) VALUES (?) RETURNING id", data).one().id,
    );
  }

  async nothing(): Promise<boolean> {
    return true;
  }
}
