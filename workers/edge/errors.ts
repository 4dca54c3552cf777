/** Error bodies, in Trento's form. */

import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { type Issue, toPointer } from "../../domain/discovery/issue.ts";

export const errorsSchema = z
  .object({
    errors: z.array(
      z.object({
        title: z.string(),
        detail: z.string(),
        source: z.object({ pointer: z.string().openapi({ example: "/field" }) }).optional(),
        metadata: z
          .array(z.object({ id: z.string(), label: z.string(), type: z.string() }))
          .optional()
          .openapi({ description: "With refused operations: what `{0}` and so on in the detail stand for" }),
      }),
    ),
  })
  .openapi("Errors");
export type Errors = z.infer<typeof errorsSchema>;

export const unauthorizedSchema = z.object({ error: z.literal("Unauthorized") }).openapi("Unauthorized");

const titles: Readonly<Record<number, string>> = {
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
  408: "Request Timeout",
  413: "Payload Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Entity",
  429: "Too Many Requests",
  431: "Request Header Fields Too Large",
  500: "Internal Server Error",
  501: "Not implemented",
  503: "Service Unavailable",
};

export function errorsOf(status: number, detail: string): Errors {
  return { errors: [{ title: titles[status] ?? "Error", detail }] };
}

export function fail(c: Context, status: ContentfulStatusCode, detail: string) {
  return c.json(errorsOf(status, detail), status);
}

/** One error a field, each with a pointer to it. */
export function invalidFields(issues: readonly Issue[]): Errors {
  return {
    errors: issues.map(({ path, message }) => ({
      title: "Invalid value",
      detail: message,
      source: { pointer: toPointer(path) },
    })),
  };
}
