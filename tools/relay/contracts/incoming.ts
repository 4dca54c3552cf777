/** What agents and others publish for the control plane, out of its CloudEvent. */
import { z } from "zod";
import {
  type ExecutionRequested,
  executionRequestedSchema,
  type RelayedFacts,
  relayedFactsSchema,
} from "../../../checks/relay-messages.ts";
import { cloudEvent, messageType } from "./types.ts";
import { jsonOf, jsonOfMap, NoJson } from "./values.ts";

export type Incoming =
  | { readonly kind: "facts"; readonly data: RelayedFacts; readonly expiresAt: number | null }
  | { readonly kind: "execution"; readonly data: ExecutionRequested; readonly expiresAt: number | null }
  | { readonly kind: "problem"; readonly problem: Problem; readonly detail: string };
export type Problem = "decoding_error" | "invalid_envelope" | "unknown_event" | "event_expired";

const MAX_DETAIL = 300;
const timestampSchema = z.object({ ce_timestamp: z.object({ seconds: z.number(), nanos: z.number() }) });
const envelopeSchema = z.object({
  type: z.string(),
  attributes: z.record(z.string(), z.unknown()),
  proto_data: z.object({ type_url: z.string(), value: z.instanceof(Uint8Array) }),
});
// What protobuf leaves out is empty.
const value = z.custom<Parameters<typeof jsonOf>[0]>((one) => typeof one === "object" && one !== null);
const factsSchema = z.looseObject({
  facts_gathered: z.array(
    z.object({
      check_id: z.string(),
      name: z.string(),
      value: value.optional(),
      error_value: z.object({ message: z.string(), type: z.string() }).optional(),
    }),
  ),
});
const requestSchema = z.looseObject({
  targets: z.array(z.looseObject({ attributes: z.record(z.string(), value) })),
  env: z.record(z.string(), value),
});

const toObject = { longs: Number, arrays: true, objects: true, defaults: true, oneofs: false } as const;

function problem(kind: Problem, detail: string): Incoming {
  return { kind: "problem", problem: kind, detail: detail.slice(0, MAX_DETAIL) };
}

function factOf(fact: z.infer<typeof factsSchema>["facts_gathered"][number]) {
  const { check_id, name, value: found, error_value: error } = fact;
  if (error !== undefined) return { check_id, name, error };
  if (found === undefined)
    throw new NoJson(`the fact ${name} of ${check_id} has neither a value nor an error`);
  return { check_id, name, value: jsonOf(found) };
}

function expiration(attributes: Readonly<Record<string, unknown>>): number | null {
  const read = timestampSchema.safeParse(attributes.expiration);
  if (!read.success) return null;
  const { seconds, nanos } = read.data.ce_timestamp;
  return seconds * 1_000 + Math.floor(nanos / 1_000_000);
}

function readData(name: string, bytes: Uint8Array, expiresAt: number | null): Incoming {
  const Message = messageType(name);
  const isFacts = name.endsWith(".FactsGathered");
  if (Message === null || !(isFacts || name.endsWith(".ExecutionRequested"))) {
    return problem("unknown_event", name);
  }
  const decoded = Message.toObject(Message.decode(bytes), toObject);
  if (isFacts) {
    const { facts_gathered, ...rest } = factsSchema.parse(decoded);
    const data = relayedFactsSchema.parse({ ...rest, facts_gathered: facts_gathered.map(factOf) });
    return { kind: "facts", data, expiresAt };
  }
  const { targets, env, ...rest } = requestSchema.parse(decoded);
  const data = executionRequestedSchema.parse({
    ...rest,
    env: jsonOfMap(env),
    targets: targets.map((target) => ({ ...target, attributes: jsonOfMap(target.attributes) })),
  });
  return { kind: "execution", data, expiresAt };
}

/** @param now milliseconds */
export function readIncoming(content: Uint8Array, now: number): Incoming {
  let envelope: z.infer<typeof envelopeSchema>;
  try {
    const read = envelopeSchema.safeParse(cloudEvent.toObject(cloudEvent.decode(content), toObject));
    if (!read.success) return problem("invalid_envelope", read.error.issues[0]?.path.join("/") ?? "");
    envelope = read.data;
  } catch (error) {
    return problem("decoding_error", String(error));
  }
  const expiresAt = expiration(envelope.attributes);
  if (expiresAt !== null && expiresAt <= now) {
    return problem("event_expired", `${envelope.type} expired at ${new Date(expiresAt).toISOString()}`);
  }
  try {
    return readData(envelope.type, envelope.proto_data.value, expiresAt);
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    return problem(
      "decoding_error",
      `${envelope.type}: ${issue === undefined ? String(error) : `${issue.path.join("/")} ${issue.message}`}`,
    );
  }
}
