/** Pieces of the API's description that many routes share. */
import { z } from "@hono/zod-openapi";
import { errorsSchema, unauthorizedSchema } from "./errors.ts";

function json<S extends z.ZodType>(description: string, schema: S) {
  return { description, content: { "application/json": { schema } } };
}

export const answer = json;
export const unauthorized = { 401: json("No valid credentials", unauthorizedSchema) };
export const forbidden = { 403: json("The user lacks the ability", errorsSchema) };
export const notFound = { 404: json("Not found", errorsSchema) };
export const invalid = { 422: json("Invalid value", errorsSchema) };
export const malformed = { 400: json("The body is not JSON", errorsSchema) };
/** Any value that JSON has: the library would describe it as an object. */
export const anyJson = () =>
  z.json().openapi({ type: ["string", "number", "boolean", "array", "object", "null"] });
export const emptyAnswer = z.object({}).openapi("Empty");

export const byToken = [{ bearer: [] }];
export const byApiKey = [{ apiKey: [] }];

/** Ids in paths are UUIDs, in any case of the letters. */
export const idParam = (name: string) =>
  z
    .guid("has invalid format")
    .toLowerCase()
    .openapi({ param: { name, in: "path" }, example: "9cd46919-5f19-59aa-993e-cf3736c71053" });
