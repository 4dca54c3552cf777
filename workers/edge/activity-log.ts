/** The activity log (api.md). */
import { createRoute, z } from "@hono/zod-openapi";
import { activityEntrySchema } from "../../domain/activity-log/entry.ts";
import { hasTooManyTerms, MOST_TERMS, parseSearch } from "../../domain/activity-log/search.ts";
import { severitySchema } from "../../domain/activity-log/severity.ts";
import { actorAsSeenBy } from "../../domain/activity-log/visibility.ts";
import { managesUsers, seesActors } from "../auth/users.ts";
import { type Place, readActivity } from "../read-models/activity-log.ts";
import { databaseOf } from "../read-models/database.ts";
import { answer, byToken, forbidden, invalid, unauthorized } from "./answers.ts";
import { errorsOf, invalidFields } from "./errors.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";

const MOST = 100;
const DEFAULT = 25;

/** Opaque to clients: the place of an entry. */
function cursorOf({ occurred_on, id }: Place): string {
  return btoa(JSON.stringify([occurred_on, id]))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}

const placeSchema = z.tuple([z.string(), z.string()]);

const cursor = z
  .string()
  .max(512)
  .transform((text, context): Place => {
    try {
      const [occurred_on, id] = placeSchema.parse(
        JSON.parse(atob(text.replaceAll("-", "+").replaceAll("_", "/"))),
      );
      return { occurred_on, id };
    } catch {
      context.addIssue({ code: "custom", message: "is invalid" });
      return z.NEVER;
    }
  });

const count = z.coerce
  .number("is invalid")
  .int("is invalid")
  .min(1, "must be greater than 0")
  .max(MOST, `must be at most ${MOST}`);

/** A day, or a time with its distance from UTC or, without one, in UTC: what else `Date` can read it reads as it likes. */
const time = z
  .union([z.iso.datetime({ offset: true }), z.iso.datetime({ local: true }), z.iso.date()], "is invalid")
  .transform((text) =>
    new Date(/T.*(Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes("T") ? text : `${text}Z`).toISOString(),
  );

/** Lists come as `actor=a&actor=b` or `actor[]=a`. */
const list = <S extends z.ZodType<string>>(item: S) =>
  z.preprocess(
    (value) => (value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(item).max(50),
  );

const query = z.object({
  first: count.optional(),
  last: count.optional(),
  after: cursor.optional(),
  before: cursor.optional(),
  from_date: time.optional(),
  to_date: time.optional(),
  search: z
    .string()
    .max(1_000)
    .refine((text) => !hasTooManyTerms(text), `should have at most ${MOST_TERMS} words`)
    .optional(),
  actor: list(z.string().max(256)).openapi({ type: "array", items: { type: "string" } }),
  "actor[]": list(z.string().max(256)).openapi({ type: "array", items: { type: "string" } }),
  type: list(z.string().max(256)).openapi({ type: "array", items: { type: "string" } }),
  "type[]": list(z.string().max(256)).openapi({ type: "array", items: { type: "string" } }),
  severity: list(severitySchema).openapi({ type: "array", items: { type: "string" } }),
  "severity[]": list(severitySchema).openapi({ type: "array", items: { type: "string" } }),
});

const page = z
  .object({
    data: z.array(
      activityEntrySchema.extend({
        metadata: z.record(z.string(), z.json()).openapi({ type: "object", additionalProperties: true }),
      }),
    ),
    pagination: z.object({
      start_cursor: z.string().nullable(),
      end_cursor: z.string().nullable(),
      first: z.int().nullable(),
      last: z.int().nullable(),
      has_next_page: z.boolean(),
      has_previous_page: z.boolean(),
    }),
  })
  .openapi("ActivityLog");

const route = createRoute({
  method: "get",
  path: "/api/v1/activity_log",
  tags: ["Activity log"],
  description:
    "What happened in the landscape and what people did, the newest first. `search` looks through the metadata: words with `*` at an end, AND, OR, and numbers as `==5`, `>5`, `<5`, `!=5`; 20 words at most. Of a long log a page of a search may hold fewer entries than were asked for, and the next page goes on.",
  security: byToken,
  middleware: [requireUser()],
  request: { query },
  responses: {
    200: answer("A page of entries", page),
    ...unauthorized,
    ...forbidden,
    ...invalid,
  },
});

function contradiction({ first, last, after, before }: z.infer<typeof query>) {
  if (first !== undefined && last !== undefined) return "last";
  if (after !== undefined && (before !== undefined || last !== undefined)) return "after";
  return before !== undefined && first !== undefined ? "before" : null;
}

export const activityLog = newRouter().openapi(route, async (c) => {
  const asked = c.req.valid("query");
  const contradicting = contradiction(asked);
  if (contradicting !== null)
    return c.json(
      invalidFields([{ path: [contradicting], message: "goes not together with the other ones" }]),
      422,
    );
  const user = c.get("user");
  const viewer = { username: user.username, seesActors: seesActors(user) };
  const actors = [...asked.actor, ...asked["actor[]"]];
  if (actors.some((actor) => actorAsSeenBy(viewer, actor) !== actor))
    return c.json(errorsOf(403, "You can't perform the operation or access the resource."), 403);
  const isBackwards = asked.last !== undefined || asked.before !== undefined;
  const limit = asked.first ?? asked.last ?? DEFAULT;
  const search = asked.search?.trim() ? parseSearch(asked.search) : null;
  const isUnreadable = search === null && Boolean(asked.search?.trim());
  const { entries, hasMore, reached } = isUnreadable
    ? { entries: [], hasMore: false, reached: null }
    : await readActivity(databaseOf(c.env), {
        direction: isBackwards ? "newer" : "older",
        from: asked.after ?? asked.before ?? null,
        limit,
        since: asked.from_date ?? null,
        until: asked.to_date ?? null,
        actors,
        types: [...asked.type, ...asked["type[]"]],
        severities: [...asked.severity, ...asked["severity[]"]],
        search,
        seesUserManagement: managesUsers(user),
      });
  const start = (isBackwards ? reached : null) ?? entries[0];
  const end = (isBackwards ? null : reached) ?? entries.at(-1);
  return c.json(
    {
      data: entries.map((entry) => ({ ...entry, actor: actorAsSeenBy(viewer, entry.actor) })),
      pagination: {
        start_cursor: start === undefined ? null : cursorOf(start),
        end_cursor: end === undefined ? null : cursorOf(end),
        first: isBackwards ? null : limit,
        last: isBackwards ? limit : null,
        has_next_page: isBackwards ? asked.before !== undefined : hasMore,
        has_previous_page: isBackwards ? hasMore : asked.after !== undefined,
      },
    },
    200,
  );
});
