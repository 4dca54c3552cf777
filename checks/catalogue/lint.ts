/** What is wrong with a catalogue beyond its form: scripts that do not compile, names that nobody declared, odd messages. */
import type { Evaluator } from "../evaluator.ts";
import { unknownKeys } from "./keys.ts";
import { lintDescription, lintMetadata, lintPassedOver, lintValues } from "./lint/declarations.ts";
import { type Finding, Findings } from "./lint/findings.ts";
import { lintMessages, lintNamesUsed, lintScripts } from "./lint/scripts.ts";
import type { CatalogueFile } from "./read-catalogue.ts";
import { readContent } from "./read-check.ts";

export type { Finding } from "./lint/findings.ts";

/** @param first where an id was seen first */
function lintFile(
  { name, content }: CatalogueFile,
  evaluator: Evaluator,
  first: Map<string, string>,
): Finding[] {
  const { check, defects, places } = readContent(name.split("/").at(-1) ?? name, content);
  const malformed = defects.map((defect): Finding => ({ ...defect, file: name, severity: "error" }));
  if (places === null) return malformed;
  const found = new Findings(name, places);
  for (const path of unknownKeys(places.value)) found.errorOfKey(path, "is no key of a check");
  lintPassedOver(places.value, found);
  if (check !== null) {
    const other = first.get(check.id);
    if (other !== undefined) found.error(["id"], `is that of ${other} too: ${check.id}`);
    else first.set(check.id, name);
    lintScripts(check, evaluator, found);
    lintMessages(check, evaluator, found);
    lintNamesUsed(check, found);
    lintDescription(check, found);
    lintValues(check, found);
    lintMetadata(check, found);
  }
  return [...malformed, ...found.all];
}

/** In the order of the files, and of the places in them. @param files by name, or by path where they lie in several folders */
export function lint(files: readonly CatalogueFile[], evaluator: Evaluator): Finding[] {
  const first = new Map<string, string>();
  return files.flatMap((file) =>
    lintFile(file, evaluator, first).sort((one, other) => one.line - other.line || one.column - other.column),
  );
}
