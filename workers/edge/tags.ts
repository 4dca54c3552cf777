/** Tags: plain rows, that outlive the resource's deregistration. */
import { createRoute, z } from "@hono/zod-openapi";
import { and, eq } from "drizzle-orm";
import type { Bindings } from "../bindings.ts";
import { databaseOf } from "../read-models/database.ts";
import { readHosts } from "../read-models/host-views.ts";
import { tags as tagTable } from "../read-models/tables.ts";
import { tellRoom } from "../rooms.ts";
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
import { errorsOf } from "./errors.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";
import { unlessMissing } from "./validation.ts";

const value = z
  .string(unlessMissing("is invalid"))
  .trim()
  .min(1, "can't be blank")
  .max(256, "should be at most 256 characters")
  .regex(/^[+\-=.,_:@\p{L}\w]*$/u, "has invalid format");

const add = createRoute({
  method: "post",
  path: "/api/v1/hosts/{id}/tags",
  tags: ["Tags"],
  security: byToken,
  middleware: [requireUser({ name: "all", resource: "host_tags" })],
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

const remove = createRoute({
  method: "delete",
  path: "/api/v1/hosts/{id}/tags/{value}",
  tags: ["Tags"],
  security: byToken,
  middleware: [requireUser({ name: "all", resource: "host_tags" })],
  request: { params: z.object({ id: idParam("id"), value: z.string().max(1024) }) },
  responses: { 204: { description: "Removed" }, ...unauthorized, ...forbidden, ...notFound, ...invalid },
});

/** A tag is no event of the host, so its version stays; who watches is told all the same. */
async function tellOfTags(env: Bindings, hostId: string): Promise<void> {
  await tellRoom(env, "hosts", async () => {
    const host = (await readHosts(databaseOf(env), [hostId])).get(hostId);
    if (host === undefined || host.view === null) return [];
    return [{ id: hostId, version: host.version, events: ["host_details_updated"], resource: host.view }];
  });
}

export const tags = newRouter()
  .openapi(add, async (c) => {
    const { id } = c.req.valid("param");
    const { value: text } = c.req.valid("json");
    const now = new Date().toISOString();
    const row = {
      value: text,
      resource_id: id,
      resource_type: "host" as const,
      inserted_at: now,
      updated_at: now,
    };
    await databaseOf(c.env).insert(tagTable).values(row).onConflictDoNothing();
    await tellOfTags(c.env, id);
    return c.json({ value: text }, 201);
  })
  .openapi(remove, async (c) => {
    const { id, value: text } = c.req.valid("param");
    const removed = await databaseOf(c.env)
      .delete(tagTable)
      .where(and(eq(tagTable.resource_id, id), eq(tagTable.resource_type, "host"), eq(tagTable.value, text)))
      .returning({ id: tagTable.id });
    if (removed.length === 0) return c.json(errorsOf(404, "The requested resource cannot be found."), 404);
    await tellOfTags(c.env, id);
    return c.body(null, 204);
  });
