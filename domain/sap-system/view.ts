/** An SAP system as clients see it: the object of the API, and what a room sends when it changes. */
import { z } from "zod";
import { databaseInstanceViewSchema, instanceViewSchema } from "../database/view.ts";
import { healthSchema } from "../health.ts";
import { tagSchema } from "../tag.ts";
import { ensaVersionSchema } from "./state.ts";

export const applicationInstanceViewSchema = instanceViewSchema.extend({ sap_system_id: z.guid() });
export type ApplicationInstanceView = z.infer<typeof applicationInstanceViewSchema>;

/** Field names and nullability are Trento's (`GET /api/v1/sap_systems`). Times are ISO 8601 in UTC. */
export const sapSystemViewSchema = z.object({
  id: z.guid(),
  sid: z.string(),
  tenant: z.string(),
  db_host: z.string(),
  health: healthSchema,
  ensa_version: ensaVersionSchema,
  stale_at: z.string().nullable(),
  database_id: z.guid(),
  database_sid: z.string(),
  database_health: healthSchema,
  database_stale_at: z.string().nullable(),
  application_instances: z.array(applicationInstanceViewSchema),
  database_instances: z.array(databaseInstanceViewSchema),
  tags: z.array(tagSchema),
  inserted_at: z.string(),
  updated_at: z.string(),
});
export type SapSystemView = z.infer<typeof sapSystemViewSchema>;
