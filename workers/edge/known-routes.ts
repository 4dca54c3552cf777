/** Which paths and methods there are, for requests that no route answers. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { EdgeContext } from "./context.ts";

export interface KnownRoutes {
  /** Those of a path that is a route word for word, although a route with a parameter would take it as well. */
  literally(path: string): ReadonlySet<string> | undefined;
  /** In the order of the alphabet; none where the path is not there at all. */
  methodsAt(path: string): string[];
}

/** Those of an app, read when they are first asked for. */
export function knownRoutes(app: OpenAPIHono<EdgeContext>): KnownRoutes {
  let patterns: Map<string, { readonly pattern: RegExp; readonly methods: Set<string> }> | null = null;
  const read = () => {
    const found: NonNullable<typeof patterns> = new Map();
    for (const { method, path } of app.routes) {
      // What is there for all methods is middleware.
      if (method === "ALL") continue;
      const known = found.get(path) ?? {
        pattern: new RegExp(`^${path.replaceAll(/:\w+/g, "[^/]+")}$`),
        methods: new Set(),
      };
      found.set(path, known);
      known.methods.add(method);
      // A GET is a HEAD whose body is sent.
      if (method === "GET") known.methods.add("HEAD");
    }
    return found;
  };
  return {
    literally(path) {
      patterns ??= read();
      return patterns.get(path)?.methods;
    },
    methodsAt(path) {
      patterns ??= read();
      const literal = patterns.get(path);
      if (literal !== undefined) return [...literal.methods].sort();
      const at = [...patterns.values()].filter(({ pattern }) => pattern.test(path));
      return [...new Set(at.flatMap(({ methods }) => [...methods]))].sort();
    },
  };
}
