/** The catalogues: our own, and those that people bring in, which are kept apart from it. */
import { createRoute, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { readCatalogue } from "../../../checks/catalogue/read-catalogue.ts";
import { checkDefinitionSchema, defectSchema } from "../../../checks/definition.ts";
import { ownCatalogue } from "../../../checks/own-catalogue.ts";
import { knownChecks } from "../../../checks/planning/plan.ts";
import { readCatalogues } from "../../../durable-objects/checks-group/catalogues.ts";
import { evaluationOf } from "../../../durable-objects/evaluation/index.ts";
import type { Bindings } from "../../bindings.ts";
import {
  type BroughtIn,
  countOfOthers,
  keepCatalogue,
  readHeads,
  removeCatalogue,
} from "../../read-models/catalogues.ts";
import { databaseOf } from "../../read-models/database.ts";
import { logged } from "../activity.ts";
import { answer, byToken, forbidden, invalid, malformed, notFound, unauthorized } from "../answers.ts";
import type { EdgeContext } from "../context.ts";
import { errorsOf, invalidFields } from "../errors.ts";
import { requireUser } from "../guards.ts";
import { newRouter } from "../router.ts";

const catalogueSchema = z
  .object({
    name: z.string(),
    version: z.string(),
    origin: z.enum(["own", "imported"]),
    checks: z.int(),
    imported_at: z.string().nullable(),
    defects: z.array(defectSchema),
    hidden: z
      .array(z.string())
      .openapi({ description: "Ids of checks that a catalogue before it has too: the first counts" }),
  })
  .openapi("Catalogue");
type CatalogueJson = z.infer<typeof catalogueSchema>;

const name = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, "must be of small letters, digits and hyphens, and at most 63 of them")
  .openapi({ param: { name: "name", in: "path" } });
const files = z
  .array(z.strictObject({ name: z.string().max(256), content: z.string() }))
  .min(1, "should have at least 1 file")
  .max(5_000, "should have at most 5000 files");
const upload = z
  .strictObject({ version: z.string().min(1).max(256).optional(), files })
  .openapi("CatalogueUpload");

const reading = { tags: ["Checks"], security: byToken, middleware: [requireUser()] };
/** Whoever changes what is checked everywhere may do everything. */
const changing = requireUser({ name: "all", resource: "all" });
const named = (c: Context<EdgeContext>) => ({ catalogue: c.req.param("name") });

const list = createRoute({
  ...reading,
  method: "get",
  path: "/api/v1/checks/catalogues",
  responses: {
    200: answer("Our own first, then in the order of import", z.object({ items: z.array(catalogueSchema) })),
    ...unauthorized,
  },
});
const definitions = createRoute({
  ...reading,
  method: "get",
  path: "/api/v1/checks/definitions",
  responses: {
    200: answer(
      "All checks, with everything that they say",
      z.object({
        items: z.array(checkDefinitionSchema.extend({ catalogue: z.string() }).openapi({ type: "object" })),
      }),
    ),
    ...unauthorized,
  },
});
const bringIn = createRoute({
  ...reading,
  middleware: [changing, logged({ type: "checks_catalogue_import", statuses: [200], metadata: named })],
  method: "put",
  path: "/api/v1/checks/catalogues/{name}",
  request: {
    params: z.object({ name }),
    body: { required: true, content: { "application/json": { schema: upload } } },
  },
  responses: {
    200: answer(
      "Brought in, in place of one of the same name; a malformed file is a defect",
      catalogueSchema,
    ),
    ...unauthorized,
    ...forbidden,
    ...invalid,
    ...malformed,
  },
});
const remove = createRoute({
  ...reading,
  middleware: [changing, logged({ type: "checks_catalogue_deletion", statuses: [204], metadata: named })],
  method: "delete",
  path: "/api/v1/checks/catalogues/{name}",
  request: { params: z.object({ name }) },
  responses: {
    204: { description: "Removed; executions keep the checks that they ran" },
    ...unauthorized,
    ...forbidden,
    ...notFound,
    ...invalid,
  },
});

async function describeAll(env: Bindings): Promise<CatalogueJson[]> {
  const [catalogues, heads] = await Promise.all([readCatalogues(env.DB), readHeads(databaseOf(env))]);
  const seen = new Set<string>();
  return catalogues.map(({ name: called, version, checks }) => {
    const head = heads.get(called);
    const hidden = checks.filter(({ id }) => seen.has(id)).map(({ id }) => id);
    for (const { id } of checks) seen.add(id);
    return {
      name: called,
      version,
      origin: head === undefined ? "own" : "imported",
      checks: checks.length,
      imported_at: head?.imported_at ?? null,
      defects: head?.defects ?? [],
      hidden,
    };
  });
}

/** Of catalogues that were brought in, and of the checks in all of them: each execution reads all. */
const MOST_CATALOGUES = 20;
const MOST_CHECKS = 10_000;

/** A catalogue that says no version has one of what is in it. */
async function versionOf(
  contents: readonly { readonly name: string; readonly content: string }[],
): Promise<string> {
  const text = JSON.stringify(contents.map((file) => [file.name, file.content]).sort());
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest).slice(0, 6)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const catalogues = newRouter()
  .openapi(list, async (c) => c.json({ items: await describeAll(c.env) }, 200))
  .openapi(definitions, async (c) => c.json({ items: knownChecks(await readCatalogues(c.env.DB)) }, 200))
  .openapi(bringIn, async (c) => {
    const { name: called } = c.req.valid("param");
    const { version, files: sent } = c.req.valid("json");
    if (called === ownCatalogue.name) {
      const message = "is the name of the catalogue that comes with the program";
      return c.json(invalidFields([{ path: ["name"], message }]), 422);
    }
    const db = databaseOf(c.env);
    const heads = await readHeads(db);
    if (!heads.has(called) && heads.size >= MOST_CATALOGUES) {
      const message = `is one more than the ${MOST_CATALOGUES} catalogues that can be brought in`;
      return c.json(invalidFields([{ path: ["name"], message }]), 422);
    }
    const { checks, defects } = await readCatalogue(sent, evaluationOf(c.env));
    if (checks.length === 0) {
      const [first] = defects;
      const reason = first === undefined ? "none is called <id>.yaml" : `${first.file}: ${first.message}`;
      return c.json(invalidFields([{ path: ["files"], message: `have no usable check: ${reason}` }]), 422);
    }
    const all = (await countOfOthers(db, called)) + checks.length;
    if (all > MOST_CHECKS) {
      const message = `make ${all} checks with the other catalogues that were brought in, and ${MOST_CHECKS} is the most`;
      return c.json(invalidFields([{ path: ["files"], message }]), 422);
    }
    const broughtIn: BroughtIn = {
      name: called,
      version: version ?? (await versionOf(sent)),
      checks,
      defects,
      at: new Date().toISOString(),
    };
    await keepCatalogue(db, broughtIn);
    const described = (await describeAll(c.env)).find((one) => one.name === called);
    if (described === undefined) throw new Error("a catalogue was brought in and is not there");
    return c.json(described, 200);
  })
  .openapi(remove, async (c) => {
    const { name: called } = c.req.valid("param");
    if (called === ownCatalogue.name) {
      return c.json(errorsOf(403, "The catalogue that comes with the program cannot be removed."), 403);
    }
    const wasThere = await removeCatalogue(databaseOf(c.env), called);
    return wasThere
      ? c.body(null, 204)
      : c.json(errorsOf(404, "The requested resource cannot be found."), 404);
  });
