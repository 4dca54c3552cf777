/** What relays in the networks of customers send, and where they open their sockets. */
import { createRoute, z } from "@hono/zod-openapi";
import { eq } from "drizzle-orm";
import { factErrorSchema } from "../../checks/facts.ts";
import {
  executionRequestedSchema,
  type HeartbeatsHeard,
  heartbeatBatchSchema,
  heartbeatsHeardSchema,
  heldDiscoveriesSchema,
  ownRelayNameSchema,
  relayedFactsSchema,
  relayNameSchema,
  type relayRoutes,
} from "../../checks/relay-messages.ts";
import { relayViewSchema } from "../../domain/relay-view.ts";
import { inBatches } from "../../durable-objects/batches.ts";
import { checksGroupStub } from "../../durable-objects/checks-group.ts";
import { shardCount, shardOf, watchStub } from "../../durable-objects/heartbeat-watch/shards.ts";
import { count } from "../../durable-objects/metrics/tally.ts";
import { lookAgain, relayStub } from "../../durable-objects/relays.ts";
import { executionStub } from "../../durable-objects/streams.ts";
import { databaseOf } from "../read-models/database.ts";
import { readRelays } from "../read-models/relays.ts";
import { relays as table } from "../read-models/tables.ts";
import {
  answer,
  anyJson,
  byApiKey,
  byToken,
  emptyAnswer,
  forbidden,
  invalid,
  malformed,
  notFound,
  unauthorized,
} from "./answers.ts";
import { startRefusals } from "./checks/executions.ts";
import { errorsOf, errorsSchema } from "./errors.ts";
import { requireApiKey, requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";

const PATH = "/api/v1/relays";
const tags = ["Relays"];
const named = (schema: typeof relayNameSchema) =>
  z.object({ name: schema.clone().openapi({ param: { name: "name", in: "path" } }) });
/** A new one is to be added to the names that no relay may have. */
const pathOf = <R extends (typeof relayRoutes)[number]>(route: R) => `${PATH}/${route}` as const;
const fromRelay = { tags, security: byApiKey, middleware: [requireApiKey] };
const json = <S extends z.ZodType>(schema: S) => ({
  body: { required: true, content: { "application/json": { schema } } },
});
const refusals = { ...unauthorized, ...invalid, ...malformed };

const anyObject = () => z.record(z.string(), anyJson()).default({});
const factsBody = relayedFactsSchema.extend({
  facts_gathered: relayedFactsSchema.shape.facts_gathered
    .clone()
    .openapi({ type: "array", items: { $ref: "#/components/schemas/Fact" } }),
});
const executionBody = executionRequestedSchema.extend({
  targets: z
    .array(executionRequestedSchema.shape.targets.element.extend({ attributes: anyObject() }))
    .max(1_000),
  env: anyObject(),
});

const socket = createRoute({
  ...fromRelay,
  method: "get",
  path: `${PATH}/{name}/socket`,
  description: "A WebSocket on which a relay is told what its broker is to publish (docs/integrations.md).",
  request: { params: named(ownRelayNameSchema) },
  responses: {
    101: { description: "The socket is open" },
    ...unauthorized,
    ...invalid,
    426: answer("The request opens no WebSocket", errorsSchema),
  },
});

const heartbeats = createRoute({
  ...fromRelay,
  method: "post",
  path: pathOf("heartbeats"),
  request: {
    ...json(heartbeatBatchSchema),
    query: z.object({
      silent: z.literal("named").optional().openapi({
        description:
          "Hosts that fell silent are in the batches too, for a minute: a host that is in none is then not taken for lost as long as the relay may be starting anew",
      }),
    }),
  },
  responses: {
    200: answer("Heard", heartbeatsHeardSchema),
    ...refusals,
  },
});

const missing = z.object({ agent_id: z.guid(), discovery_types: z.array(z.string()) });
const held = createRoute({
  ...fromRelay,
  method: "post",
  path: pathOf("discoveries"),
  request: json(heldDiscoveriesSchema),
  responses: {
    200: answer(
      "Discoveries that are not in force here, and are to be sent whole",
      z.object({ missing: z.array(missing) }),
    ),
    ...refusals,
  },
});

const facts = createRoute({
  ...fromRelay,
  method: "post",
  path: pathOf("facts"),
  request: json(factsBody),
  responses: { 202: answer("Stored, or stored before", emptyAnswer), ...refusals },
});

const executions = createRoute({
  ...fromRelay,
  method: "post",
  path: pathOf("executions"),
  request: json(executionBody),
  responses: { 202: answer("Started, or started before", emptyAnswer), ...refusals },
});

const relay = relayViewSchema.clone().openapi("Relay");
const list = createRoute({
  tags,
  security: byToken,
  middleware: [requireUser()],
  method: "get",
  path: PATH,
  responses: { 200: answer("All relays that ever came", z.array(relay)), ...unauthorized },
});

const remove = createRoute({
  tags,
  security: byToken,
  middleware: [requireUser({ name: "all", resource: "relays" })],
  method: "delete",
  path: `${PATH}/{name}`,
  description: "What waits for it is dropped. It comes back when it connects again.",
  request: { params: named(relayNameSchema) },
  responses: {
    204: { description: "It is told nothing any more" },
    ...unauthorized,
    ...forbidden,
    ...notFound,
    ...invalid,
  },
});

const router = newRouter();
// For the description, which cannot read the schema of facts: any JSON has no end.
router.openAPIRegistry.register(
  "Fact",
  z.union([
    z.strictObject({ check_id: z.string(), name: z.string(), value: anyJson() }),
    z.strictObject({ check_id: z.string(), name: z.string(), error: factErrorSchema }),
  ]),
);

export const relays = router
  .openapi(socket, async (c) => {
    if (c.req.header("Upgrade")?.toLowerCase() !== "websocket") {
      c.header("Upgrade", "websocket");
      return c.json(errorsOf(426, "This is a WebSocket."), 426);
    }
    const name = c.req.valid("param").name.toLowerCase();
    const now = new Date().toISOString();
    await databaseOf(c.env)
      .insert(table)
      .values({ name, first_seen_at: now, connected_at: now })
      .onConflictDoUpdate({ target: table.name, set: { connected_at: now } });
    lookAgain();
    return relayStub(c.env, name).fetch(c.req.raw);
  })
  .openapi(heartbeats, async (c) => {
    const { heartbeats: heard, interval } = c.req.valid("json");
    const namesSilent = c.req.valid("query").silent === "named";
    const shards = shardCount(c.env);
    const answers: HeartbeatsHeard[] = [];
    await inBatches(
      [...Map.groupBy(heard, ({ host_id }) => shardOf(host_id, shards)).values()],
      async (own) => {
        const [first] = own;
        if (first === undefined) return;
        answers.push(await watchStub(c.env, first.host_id).beatAll(own, interval, namesSilent, shards));
      },
    );
    const unknown = answers.flatMap((one) => one.unknown);
    const doubted = answers.flatMap((one) => one.doubted);
    return c.json({ unknown, doubted }, 200);
  })
  .openapi(held, async (c) => {
    const { agents } = c.req.valid("json");
    const found: z.infer<typeof missing>[] = [];
    await inBatches(agents, async ({ agent_id, discoveries }) => {
      const types = await c.env.AGENT.getByName(agent_id).confirm(discoveries, c.get("correlationId"));
      if (types.length > 0) found.push({ agent_id, discovery_types: types });
      for (const { discovery_type: type } of discoveries) {
        const outcome = types.includes(type) ? "missing" : "confirmed";
        count("trento_edge_discoveries_total", { type, outcome });
      }
    });
    return c.json({ missing: found }, 200);
  })
  .openapi(facts, async (c) => {
    const { agent_id, ...told } = c.req.valid("json");
    const receipt = await executionStub(c.env, told.execution_id).receiveFacts(agent_id, {
      type: "FactsGathered",
      ...told,
    });
    if (receipt.type === "refused") return c.json(errorsOf(422, receipt.detail), 422);
    return c.json({}, 202);
  })
  .openapi(executions, async (c) => {
    const asked = c.req.valid("json");
    const outcome = await checksGroupStub(c.env, asked.group_id).start(asked);
    // The broker delivers again what it was not told to be stored.
    if (outcome === "started" || outcome === "started_before") return c.json({}, 202);
    // What runs in the group may be this very one.
    const isOwn =
      outcome === "already_running" &&
      (await executionStub(c.env, asked.execution_id).status()) === "running";
    if (isOwn) return c.json({}, 202);
    return c.json(errorsOf(422, startRefusals[outcome]), 422);
  })
  .openapi(list, async (c) => c.json(await readRelays(c.env), 200))
  .openapi(remove, async (c) => {
    const name = c.req.valid("param").name.toLowerCase();
    const removed = await databaseOf(c.env).delete(table).where(eq(table.name, name)).returning();
    if (removed.length === 0) return c.json(errorsOf(404, "There is no such relay."), 404);
    lookAgain();
    await relayStub(c.env, name).dismiss();
    return c.body(null, 204);
  });
