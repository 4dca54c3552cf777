/** Where agents post their discoveries. */
import { z } from "@hono/zod-openapi";
import { bodyLimit } from "hono/body-limit";
import { type Envelope, envelopeSchema } from "../../domain/discovery/envelope.ts";
import type { Issue } from "../../domain/discovery/issue.ts";
import { nestsDeeperThan } from "../../domain/json.ts";
import type { IntakeOutcome } from "../../durable-objects/agent/intake.ts";
import { noteCibWritten } from "../cib-last-written.ts";
import { answer, byApiKey, emptyAnswer, invalid, malformed, unauthorized } from "./answers.ts";
import { errorsOf, errorsSchema, fail, invalidFields } from "./errors.ts";
import { requireApiKey } from "./guards.ts";
import { newRouter } from "./router.ts";
import { brokenTextIn } from "./unicode.ts";
import { requestIssues } from "./validation.ts";

/** Trento's limit. */
const MAX_BODY = 8_000_000;

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
    202: answer("Accepted, or kept until what it needs is there", emptyAnswer),
    ...malformed,
    ...unauthorized,
    413: answer("More than 8 MB", errorsSchema),
    ...invalid,
  },
});

type Parsed = { envelope: Envelope } | { issues: Issue[] } | "not JSON";

function parseEnvelope(body: string): Parsed {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return "not JSON";
  }
  if (nestsDeeperThan(value)) return { issues: [{ path: ["payload"], message: "is nested too deeply" }] };
  const broken = brokenTextIn(body, value);
  if (broken !== null) return { issues: [{ path: broken, message: "has invalid format" }] };
  const parsed = envelopeSchema.safeParse(value);
  return parsed.success ? { envelope: parsed.data } : { issues: requestIssues(parsed.error) };
}

async function digest(bytes: ArrayBuffer): Promise<string> {
  return Buffer.from(await crypto.subtle.digest("SHA-256", bytes)).toString("base64");
}

function decode(bytes: ArrayBuffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes);
  } catch {
    return null;
  }
}

collect.post(
  "/api/v1/collect",
  requireApiKey,
  bodyLimit({ maxSize: MAX_BODY, onError: (c) => fail(c, 413, "The body is larger than 8 MB.") }),
  async (c) => {
    const bytes = await c.req.arrayBuffer();
    const body = decode(bytes);
    const parsed = body === null ? "not JSON" : parseEnvelope(body);
    if (body === null || parsed === "not JSON") return fail(c, 400, "The body is not valid JSON.");
    if ("issues" in parsed) return c.json(invalidFields(parsed.issues), 422);

    const { agent_id, discovery_type: type } = parsed.envelope;
    const agentId = agent_id.toLowerCase();
    const agent = c.env.AGENT.getByName(agentId);
    const hash = await digest(bytes);
    // The usual case: an agent repeats itself every few seconds.
    if (await agent.holds(type, hash)) return c.json({}, 202);
    const outcome = await agent.collect({ agentId, type, body, hash, correlationId: c.get("correlationId") });
    if (outcome.status === "accepted" && outcome.cib !== null) await noteCibWritten(c.env, outcome.cib);
    return answerTo(outcome);
  },
);

function answerTo(outcome: IntakeOutcome): Response {
  switch (outcome.status) {
    case "accepted":
    case "parked":
      return Response.json({}, { status: 202 });
    case "invalid": {
      const issues = outcome.issues.map((issue) => ({ ...issue, path: ["payload", ...issue.path] }));
      return Response.json(invalidFields(issues), { status: 422 });
    }
    case "failed":
      // The reasons are kept with the discovery, and can be looked up.
      return Response.json(errorsOf(422, "Unable to handle discovery."), { status: 422 });
  }
}
