/** `subscription_discovery` → UpdateSlesSubscriptions. */
import { optionalText, text } from "./cast.ts";
import { listOf, objectOf } from "./collections.ts";
import { issuesOf } from "./issue.ts";
import { commands, invalid, type Policy } from "./policy.ts";

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
  const parsed = payloadSchema.safeParse(payload);
  if (!parsed.success) return invalid(issuesOf(parsed.error));
  const subscriptions = parsed.data.map((subscription) => ({ host_id: agentId, ...subscription }));
  return commands({ type: "UpdateSlesSubscriptions", data: { host_id: agentId, subscriptions } });
};
