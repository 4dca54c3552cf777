/** Tags: plain rows, that outlive the resource's deregistration. */
import { createRoute, z } from "@hono/zod-openapi";
import { and, eq, sql } from "drizzle-orm";
import { type TaggedResource, taggedResources } from "../../domain/tag.ts";
import type { Topic } from "../../party/messages.ts";
import type { Bindings } from "../bindings.ts";
import { readClusters } from "../read-models/cluster-views.ts";
import { type Database, databaseOf } from "../read-models/database.ts";
import { readDatabases } from "../read-models/database-views.ts";
import { readHosts } from "../read-models/host-views.ts";
import { readSapSystems } from "../read-models/sap-system-views.ts";
import { tags as tagTable } from "../read-models/tables.ts";
import { tell } from "../rooms.ts";
import { bodyOf, idOf, logged } from "./activity.ts";
import {
  answer,
  byToken,
  forbidden,
  idParam,
  invalid,
  malformed,
  notFound,
  unauthorized,
} from "./answers.ts";
import { errorsOf, invalidFields } from "./errors.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";
import { unlessMissing } from "./validation.ts";

const value = z
  .string(unlessMissing("is invalid"))
  .trim()
  .min(1, "can't be blank")
  .max(256, "should be at most 256 characters")
  .regex(/^[+\-=.,_:@\p{L}\p{N}\w]*$/u, "has invalid format")
  // A path of these leads to what is above it: such a tag could not be removed.
  .refine((text) => text !== "." && text !== "..", "has invalid format")
  .openapi({
    description: "Letters and digits of any script, and some signs; neither . nor ..",
    // `\p` is not known everywhere.
    pattern: "^(?!\\.{1,2}$)[+\\-=.,_:@\\w]+$",
    example: "prod",
  });

/** By type of resource: the room that watches it, what its changes are called there, and how it is read. */
const watched = {
  host: { topic: "hosts", event: "host_details_updated", read: readHosts },
  cluster: { topic: "clusters", event: "cluster_details_updated", read: readClusters },
  sap_system: { topic: "sap_systems", event: "sap_system_updated", read: readSapSystems },
  database: { topic: "databases", event: "database_updated", read: readDatabases },
} as const satisfies Record<TaggedResource, { topic: Topic; event: string; read: unknown }>;

/** A tag is no event of the resource, so its version stays; who watches is told all the same. */
async function tellOfTags(env: Bindings, type: TaggedResource, id: string): Promise<void> {
  const { topic, event, read } = watched[type];
  await tell(env, topic, async () => {
    const found = (await read(databaseOf(env), [id])).get(id);
    if (found === undefined || found.view === null) return { changes: [], messages: [] };
    const { version, view } = found;
    return { changes: [{ id, version, events: [event], resource: view }], messages: [] };
  });
}

/** Of one resource: lists show them all. */
const MOST = 100;
const TOO_MANY = `is one more than the ${MOST} tags that a resource may have`;

/** One that is there already is as good as new. */
async function addTag(db: Database, row: typeof tagTable.$inferInsert): Promise<"there" | "too many"> {
  const { value: text, resource_id, resource_type } = row;
  const [, found] = await db.batch([
    db
      .insert(tagTable)
      // The columns stand in the table's order.
      .select(sql`
        SELECT NULL, ${text}, ${resource_id}, ${resource_type}, ${row.inserted_at}, ${row.updated_at}
        WHERE (SELECT count(*) FROM tags WHERE resource_id = ${resource_id} AND resource_type = ${resource_type}) < ${MOST}`)
      .onConflictDoNothing(),
    db
      .select({ id: tagTable.id })
      .from(tagTable)
      .where(and(eq(tagTable.resource_id, resource_id), eq(tagTable.value, text))),
  ]);
  return found.length > 0 ? "there" : "too many";
}

function routesFor(type: TaggedResource) {
  const path = `/api/v1/${watched[type].topic}/{id}/tags`;
  const guard = requireUser({ name: "all", resource: `${type}_tags` });
  const add = createRoute({
    method: "post",
    path,
    tags: ["Tags"],
    security: byToken,
    middleware: [
      guard,
      logged({
        type: "resource_tagging",
        statuses: [201],
        metadata: async (c) => ({
          resource_id: idOf(c),
          resource_type: type,
          added_tag: (await bodyOf(c)).value,
        }),
      }),
    ],
    request: {
      params: z.object({ id: idParam("id") }),
      body: {
        required: true,
        content: { "application/json": { schema: z.strictObject({ value }).openapi("NewTag") } },
      },
    },
    responses: {
      201: answer("Tagged", z.object({ value: z.string() }).openapi("TagValue")),
      ...unauthorized,
      ...forbidden,
      ...invalid,
      ...malformed,
    },
  });
  const loggedRemoval = logged({
    type: "resource_untagging",
    statuses: [204],
    metadata: (c) => ({
      resource_id: idOf(c),
      resource_type: type,
      removed_tag: c.req.param("value") ?? c.req.query("value"),
    }),
  });
  const remove = createRoute({
    method: "delete",
    path: `${path}/{value}`,
    tags: ["Tags"],
    security: byToken,
    middleware: [guard, loggedRemoval],
    request: { params: z.object({ id: idParam("id"), value: z.string().max(1024) }) },
    responses: { 204: { description: "Removed" }, ...unauthorized, ...forbidden, ...notFound, ...invalid },
  });
  /** Any text may be asked for here, also one that no path can have. */
  const removeByQuery = createRoute({
    method: "delete",
    path,
    tags: ["Tags"],
    security: byToken,
    middleware: [guard, loggedRemoval],
    request: {
      params: z.object({ id: idParam("id") }),
      query: z.object({ value: z.string(unlessMissing("is invalid")).max(1024) }),
    },
    responses: { 204: { description: "Removed" }, ...unauthorized, ...forbidden, ...notFound, ...invalid },
  });
  return { add, remove, removeByQuery };
}

const NOT_FOUND = "The requested resource cannot be found.";

export const tags = newRouter();

for (const type of taggedResources) {
  const { add, remove, removeByQuery } = routesFor(type);

  /** @returns whether it was there */
  async function untag(env: Bindings, id: string, text: string): Promise<boolean> {
    const removed = await databaseOf(env)
      .delete(tagTable)
      .where(and(eq(tagTable.resource_id, id), eq(tagTable.resource_type, type), eq(tagTable.value, text)))
      .returning({ id: tagTable.id });
    if (removed.length > 0) await tellOfTags(env, type, id);
    return removed.length > 0;
  }

  tags.openapi(add, async (c) => {
    const { id } = c.req.valid("param");
    const { value: text } = c.req.valid("json");
    const now = new Date().toISOString();
    const row = { value: text, resource_id: id, resource_type: type, inserted_at: now, updated_at: now };
    const outcome = await addTag(databaseOf(c.env), row);
    if (outcome === "too many") {
      return c.json(invalidFields([{ path: ["value"], message: TOO_MANY }]), 422);
    }
    await tellOfTags(c.env, type, id);
    return c.json({ value: text }, 201);
  });
  tags.openapi(remove, async (c) => {
    const { id, value: text } = c.req.valid("param");
    if (!(await untag(c.env, id, text))) return c.json(errorsOf(404, NOT_FOUND), 404);
    return c.body(null, 204);
  });
  tags.openapi(removeByQuery, async (c) => {
    const { id } = c.req.valid("param");
    if (!(await untag(c.env, id, c.req.valid("query").value))) return c.json(errorsOf(404, NOT_FOUND), 404);
    return c.body(null, 204);
  });
}
