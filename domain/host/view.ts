/** A host as clients see it: the object of the API, and what a room sends when it changes. */
import { z } from "zod";
import { healthSchema } from "../health.ts";
import { tagSchema } from "../tag.ts";
import { archSchema, systemdUnitSchema } from "./description.ts";
import { providerDataSchema, providerSchema } from "./provider.ts";
import { saptuneStatusSchema } from "./saptune.ts";
import { slesSubscriptionSchema } from "./subscription.ts";

/** Field names and nullability are Trento's (`GET /api/v1/hosts`). Times are ISO 8601 in UTC. */
export const hostViewSchema = z.object({
  id: z.guid(),
  hostname: z.string(),
  ip_addresses: z.array(z.string()),
  netmasks: z.array(z.int().nullable()),
  agent_version: z.string(),
  arch: archSchema,
  health: healthSchema,
  heartbeat: z.enum(["passing", "critical", "unknown"]),
  stale_at: z.string().nullable(),
  /** Known to the watch alone, which writes nothing for a heartbeat: null in what a room sends. */
  last_heartbeat_timestamp: z.string().nullable(),
  cluster_id: z.guid().nullable(),
  cluster_host_status: z.enum(["online", "offline"]).nullable(),
  provider: providerSchema,
  provider_data: providerDataSchema,
  tags: z.array(tagSchema),
  sles_subscriptions: z.array(slesSubscriptionSchema),
  selected_checks: z.array(z.string()),
  saptune_status: saptuneStatusSchema.nullable(),
  systemd_units: z.array(systemdUnitSchema),
  last_boot_timestamp: z.string().nullable(),
  deregistered_at: z.string().nullable(),
  inserted_at: z.string(),
  updated_at: z.string(),
});
export type HostView = z.infer<typeof hostViewSchema>;
