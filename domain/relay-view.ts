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
});
export type RelayView = Readonly<z.infer<typeof relayViewSchema>>;
