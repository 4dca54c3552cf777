/** The API described by itself: OpenAPI documents, and a page to read them. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { Scalar } from "@scalar/hono-api-reference";
import { version } from "../../package.json";
import type { EdgeContext } from "./context.ts";

type Document = ReturnType<OpenAPIHono<EdgeContext>["getOpenAPI31Document"]>;

/** Which paths a document describes, by the name in its own path. */
const documents: Readonly<Record<string, (path: string) => boolean>> = {
  v1: (path) => path.startsWith("/api/v1/"),
  v2: (path) => path.startsWith("/api/v2/"),
  v3: (path) => path.startsWith("/api/v3/"),
  unversioned: (path) => !/^\/api\/v\d+\//.test(path),
  all: () => true,
};

export function describe(app: OpenAPIHono<EdgeContext>): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "apiKey", {
    type: "apiKey",
    in: "header",
    name: "X-Trento-ApiKey",
  });
  let whole: Document | null = null;
  for (const [name, includes] of Object.entries(documents)) {
    app.get(`/api/${name}/openapi`, (c) => {
      whole ??= app.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "trento-edge", version } });
      const paths = Object.fromEntries(Object.entries(whole.paths ?? {}).filter(([path]) => includes(path)));
      return c.json({ ...whole, paths });
    });
  }
  // The page's script is served from here: networks with SAP systems seldom reach the internet.
  app.get(
    "/api/doc",
    Scalar({
      url: "/api/all/openapi",
      cdn: "/scalar.js",
      pageTitle: "trento-edge API",
      // Nothing of the page asks anybody but this server.
      telemetry: false,
      withDefaultFonts: false,
      hideClientButton: true,
      showDeveloperTools: "never",
      agent: { disabled: true },
    }),
  );
}
