/** The API described by itself: OpenAPI documents, and a page to read them. */
import type { OpenAPIHono } from "@hono/zod-openapi";
import { Scalar } from "@scalar/hono-api-reference";
import { version } from "../../package.json";
import type { EdgeContext } from "./context.ts";
import { withPolicy } from "./page-policy.ts";

type Document = ReturnType<OpenAPIHono<EdgeContext>["getOpenAPI31Document"]>;

/** Which paths a document describes, by the name in its own path. */
const documents: Readonly<Record<string, (path: string) => boolean>> = {
  v1: (path) => path.startsWith("/api/v1/"),
  v2: (path) => path.startsWith("/api/v2/"),
  v3: (path) => path.startsWith("/api/v3/"),
  unversioned: (path) => !/^\/api\/v\d+\//.test(path),
  all: () => true,
};

const errors = (description: string) => ({
  description,
  content: { "application/json": { schema: { $ref: "#/components/schemas/Errors" } } },
});

const ofBodies = {
  "413": errors("The body is too large"),
  "415": errors("The body is not said to be JSON"),
};

/** What any route may answer before it is asked, or instead of its own answer. */
function withCommonAnswers(document: Document): Document {
  for (const item of Object.values(document.paths ?? {})) {
    for (const method of ["get", "post", "put", "patch", "delete"] as const) {
      const operation = item[method];
      if (operation === undefined) continue;
      operation.responses = {
        ...(operation.requestBody === undefined ? {} : ofBodies),
        "503": errors("A part of the server is busy: the same may be asked again"),
        ...operation.responses,
      };
    }
  }
  return document;
}

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
      whole ??= withCommonAnswers(
        app.getOpenAPI31Document({ openapi: "3.1.0", info: { title: "trento-edge", version } }),
      );
      const paths = Object.fromEntries(Object.entries(whole.paths ?? {}).filter(([path]) => includes(path)));
      return c.json({ ...whole, paths });
    });
  }
  // The page's script is served from here: networks with SAP systems seldom reach the internet.
  app.get(
    "/api/doc",
    withPolicy,
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
