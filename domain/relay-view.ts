/** A relay as clients see it. Times are ISO 8601 in UTC. */
import { z } from "zod";

export const relayViewSchema = z.object({
  name: z.string(),
  first_seen_at: z.string(),
  /** When it opened its line last. */
  connected_at: z.string(),
  connected: z.boolean(),
  /** Messages that wait for the relay's broker. */
  waiting: z.int(),
  /** How its broker is, as it says itself; null while it is not connected. `blocked`: the broker takes no messages. */
  broker: z.enum(["ok", "away", "blocked", "none"]).nullable(),
  /** Why, in the broker's words. */
  broker_detail: z.string().nullable(),
});
export type RelayView = Readonly<z.infer<typeof relayViewSchema>>;
