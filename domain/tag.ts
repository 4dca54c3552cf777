/** A tag that people put on a resource. Plain rows: no aggregate knows of them. */
import { z } from "zod";

export const taggedResources = ["host", "cluster", "sap_system", "database"] as const;
export type TaggedResource = (typeof taggedResources)[number];

export const tagSchema = z.object({
  id: z.int(),
  value: z.string(),
  resource_id: z.guid(),
  resource_type: z.enum(taggedResources),
  inserted_at: z.string(),
  updated_at: z.string(),
});
export type Tag = z.infer<typeof tagSchema>;
