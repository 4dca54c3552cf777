/** Paths without a version lead to the newest version that has them. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { EdgeContext } from "./context.ts";

interface KnownRoute {
  readonly method: string;
  readonly pattern: RegExp;
}

function routesOf(app: OpenAPIHono<EdgeContext>): KnownRoute[] {
  return app.openAPIRegistry.definitions.flatMap((definition) => {
    if (definition.type !== "route") return [];
    const { method, path } = definition.route;
    return [
      { method: method.toUpperCase(), pattern: new RegExp(`^${path.replaceAll(/\{[^}]+\}/g, "[^/]+")}$`) },
    ];
  });
}

/** @returns where a request for `/api/<path>` is sent, or null when no version has it */
export function versionedPath(
  app: OpenAPIHono<EdgeContext>,
): (method: string, path: string) => string | null {
  let routes: KnownRoute[] | null = null;
  return (asked, path) => {
    const method = asked === "HEAD" ? "GET" : asked;
    const rest = /^\/api\/(?!v\d+\/)(.+)$/.exec(path)?.[1];
    if (rest === undefined) return null;
    routes ??= routesOf(app);
    for (const candidate of [`/api/v3/${rest}`, `/api/v2/${rest}`, `/api/v1/${rest}`]) {
      if (routes.some((route) => route.method === method && route.pattern.test(candidate))) return candidate;
    }
    return null;
  };
}
