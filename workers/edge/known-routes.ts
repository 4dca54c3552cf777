/** Which paths and methods there are, for requests that no route answers. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import type { EdgeContext } from "./context.ts";

export interface KnownRoutes {
  /**
   * Those of a path that is a route word for word, although a route with a parameter in that place would take it as well: no id is
   * such a word, and no name may be (relay-names.int.spec.ts).
   */
  literally(path: string): ReadonlySet<string> | undefined;
  /** In the order of the alphabet; none where the path is not there at all. */
  methodsAt(path: string): string[];
}

interface Known {
  readonly pattern: RegExp;
  readonly methods: Set<string>;
}

const PARAMETER = /:\w+/g;

/** Those of an app, read when they are first asked for. */
export function knownRoutes(app: OpenAPIHono<EdgeContext>): KnownRoutes {
  let patterns: Map<string, Known> | null = null;
  const read = () => {
    const found: NonNullable<typeof patterns> = new Map();
    for (const { method, path } of app.routes) {
      // What is there for all methods is middleware.
      if (method === "ALL") continue;
      const known = found.get(path) ?? {
        pattern: new RegExp(`^${path.replaceAll(PARAMETER, "[^/]+")}$`),
        methods: new Set(),
      };
      found.set(path, known);
      known.methods.add(method);
      // A GET is a HEAD whose body is sent.
      if (method === "GET") known.methods.add("HEAD");
    }
    return found;
  };
  const methodsOf = (all: readonly Known[]) => new Set(all.flatMap(({ methods }) => [...methods]));
  const literally: KnownRoutes["literally"] = (path) => {
    patterns ??= read();
    return patterns.get(path)?.methods;
  };
  return {
    literally,
    methodsAt(path) {
      patterns ??= read();
      const methods =
        literally(path) ?? methodsOf([...patterns.values()].filter(({ pattern }) => pattern.test(path)));
      return [...methods].sort();
    },
  };
}
