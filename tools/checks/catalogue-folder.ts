/** A catalogue as it lies in a folder: `*.yaml`, and beside them a file VERSION where it has one. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { CatalogueFile } from "../../checks/catalogue/read-catalogue.ts";

export class UnusableFolder extends Error {}

export interface CatalogueFolder {
  readonly files: readonly CatalogueFile[];
  readonly version: string | null;
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "there is none",
  ENOTDIR: "it is not a directory",
  EISDIR: "it is a directory",
  EACCES: "access is denied",
};

/** @throws UnusableFolder in place of what the file system says */
function reading<T>(path: string, read: (path: string) => T): T {
  try {
    return read(path);
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new UnusableFolder(`${path} cannot be read: ${reasons[code] ?? String(error)}`);
  }
}

const textOf = (path: string) => reading(path, () => readFileSync(path, "utf8"));

/** In the order of the names; files of other kinds, as `.yaml.wip`, are passed over. @throws UnusableFolder */
export function readFolder(folder: string): CatalogueFolder {
  const names = reading(folder, () => readdirSync(folder));
  const ofChecks = names.filter((name) => name.endsWith(".yaml")).sort();
  if (ofChecks.length === 0) throw new UnusableFolder(`${folder} has no file called <id>.yaml`);
  const version = names.includes("VERSION") ? textOf(join(folder, "VERSION")).trim() : "";
  return {
    files: ofChecks.map((name) => ({ name, content: textOf(join(folder, name)) })),
    version: version === "" ? null : version,
  };
}
