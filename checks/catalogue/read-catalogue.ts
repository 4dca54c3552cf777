/** Reads all files of a catalogue: a malformed one never hides the others. */
import { allowanceOfSelection } from "../allowance.ts";
import type { CheckDefinition, Defect } from "../definition.ts";
import { Allotment } from "../evaluation/allotment.ts";
import type { Evaluation } from "../evaluation/evaluation.ts";
import { type ReadCheck, readCheck } from "./read-check.ts";

export interface CatalogueFile {
  readonly name: string;
  readonly content: string;
}

export interface ReadCatalogue {
  readonly checks: readonly CheckDefinition[];
  readonly defects: readonly Defect[];
}

/** Files of other kinds, as `.yaml.wip`, are none of the catalogue. */
function ownFiles(files: readonly CatalogueFile[]): CatalogueFile[] {
  return files
    .filter(({ name }) => name.endsWith(".yaml"))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** Checks and defects are in the order of the files' names. */
function together(files: readonly CatalogueFile[], read: readonly ReadCheck[]): ReadCatalogue {
  const checks = new Map<string, CheckDefinition>();
  const defects: Defect[] = [];
  for (const [index, { name: file }] of files.entries()) {
    const { check = null, defects: own = [] } = read[index] ?? {};
    for (const defect of own) defects.push(defect);
    if (check === null) continue;
    if (checks.has(check.id)) {
      defects.push({ file, line: 1, column: 1, message: "There is another file of this name" });
    } else checks.set(check.id, check);
  }
  return { checks: [...checks.values()], defects };
}

export async function readCatalogue(
  files: readonly CatalogueFile[],
  evaluation: Evaluation,
): Promise<ReadCatalogue> {
  const own = ownFiles(files);
  return together(own, await new Allotment(evaluation, allowanceOfSelection).work("files", own));
}

/** The same, all at once. */
export function readAtOnce(files: readonly CatalogueFile[]): ReadCatalogue {
  const own = ownFiles(files);
  return together(
    own,
    own.map(({ name, content }) => readCheck(name, content)),
  );
}
