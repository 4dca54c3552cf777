/**
 * Routes of Trento for what is not built here. A client written for Trento takes a 404 without a reason for a fault of the
 * server; what these answer makes it tell people what is not there. Each says its own name, so that it is not taken for a 404.
 */
import { createRoute, type OpenAPIHono, type RouteConfig, z } from "@hono/zod-openapi";
import type { Ability } from "../auth/users.ts";
import { answer, byToken, forbidden, idParam, invalid, unauthorized } from "./answers.ts";
import type { EdgeContext } from "./context.ts";
import { type Errors, errorsOf, errorsSchema } from "./errors.ts";
import { requireUser } from "./guards.ts";

export interface NotBuilt {
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  readonly path: string;
  readonly tags: string[];
  /** Whoever has one of them is told that it is not built; others, that they may not. */
  readonly abilities?: readonly Ability[];
  readonly status: 403 | 404 | 422 | 501;
  readonly errors: Errors;
}

/** Parameters that are no ids. */
const texts: readonly string[] = ["advisory_name", "instance_number"];

function paramsOf(path: string) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? "");
  const text = (name: string) =>
    z
      .string()
      .max(1_024)
      .openapi({ param: { name, in: "path" } });
  return z.object(
    Object.fromEntries(names.map((name) => [name, texts.includes(name) ? text(name) : idParam(name)])),
  );
}

/** A reason for people; with a field, a form of Trento's shows it below that field. */
export function notBuilt(detail: string, field?: string): Errors {
  const { errors } = errorsOf(501, detail);
  return {
    errors: field === undefined ? errors : errors.map((e) => ({ ...e, source: { pointer: `/${field}` } })),
  };
}

export function addNotBuilt(
  router: OpenAPIHono<EdgeContext>,
  { method, path, tags, abilities = [], status, errors }: NotBuilt,
): void {
  const responses: RouteConfig["responses"] = {
    ...unauthorized,
    ...(abilities.length > 0 ? forbidden : {}),
    ...(path.includes("{") ? invalid : {}),
    [status]: answer(errors.errors[0]?.detail ?? "", errorsSchema),
  };
  const route = createRoute({
    method,
    path,
    tags,
    description: "Not built yet.",
    security: byToken,
    middleware: [requireUser(...abilities)],
    request: { params: paramsOf(path) },
    responses,
  });
  router.openapi(route, (c) => c.json(errors, status));
}
