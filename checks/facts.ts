/** Facts: what agents are asked for, and what they answer. */
import { z } from "zod";

/** What one agent is asked for, for one check. Fields as in `Trento.Checks.V1.FactRequest`. */
export const factRequestSchema = z.object({
  check_id: z.string(),
  name: z.string(),
  gatherer: z.string(),
  argument: z.string(),
});
export type FactRequest = z.infer<typeof factRequestSchema>;

export const factErrorSchema = z.object({ type: z.string(), message: z.string() });
export type FactError = z.infer<typeof factErrorSchema>;

/** Fields as in `Trento.Checks.V1.Fact`: a value, or why there is none. */
export type Fact =
  | { readonly check_id: string; readonly name: string; readonly value: z.core.util.JSONType }
  | { readonly check_id: string; readonly name: string; readonly error: FactError };
