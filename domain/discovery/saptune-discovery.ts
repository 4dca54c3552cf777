/** `saptune_discovery` → UpdateSaptuneStatus. */
import type { z } from "zod";
import type { SaptuneStatus } from "../host/saptune.ts";
import { flag, flagOr, name, optionalText, text } from "./cast.ts";
import { listOf, mapsIn, objectsIn, optionalListOf, withDefault } from "./collections.ts";
import { phraseCase } from "./keys.ts";
import { readAs } from "./leniently.ts";
import { commandsWithout, invalid, type Policy } from "./policy.ts";

const objectOf = objectsIn(phraseCase);
const mapOf = mapsIn(phraseCase);

/** Solutions are a dozen, notes some hundreds. */
const SOLUTIONS = 100;
const notesBySolution = optionalListOf(objectOf({ note_list: optionalListOf(name()) }), SOLUTIONS);
/** `[]` for a service that is not there, else `[enabled, active]`. */
const service = listOf(optionalText(), 10).transform(([enabled = null, active = null]) => ({
  enabled,
  active,
}));

const resultSchema = objectOf({
  package_version: text(),
  configured_version: optionalText(),
  tuning_state: optionalText(),
  services: mapOf(service),
  notes_enabled_by_solution: notesBySolution,
  notes_applied_by_solution: notesBySolution,
  notes_enabled_additionally: optionalListOf(name()),
  notes_enabled: optionalListOf(name()),
  notes_applied: optionalListOf(name()),
  solution_enabled: optionalListOf(name()),
  solution_applied: optionalListOf(
    objectOf({
      solution_id: name(),
      applied_partially: flagOr(false),
    }),
  ),
  staging: withDefault(
    null,
    objectOf({
      staging_enabled: flagOr(false),
      notes_staged: optionalListOf(name()),
      solutions_staged: optionalListOf(name()),
    }).nullable(),
  ),
});
type SaptuneResult = z.infer<typeof resultSchema>;

const payloadSchema = objectOf({
  saptune_installed: flag(),
  package_version: optionalText(),
  status: withDefault(null, objectOf({ result: resultSchema }).nullable()),
}).superRefine((payload, context) => {
  const printed = payload.status?.result.package_version;
  if (printed === undefined || printed === payload.package_version) return;
  context.addIssue({
    code: "custom",
    path: ["status", "result", "package_version"],
    message: "is not the package_version of the payload",
  });
});

/** A solution counts only when exactly one is named, with exactly one list of its notes. */
function solutionOf(
  named: readonly { id: string; partial: boolean }[],
  bySolution: SaptuneResult["notes_enabled_by_solution"],
): SaptuneStatus["enabled_solution"] {
  const [solution] = named;
  const [notes] = bySolution;
  if (solution === undefined || notes === undefined || named.length !== 1 || bySolution.length !== 1)
    return null;
  return { id: solution.id, notes: notes.note_list, partial: solution.partial };
}

function statusOf(result: SaptuneResult): SaptuneStatus {
  const additional = new Set(result.notes_enabled_additionally);
  const toNote = (id: string) => ({ id, additionally_enabled: additional.has(id) });
  return {
    package_version: result.package_version,
    configured_version: result.configured_version,
    tuning_state: result.tuning_state,
    services: Object.entries(result.services)
      .map(([name, { enabled, active }]) => ({ name, enabled, active }))
      .sort((one, other) => (one.name < other.name ? -1 : 1)),
    enabled_notes: result.notes_enabled.map(toNote),
    applied_notes: result.notes_applied.map(toNote),
    enabled_solution: solutionOf(
      result.solution_enabled.map((id) => ({ id, partial: false })),
      result.notes_enabled_by_solution,
    ),
    applied_solution: solutionOf(
      result.solution_applied.map((applied) => ({
        id: applied.solution_id,
        partial: applied.applied_partially,
      })),
      result.notes_applied_by_solution,
    ),
    staging: result.staging && {
      enabled: result.staging.staging_enabled,
      notes: result.staging.notes_staged,
      solutions_ids: result.staging.solutions_staged,
    },
  };
}

export const saptunePolicy: Policy = (agentId, payload, memory) => {
  const read = readAs(payloadSchema, payload, phraseCase);
  if (!read.ok) return invalid(read.issues);
  const { saptune_installed, package_version, status } = read.data;
  return commandsWithout(read.dropped, {
    type: "UpdateSaptuneStatus",
    data: {
      host_id: agentId,
      saptune_installed,
      package_version,
      sap_running: memory.sapRunning,
      status: status && statusOf(status.result),
    },
  });
};
