/** A router whose routes are validated by the schemas that describe them. */
import { OpenAPIHono } from "@hono/zod-openapi";
import type { EdgeContext } from "./context.ts";
import { fail, invalidFields } from "./errors.ts";
import { requestIssues } from "./validation.ts";

const JSON_TYPE = /^application\/([a-z-.]+\+)?json(\s*;|$)/;

export function newRouter(): OpenAPIHono<EdgeContext> {
  return new OpenAPIHono<EdgeContext>({
    // A slash at the end says nothing, as with Trento.
    strict: false,
    defaultHook: (result, c) => {
      if (!result.success) return c.json(invalidFields(requestIssues(result.error)), 422);
      // What is sent as something else is read as nothing, which a schema may take where no field has to be there.
      if (result.target === "json" && !JSON_TYPE.test(c.req.header("content-type") ?? ""))
        return fail(c, 400, "The body is not JSON.");
      return undefined;
    },
  });
}
