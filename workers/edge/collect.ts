/** Where agents post their discoveries. */
import { z } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { envelopeSchema } from "../../domain/discovery/envelope.ts";
import type { IntakeOutcome } from "../../durable-objects/agent/intake.ts";
import { count } from "../../durable-objects/metrics/tally.ts";
import { noteCibWritten } from "../cib-last-written.ts";
import { answer, byApiKey, emptyAnswer, invalid, malformed, unauthorized } from "./answers.ts";
import { digestOfBody, MAX_BODY, payloadErrors, readDiscovery, TOO_LARGE } from "./discovery-body.ts";
import { errorsOf, errorsSchema, fail } from "./errors.ts";
import { requireApiKey } from "./guards.ts";
import { newRouter } from "./router.ts";

const documentedEnvelope = z
  .object({
    agent_id: z.guid(),
    discovery_type: envelopeSchema.shape.discovery_type,
    payload: z.union([z.looseObject({}), z.array(z.unknown())]).nullable(),
  })
  .openapi("Discovery");

export const collect = newRouter();

collect.openAPIRegistry.registerPath({
  method: "post",
  path: "/api/v1/collect",
  tags: ["Agents"],
  security: byApiKey,
  request: { body: { required: true, content: { "application/json": { schema: documentedEnvelope } } } },
  responses: {
    202: answer("Accepted, or kept until it can be applied", emptyAnswer),
    ...malformed,
    ...unauthorized,
    413: answer("More than 8 MB", errorsSchema),
    ...invalid,
  },
});

collect.post(
  "/api/v1/collect",
  requireApiKey,
  bodyLimit({ maxSize: MAX_BODY, onError: (c) => fail(c, 413, TOO_LARGE) }),
  async (c) => {
    const bytes = await c.req.arrayBuffer();
    const read = readDiscovery(bytes);
    if ("status" in read) return c.json(read.errors, read.status);

    const { agentId, type, body } = read;
    const agent = c.env.AGENT.getByName(agentId);
    const hash = await digestOfBody(bytes);
    // The usual case: an agent repeats itself every few seconds.
    if (await agent.holds(type, hash)) {
      count("trento_edge_discoveries_total", { type, outcome: "unchanged" });
      return c.json({}, 202);
    }
    const outcome = await agent.collect({ agentId, type, body, hash, correlationId: c.get("correlationId") });
    count("trento_edge_discoveries_total", { type, outcome: outcome.status });
    if (outcome.status === "accepted" && outcome.cib !== null) await noteCibWritten(c.env, outcome.cib);
    return answerTo(outcome);
  },
);

function answerTo(outcome: IntakeOutcome): Response {
  switch (outcome.status) {
    case "accepted":
    case "parked":
    case "delayed":
      return Response.json({}, { status: 202 });
    case "invalid":
      return Response.json(payloadErrors(outcome.issues), { status: 422 });
    case "failed":
      // The reasons are kept with the discovery, and can be looked up.
      return Response.json(errorsOf(422, "Unable to handle discovery."), { status: 422 });
  }
}
