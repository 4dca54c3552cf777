/** Paths without a version lead to the newest version that has them. */
import type { KnownRoutes } from "./known-routes.ts";

/** The paths that a request for `/api/<path>` may mean, the newest version first; none where it names one. */
export function versionsOf(path: string): string[] {
  const rest = /^\/api\/(?!v\d+\/)(.+)$/.exec(path)?.[1];
  return rest === undefined ? [] : ["v3", "v2", "v1"].map((version) => `/api/${version}/${rest}`);
}

/** @returns where a request for `/api/<path>` is sent, or null when no version has it */
export function versionedPath(routes: KnownRoutes, method: string, path: string): string | null {
  return versionsOf(path).find((candidate) => routes.methodsAt(candidate).includes(method)) ?? null;
}
