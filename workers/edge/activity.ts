/** Which requests have an entry in the activity log, and what it says: a route names it among its middleware. */
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import { redacted } from "../../domain/activity-log/entry.ts";
import { errorLines } from "../../durable-objects/error-lines.ts";
import { type Activity, record } from "../activity-log.ts";
import type { Bindings } from "../bindings.ts";
import type { EdgeContext } from "./context.ts";

type EdgeRequest = Context<EdgeContext>;

interface Logged {
  readonly type: string;
  /** Of the answer: others have no entry. */
  readonly statuses: readonly number[];
  /** What was asked for; secrets in it are left out. */
  metadata(c: EdgeRequest): Promise<object> | object;
  /** The user who is signed in, unless it is said otherwise. */
  actor?(c: EdgeRequest): Promise<string>;
  /** How it is written, unless each has an entry of its own. */
  write?(env: Bindings, activity: Activity): Promise<void>;
}

/** An id in the path, as it is written everywhere else. */
export function idOf(c: EdgeRequest, name = "id"): string | undefined {
  return c.req.param(name)?.toLowerCase();
}

/** The body, read again: it was read by the route, and is kept. Nothing where it is no JSON object. */
export async function bodyOf(c: EdgeRequest): Promise<Record<string, unknown>> {
  const body: unknown = await c.req.json().catch(() => ({}));
  return typeof body === "object" && body !== null ? { ...body } : {};
}

/** Before the answer is given: who has it may read the entry. Whatever happens to the entry, the answer stands. */
export function logged({
  type,
  statuses,
  metadata,
  actor = async (c) => c.get("user").username,
  write = record,
}: Logged) {
  return createMiddleware<EdgeContext>(async (c, next) => {
    await next();
    if (!statuses.includes(c.res.status)) return;
    try {
      const told = redacted(await metadata(c)) as Record<string, unknown>;
      await write(c.env, { type, actor: await actor(c), metadata: told });
    } catch (error) {
      errorLines.tell(`the entry ${type} of the activity log could not be written`, error);
    }
  });
}
