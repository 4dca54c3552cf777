/** An agent some of whose discoveries are not in force, as clients see it. */
import { z } from "zod";
import { openDiscoverySchema } from "./open-discovery.ts";

/** Times are ISO 8601 in UTC. */
export const agentViewSchema = z.object({
  /** Its host's id. */
  id: z.guid(),
  /** Null where the host is not registered, and does not tell how it is called. */
  hostname: z.string().nullable(),
  /** Ordered by type. */
  open_discoveries: z.array(openDiscoverySchema),
  updated_at: z.string(),
});
export type AgentView = z.infer<typeof agentViewSchema>;
