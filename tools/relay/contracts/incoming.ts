/** What agents and others publish for the control plane, out of its CloudEvent. */
import type protobuf from "protobufjs";
import { z } from "zod";
import {
  type ExecutionRequested,
  executionRequestedSchema,
  type RelayedFacts,
} from "../../../checks/relay-messages.ts";
import { readFacts, whose } from "./facts.ts";
import { cloudEvent, messageType, toObject } from "./types.ts";
import { type jsonOf, jsonOfMap, NoJson } from "./values.ts";

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
const requestSchema = z.looseObject({
  targets: z.array(z.looseObject({ attributes: z.record(z.string(), value) })),
  env: z.record(z.string(), value),
});

function problem(kind: Problem, detail: string): Incoming {
  return { kind: "problem", problem: kind, detail: detail.slice(0, MAX_DETAIL) };
}

/** Latest and earliest time that there is (ms). */
const MAX_TIME = 8.64e15;

/** @returns null where it is left out @throws NoJson where it is no time */
function expiration(attributes: Readonly<Record<string, unknown>>): number | null {
  const read = timestampSchema.safeParse(attributes.expiration);
  if (!read.success) return null;
  const { seconds, nanos } = read.data.ce_timestamp;
  const milliseconds = seconds * 1_000 + Math.floor(nanos / 1_000_000);
  if (Math.abs(milliseconds) <= MAX_TIME) return milliseconds;
  throw new NoJson(`the expiration is no time: ${seconds} seconds`);
}

function readRequest(Message: protobuf.Type, bytes: Uint8Array): ExecutionRequested {
  const { targets, env, ...rest } = requestSchema.parse(Message.toObject(Message.decode(bytes), toObject));
  return executionRequestedSchema.parse({
    ...rest,
    env: jsonOfMap(env),
    targets: targets.map((target) => ({ ...target, attributes: jsonOfMap(target.attributes) })),
  });
}

function readData(name: string, bytes: Uint8Array, expiresAt: number | null): Incoming {
  const Message = messageType(name);
  if (Message !== null && name.endsWith(".FactsGathered")) {
    return { kind: "facts", data: readFacts(bytes), expiresAt };
  }
  if (Message !== null && name.endsWith(".ExecutionRequested")) {
    return { kind: "execution", data: readRequest(Message, bytes), expiresAt };
  }
  return problem("unknown_event", name);
}

function reasonOf(error: unknown): string {
  const [issue] = error instanceof z.ZodError ? error.issues : [];
  return issue === undefined ? String(error) : `${issue.path.join("/")} ${issue.message}`;
}

/** Whatever was published is a message or a problem: nothing is thrown. @param now milliseconds */
export function readIncoming(content: Uint8Array, now: number): Incoming {
  let name = "";
  try {
    const envelope = envelopeSchema.safeParse(cloudEvent.toObject(cloudEvent.decode(content), toObject));
    if (!envelope.success) return problem("invalid_envelope", envelope.error.issues[0]?.path.join("/") ?? "");
    const { type, attributes, proto_data } = envelope.data;
    name = `${type}${whose(type, proto_data.value)}: `;
    const expiresAt = expiration(attributes);
    if (expiresAt !== null && expiresAt <= now) {
      return problem("event_expired", `${name}expired at ${new Date(expiresAt).toISOString()}`);
    }
    return readData(type, proto_data.value, expiresAt);
  } catch (error) {
    return problem("decoding_error", `${name}${reasonOf(error)}`);
  }
}
