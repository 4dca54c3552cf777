/** The OpenAPI documents: sound by themselves, and true of the API. */
import { createExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { call, type Door, forbidden, signInReader } from "../../test/api-client.ts";
import { app } from "./app.ts";

/** To the API itself: each request to a Worker takes the runtime of tests longer than the one before, and these are hundreds. */
const inside: Door = (url, init) => app.fetch(new Request(url, init), env, createExecutionContext());

const METHODS = ["get", "post", "put", "patch", "delete"] as const;
const schemaObject = z.record(z.string(), z.json());
const content = z.record(z.string().includes("/"), z.strictObject({ schema: schemaObject }));

const operationSchema = z.strictObject({
  tags: z.array(z.string()).min(1),
  description: z.string().min(1).optional(),
  security: z.array(z.record(z.string(), z.array(z.string()))).optional(),
  parameters: z
    .array(
      z.looseObject({
        name: z.string(),
        in: z.enum(["path", "query", "header"]),
        required: z.boolean(),
        schema: schemaObject,
      }),
    )
    .optional(),
  requestBody: z.strictObject({ required: z.boolean(), content }).optional(),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.strictObject({
      description: z.string().min(1),
      headers: z.record(z.string(), schemaObject).optional(),
      content: content.optional(),
    }),
  ),
});
const fieldsSchema = z.object({
  properties: z.record(z.string(), z.json()).optional(),
  required: z.array(z.string()).optional(),
});
type Operation = z.infer<typeof operationSchema>;

const documentSchema = z.strictObject({
  openapi: z.literal("3.1.0"),
  info: z.looseObject({ title: z.string().min(1), version: z.string().min(1) }),
  paths: z.record(z.string().startsWith("/api/"), z.partialRecord(z.enum(METHODS), operationSchema)),
  components: z.strictObject({
    schemas: z.record(z.string(), schemaObject),
    parameters: z.record(z.string(), schemaObject),
    securitySchemes: z.strictObject({
      bearer: z.strictObject({
        type: z.literal("http"),
        scheme: z.literal("bearer"),
        bearerFormat: z.string(),
      }),
      apiKey: z.strictObject({
        type: z.literal("apiKey"),
        in: z.literal("header"),
        name: z.literal("X-Trento-ApiKey"),
      }),
    }),
  }),
  webhooks: z.strictObject({}).optional(),
});

type Document = z.infer<typeof documentSchema>;
const known = new Map<string, Document>();

/** Each is read once: they are large, and the same for all. */
async function read(name: string): Promise<Document> {
  const before = known.get(name);
  if (before !== undefined) return before;
  const { status, body } = await call("GET", `/api/${name}/openapi`);
  expect(status).toBe(200);
  const document = documentSchema.parse(body);
  known.set(name, document);
  return document;
}

interface Described {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

async function operations(): Promise<Described[]> {
  const { paths } = await read("all");
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method];
      const name = `${method.toUpperCase()} ${path}`;
      return operation === undefined ? [] : [{ name, method: method.toUpperCase(), path, operation }];
    }),
  );
}

function refsIn(value: unknown): string[] {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, child]) =>
    key === "$ref" && typeof child === "string" ? [child] : refsIn(child),
  );
}

