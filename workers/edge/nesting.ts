/** Refuses JSON that nests deeper than anything real: the schemas would run out of stack over it. */
import { createMiddleware } from "hono/factory";
import { nestsDeeperThan } from "../../domain/json.ts";
import type { EdgeContext } from "./context.ts";
import { invalidFields } from "./errors.ts";

const WITH_BODY: ReadonlySet<string> = new Set(["POST", "PUT", "PATCH"]);

export const refuseDeepJson = createMiddleware<EdgeContext>(async (c, next) => {
  const isJson = c.req.header("content-type")?.includes("json") === true;
  // A heartbeat says JSON and sends nothing.
  const isEmpty = c.req.header("content-length") === "0";
  if (isJson && !isEmpty && WITH_BODY.has(c.req.method)) {
    // What is no JSON is the validator's affair. The request keeps the body for it.
    const value: unknown = await c.req.json().catch(() => null);
    if (nestsDeeperThan(value)) {
      return c.json(invalidFields([{ path: [], message: "is nested too deeply" }]), 422);
    }
  }
  return next();
});
