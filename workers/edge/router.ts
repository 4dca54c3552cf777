/** A router whose routes are validated by the schemas that describe them. */
import { OpenAPIHono } from "@hono/zod-openapi";
import type { EdgeContext } from "./context.ts";
import { invalidFields } from "./errors.ts";
import { requestIssues } from "./validation.ts";

export function newRouter(): OpenAPIHono<EdgeContext> {
  return new OpenAPIHono<EdgeContext>({
    // A slash at the end says nothing, as with Trento.
    strict: false,
    defaultHook: (result, c) => {
      if (!result.success) return c.json(invalidFields(requestIssues(result.error)), 422);
      return undefined;
    },
  });
}