describe("the documents", () => {
  it.each(["all", "v1", "v2", "v3", "unversioned"])(
    "%s is sound, and every reference leads somewhere",
    async (name) => {
      const document = await read(name);
      const components: Record<string, object> = document.components;
      for (const ref of refsIn(document)) {
        const [, section = "", component = ""] = /^#\/components\/(\w+)\/(\w+)$/.exec(ref) ?? [];
        expect(components[section], ref).toHaveProperty(component);
      }
    },
  );

  it("share the routes out", async () => {
    const [all, v1, v2, v3, unversioned] = await Promise.all(
      ["all", "v1", "v2", "v3", "unversioned"].map(read),
    );
    const paths = (document: typeof all) => Object.keys(document?.paths ?? {});
    expect(paths(v1).every((path) => path.startsWith("/api/v1/"))).toBe(true);
    expect(paths(v2)).toContain("/api/v2/clusters");
    expect(paths(v2).every((path) => path.startsWith("/api/v2/"))).toBe(true);
    expect(paths(v3)).toEqual(["/api/v3/checks/catalog"]);
    expect(paths(unversioned)).toContain("/api/session");
    const shared = [v1, v2, v3, unversioned].flatMap(paths);
    expect(shared.toSorted()).toEqual(paths(all).toSorted());
  });

  it("name every route that is there, and no other", async () => {
    const isAboutItself = /^\/api\/(doc$|\w+\/openapi$)/;
    const routes = app.routes
      .filter(({ method, path }) => method !== "ALL" && !isAboutItself.test(path))
      .map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
    expect((await operations()).map(({ name }) => name).toSorted()).toEqual([...new Set(routes)].toSorted());
  });

  it("tell of what any route may answer", async () => {
    for (const { name, operation } of await operations()) {
      expect(operation.responses, name).toHaveProperty("503");
      for (const status of ["413", "415"])
        expect(status in operation.responses, name).toBe(operation.requestBody !== undefined);
    }
  });

  it("call any JSON what it is", async () => {
    const { Check, CheckV2, Execution, SelectableCheck, ChecksTarget, Fact } = (await read("all")).components
      .schemas;
    const any = { type: ["string", "number", "boolean", "array", "object", "null"] };
    const environment = { additionalProperties: any };
    for (const check of [Check, CheckV2]) {
      const conditions = { items: { properties: { value: any } } };
      expect(check).toMatchObject({
        properties: {
          metadata: environment,
          values: { items: { properties: { default: any, conditions } } },
        },
      });
    }
    expect(SelectableCheck).toMatchObject({
      properties: { values: { items: { properties: { default_value: any } } } },
    });
    expect(ChecksTarget).toMatchObject({
      properties: { targets: { items: { properties: { attributes: environment } } } },
    });
    expect(Execution).toMatchObject({ properties: { check_results: { items: environment } } });
    expect(Fact).toMatchObject({
      anyOf: [{ properties: { value: any } }, { required: expect.arrayContaining(["error"]) }],
    });
  });

  it("declare the parameters of each path", async () => {
    for (const { name, path, operation } of await operations()) {
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
      const declared = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect(declared.map((parameter) => parameter.name).toSorted(), name).toEqual(inPath.toSorted());
      expect(
        declared.every(({ required }) => required),
        name,
      ).toBe(true);
    }
  });

  it("tell a body and a schema for each answer but 204, and an open socket", async () => {
    for (const { name, operation } of await operations()) {
      for (const [status, { content: described }] of Object.entries(operation.responses)) {
        expect(described === undefined, `${name} ${status}`).toBe(status === "204" || status === "101");
      }
    }
  });

  it("are of an API whose answers nobody keeps, or takes for something else", async () => {
    for (const { name, method, path, operation } of await operations()) {
      const sent = operation.requestBody === undefined ? {} : { raw: "{" };
      const { headers } = await call(method, path, sent, inside);
      expect(headers.get("cache-control"), name).toBe("no-store");
      expect(headers.get("x-content-type-options"), name).toBe("nosniff");
    }
  });

  it("give each protected route its security, and no other any", async () => {
    for (const { name, method, path, operation } of await operations()) {
      const url = path.replaceAll(/\{\w+\}/g, "9cd46919-5f19-59aa-993e-cf3736c71053");
      const sent = operation.requestBody === undefined ? {} : { raw: "{" };
      const { status } = await call(method, url, sent, inside);
      expect(operation.security !== undefined, name).toBe(status === 401);
      expect("401" in operation.responses || status !== 401, name).toBe(true);
      expect(Object.keys(operation.responses), name).toContain(String(status));
    }
  });

  // It asks for everything.
  it("name an ability where one is needed, which a reader does not have", { timeout: 120_000 }, async () => {
    const asReader = await signInReader(inside);
    const needing: string[] = [];
    for (const { name, method, path, operation } of await operations()) {
      if (operation.security?.[0]?.bearer === undefined) continue;
      const url = path.replaceAll(/\{\w+\}/g, "9cd46919-5f19-59aa-993e-cf3736c71053");
      const sent = operation.requestBody === undefined ? {} : { raw: "{" };
      const { status, body } = await asReader(method, url, sent);
      // Whose entries may be read is not of the route, but of the user who is asked for.
      const namesOne = "403" in operation.responses && name !== "GET /api/v1/activity_log";
      expect(status === 403, name).toBe(namesOne);
      if (!namesOne) continue;
      expect({ status, body }, name).toEqual(forbidden);
      needing.push(name);
    }
    expect(needing).toEqual(
      expect.arrayContaining([
        "GET /api/v1/webhooks/{id}/deliveries/{delivery_id}",
        "POST /api/v1/webhooks/{id}/replay",
        "POST /api/v1/hosts/{id}/discovery_requests",
        "POST /api/v1/groups/{group_id}/checks/{check_id}/customization",
      ]),
    );
  });

  it("know agents by their key and users by their token", async () => {
    for (const { name, path, operation } of await operations()) {
      if (operation.security === undefined) continue;
      const forAgents =
        path === "/api/v1/collect" ||
        /\/(heartbeat|socket)$|\/relays\/(heartbeats|discoveries|facts|executions)$/.test(path);
      expect(operation.security, name).toEqual([forAgents ? { apiKey: [] } : { bearer: [] }]);
    }
  });
});

