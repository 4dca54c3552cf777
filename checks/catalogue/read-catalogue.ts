/** Reads all files of a catalogue: a malformed one never hides the others. */
import type { CheckDefinition, Defect } from "../definition.ts";
import { finish, type Steps } from "../steps.ts";
import { readCheck } from "./read-check.ts";

export interface CatalogueFile {
  readonly name: string;
  readonly content: string;
}

export interface ReadCatalogue {
  readonly checks: readonly CheckDefinition[];
  readonly defects: readonly Defect[];
}

/** Files of other kinds, as `.yaml.wip`, are none of the catalogue. Checks and defects are in the order of the files' names. */
export function* catalogueSteps(files: readonly CatalogueFile[]): Steps<ReadCatalogue> {
  const checks = new Map<string, CheckDefinition>();
  const defects: Defect[] = [];
  const own = files.filter(({ name }) => name.endsWith(".yaml"));
  for (const { name, content } of own.sort((one, other) => (one.name < other.name ? -1 : 1))) {
    const read = readCheck(name, content);
    yield;
    defects.push(...read.defects);
    if (read.check === null) continue;
    if (checks.has(read.check.id)) {
      defects.push({ file: name, line: 1, column: 1, message: "There is another file of this name" });
    } else checks.set(read.check.id, read.check);
  }
  return { checks: [...checks.values()], defects };
}

/** All at once. */
export function readCatalogue(files: readonly CatalogueFile[]): ReadCatalogue {
  return finish(catalogueSteps(files));
}
