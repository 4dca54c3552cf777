/** A cluster as clients see it: the object of the API, and what a room sends when it changes. */
import { z } from "zod";
import { healthSchema } from "../health.ts";
import { providerSchema } from "../host/provider.ts";
import { tagSchema } from "../tag.ts";
import {
  ascsErsDetailsSchema,
  ascsErsNodeSchema,
  ascsErsSystemSchema,
  clusterResourceSchema,
  clusterStateSchema,
  clusterTypeSchema,
  hanaDetailsSchema,
  hanaNodeSchema,
} from "./details.ts";

/** Clients do not see the SID of a single resource. */
const resourceViewSchema = clusterResourceSchema.omit({ sid: true });
const resources = z.array(resourceViewSchema);
export type ClusterResourceView = z.infer<typeof resourceViewSchema>;

const hanaViewSchema = hanaDetailsSchema.extend({
  nodes: z.array(hanaNodeSchema.extend({ resources })),
  resources,
});
export type HanaDetailsView = z.infer<typeof hanaViewSchema>;

const ascsErsViewSchema = ascsErsDetailsSchema.extend({
  sap_systems: z.array(
    ascsErsSystemSchema.extend({ nodes: z.array(ascsErsNodeSchema.extend({ resources })) }),
  ),
  resources,
});
export type AscsErsDetailsView = z.infer<typeof ascsErsViewSchema>;

/** Field names and nullability are Trento's (`GET /api/v2/clusters`). Times are ISO 8601 in UTC. */
export const clusterViewSchema = z.object({
  id: z.guid(),
  name: z.string().nullable(),
  type: clusterTypeSchema,
  provider: providerSchema,
  state: clusterStateSchema,
  health: healthSchema,
  stale_at: z.string().nullable(),
  resources_number: z.int().nullable(),
  hosts_number: z.int().nullable(),
  /** The SID of a HANA cluster's database, or nothing. */
  sid: z.string(),
  /** SIDs of the application instances that the cluster runs. */
  additional_sids: z.array(z.string()),
  sap_instances: z.array(z.object({ sid: z.string(), instance_number: z.string() })),
  selected_checks: z.array(z.string()),
  tags: z.array(tagSchema),
  details: z.union([hanaViewSchema, ascsErsViewSchema]).nullable(),
  cib_last_written: z.string().nullable(),
  inserted_at: z.string(),
  updated_at: z.string(),
});
export type ClusterView = z.infer<typeof clusterViewSchema>;
