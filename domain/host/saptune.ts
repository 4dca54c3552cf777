/** How saptune tuned a host, and the health that follows from it (rule 7 of the host). */
import semver from "semver";
import { z } from "zod";
import type { Health } from "../health.ts";

const noteSchema = z.object({ id: z.string(), additionally_enabled: z.boolean() });
const solutionSchema = z.object({ id: z.string(), notes: z.array(z.string()), partial: z.boolean() });

export const saptuneStatusSchema = z.object({
  package_version: z.string().nullable(),
  configured_version: z.string().nullable(),
  tuning_state: z.string().nullable(),
  services: z.array(
    z.object({ name: z.string(), enabled: z.string().nullable(), active: z.string().nullable() }),
  ),
  enabled_notes: z.array(noteSchema),
  applied_notes: z.array(noteSchema),
  enabled_solution: solutionSchema.nullable(),
  applied_solution: solutionSchema.nullable(),
  staging: z
    .object({ enabled: z.boolean(), notes: z.array(z.string()), solutions_ids: z.array(z.string()) })
    .nullable(),
});
export type SaptuneStatus = z.infer<typeof saptuneStatusSchema>;

/** The oldest saptune whose JSON output can be judged. */
export const MINIMAL_SAPTUNE_VERSION = "3.1.0";

/** A status of which nothing but the package version is known. */
export function saptuneStatusOfPackage(packageVersion: string | null): SaptuneStatus {
  return {
    package_version: packageVersion,
    configured_version: null,
    tuning_state: null,
    services: [],
    enabled_notes: [],
    applied_notes: [],
    enabled_solution: null,
    applied_solution: null,
    staging: null,
  };
}

function isSupported(packageVersion: string | null): boolean {
  const version = semver.parse(packageVersion, { loose: true }) ?? semver.coerce(packageVersion);
  return version !== null && semver.gte(version, MINIMAL_SAPTUNE_VERSION);
}

/**
 * Health of the tuning.
 * @param sapRunning whether the host runs any SAP or HANA instance: only then does tuning matter
 * @param status null when saptune is not installed
 */
export function saptuneHealth(sapRunning: boolean, status: SaptuneStatus | null): Health {
  if (!sapRunning) return "passing";
  if (status === null || !isSupported(status.package_version)) return "warning";
  switch (status.tuning_state) {
    case "compliant":
      return "passing";
    case "not tuned":
      return "warning";
    case "not compliant":
      return "critical";
    default:
      return "unknown";
  }
}
