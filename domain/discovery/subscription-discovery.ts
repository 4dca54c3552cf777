/** `subscription_discovery` → UpdateSlesSubscriptions. */
import { optionalText, text } from "./cast.ts";
import { listOf, objectOf } from "./collections.ts";
import { readAs } from "./leniently.ts";
import { commandsWithout, invalid, type Policy } from "./policy.ts";

const payloadSchema = listOf(
  objectOf({
    identifier: text(),
    version: text(),
    arch: text(),
    status: text(),
    subscription_status: optionalText(),
    type: optionalText(),
    starts_at: optionalText(),
    expires_at: optionalText(),
  }),
);

export const subscriptionPolicy: Policy = (agentId, payload) => {
  const read = readAs(payloadSchema, payload);
  if (!read.ok) return invalid(read.issues);
  const subscriptions = read.data.map((subscription) => ({ host_id: agentId, ...subscription }));
  return commandsWithout(read.dropped, {
    type: "UpdateSlesSubscriptions",
    data: { host_id: agentId, subscriptions },
  });
};
