/** What the control plane says, in protobuf within a CloudEvent, and where it is published. */
import type { BrokerMessage, ToRelay } from "../../../checks/relay-messages.ts";
import {
  agentsOfChecks,
  agentsOfDiscoveries,
  customizations,
  type Route,
  results,
} from "../amqp/topology.ts";
import { cloudEvent, messageType } from "./types.ts";

export const CONTENT_TYPE = "application/x-protobuf";
const SOURCE = "github.com/trento-project/wanda";
/** Milliseconds: the usual expiration. */
const EXPIRES_AFTER = 5 * 60_000;

export interface Publication {
  readonly route: Route;
  readonly id: string;
  readonly type: string;
  readonly content: Buffer;
}

const routes: Readonly<Record<BrokerMessage["type"], Route>> = {
  FactsGatheringRequested: agentsOfChecks,
  DiscoveryRequested: agentsOfDiscoveries,
  ExecutionStarted: results,
  ExecutionCompleted: results,
  CheckCustomizationApplied: customizations,
  CheckCustomizationReset: customizations,
};

const resultNumbers = { passing: 0, warning: 1, critical: 2 } as const;

function customValue({ name, value }: { name: string; value: string | number | boolean }) {
  if (typeof value === "string") return { name, string_value: value };
  if (typeof value === "boolean") return { name, bool_value: value };
  // Fractions and what has more than 32 bits have no field: they are told in words rather than cut.
  return (value | 0) === value ? { name, int_value: value } : { name, string_value: String(value) };
}

/** The fields in protobuf's terms. */
function fieldsOf(message: BrokerMessage): Record<string, unknown> {
  switch (message.type) {
    case "ExecutionCompleted":
      return { ...message, result: resultNumbers[message.result] };
    case "CheckCustomizationApplied":
      return { ...message, custom_values: message.custom_values.map(customValue) };
    default:
      return { ...message };
  }
}

function timestamp(milliseconds: number) {
  return { ce_timestamp: { seconds: Math.floor(milliseconds / 1_000), nanos: 0 } };
}

/** A wish is worth as long as somebody waits for it; what has happened is told late rather than never. */
function expirationOf({ message, expires_at }: ToRelay, now: number): number {
  const isWish = message.type === "FactsGatheringRequested" || message.type === "DiscoveryRequested";
  return isWish ? Date.parse(expires_at) : now + EXPIRES_AFTER;
}

/** @param now milliseconds @throws where a field holds what protobuf cannot say, as a fraction for an integer */
export function publication(told: ToRelay, now: number): Publication {
  const { message } = told;
  const area = message.type === "DiscoveryRequested" ? "Discoveries" : "Checks";
  const type = `Trento.${area}.V1.${message.type}`;
  const Message = messageType(type);
  if (Message === null) throw new Error(`${type} is no message of the contracts`);
  const data = Message.encode(Message.fromObject(fieldsOf(message))).finish();
  const event = {
    id: told.id,
    source: SOURCE,
    spec_version: "1.0",
    type,
    attributes: {
      time: timestamp(Date.parse(told.time)),
      // Whole seconds: never later than somebody waits, and never in the past of a reader that rounds.
      expiration: timestamp(expirationOf(told, now)),
      ...("user_id" in message ? { user_id: { ce_integer: message.user_id } } : {}),
    },
    proto_data: { type_url: `type.googleapis.com/${type}`, value: data },
  };
  const content = Buffer.from(cloudEvent.encode(cloudEvent.fromObject(event)).finish());
  return { route: routes[message.type], id: told.id, type, content };
}
