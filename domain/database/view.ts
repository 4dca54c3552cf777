/** A database as clients see it: the object of the API, and what a room sends when it changes. */
import { z } from "zod";
import { healthSchema } from "../health.ts";
import { instanceStatusSchema } from "../instance.ts";
import { tagSchema } from "../tag.ts";
import { systemReplicationSchema } from "./state.ts";

/** What the API tells of an instance, whatever it is part of. */
export const instanceViewSchema = z.object({
  sid: z.string(),
  instance_number: z.string(),
  instance_hostname: z.string().nullable(),
  features: z.string(),
  http_port: z.int(),
  https_port: z.int(),
  start_priority: z.string().nullable(),
  host_id: z.guid(),
  status: instanceStatusSchema,
  /** The status once more, for older clients. */
  health: healthSchema,
  absent_at: z.string().nullable(),
  stale_at: z.string().nullable(),
  inserted_at: z.string(),
  updated_at: z.string(),
});

export const databaseInstanceViewSchema = instanceViewSchema.extend({
  database_id: z.guid(),
  /** The database's id once more, for older clients. */
  sap_system_id: z.guid(),
  ...systemReplicationSchema.shape,
});
export type DatabaseInstanceView = z.infer<typeof databaseInstanceViewSchema>;

/** Field names and nullability are Trento's (`GET /api/v1/databases`). Times are ISO 8601 in UTC. */
export const databaseViewSchema = z.object({
  id: z.guid(),
  sid: z.string(),
  health: healthSchema,
  stale_at: z.string().nullable(),
  database_instances: z.array(databaseInstanceViewSchema),
  tags: z.array(tagSchema),
  inserted_at: z.string(),
  updated_at: z.string(),
});
export type DatabaseView = z.infer<typeof databaseViewSchema>;