describe("the page", () => {
  it("reads the document of all routes, and loads nothing from elsewhere", async () => {
    const { status, body, headers } = await call("GET", "/api/doc");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toMatch(/^text\/html/);
    const page = z.string().parse(body);
    expect(page).toContain("/api/all/openapi");
    expect(page).not.toMatch(/src="(https?:)?\/\//);
  });

  it("runs what it says itself and nothing else, and is shown in no other page", async () => {
    const { body, headers } = await call("GET", "/api/doc");
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("frame-ancestors 'none'");
    const [, scripts = ""] = /script-src ([^;]*)/.exec(policy) ?? [];
    expect(scripts).not.toContain("unsafe");
    const [, inline] =
      /<script(?![^>]*src=)[^>]*>([\s\S]*?Scalar\.[\s\S]*?)<\/script>/.exec(String(body)) ?? [];
    const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(inline));
    expect(scripts).toContain(`'sha256-${Buffer.from(digest).toString("base64")}'`);
  });
});

describe("the routes of the landscape", () => {
  /** But those that any route may answer. */
  const statusesOf = (operation: Operation | undefined) =>
    Object.keys(operation?.responses ?? {})
      .filter((status) => !["413", "415", "503"].includes(status))
      .toSorted();
  const find = async (name: string) => (await operations()).find((one) => one.name === name)?.operation;

  it.each([
    ["/api/v2/clusters", "Cluster"],
    ["/api/v1/clusters", "ClusterV1"],
    ["/api/v1/sap_systems", "SapSystem"],
    ["/api/v1/sap_systems/health", "SapSystemHealth"],
    ["/api/v1/databases", "Database"],
  ])("GET %s answers a list of %s, whose fields are all required", async (path, name) => {
    const operation = await find(`GET ${path}`);
    expect(statusesOf(operation)).toEqual(["200", "401"]);
    expect(operation?.responses["200"]?.content?.["application/json"]?.schema).toEqual({
      type: "array",
      items: { $ref: `#/components/schemas/${name}` },
    });
    const { [name]: schema = {} } = (await read("all")).components.schemas;
    const { properties = {}, required = [] } = fieldsSchema.parse(schema);
    expect(required.toSorted()).toEqual(Object.keys(properties).toSorted());
    expect(required).toEqual(expect.arrayContaining(["id", "sid"]));
  });

  it("tell of instances, tags and selections with all codes", async () => {
    const instances = "/hosts/{host_id}/instances/{instance_number}";
    for (const kind of ["sap_systems", "databases"]) {
      const operation = await find(`DELETE /api/v1/${kind}/{id}${instances}`);
      expect(statusesOf(operation)).toEqual(["204", "401", "403", "404", "422"]);
    }
    for (const kind of ["hosts", "clusters", "sap_systems", "databases"]) {
      const add = await find(`POST /api/v1/${kind}/{id}/tags`);
      expect(statusesOf(add)).toEqual(["201", "400", "401", "403", "422"]);
      expect(add?.requestBody?.content["application/json"]?.schema).toEqual({
        $ref: "#/components/schemas/NewTag",
      });
      const remove = await find(`DELETE /api/v1/${kind}/{id}/tags/{value}`);
      expect(statusesOf(remove)).toEqual(["204", "401", "403", "404", "422"]);
    }
    for (const kind of ["hosts", "clusters"]) {
      const operation = await find(`POST /api/v1/${kind}/{id}/checks`);
      expect(statusesOf(operation)).toEqual(["202", "400", "401", "403", "404", "422"]);
      expect(operation?.requestBody?.content["application/json"]?.schema).toEqual({
        $ref: "#/components/schemas/ChecksSelection",
      });
    }
  });
});
