/** The modules of the project: who imports whom, and which specs have to do with a module. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { basename, dirname, join, normalize } from "node:path";
import ts from "typescript";
import type { Project } from "./trial.ts";

export type Kind = "pure" | "objects";

const folders: Readonly<Record<Kind, readonly string[]>> = {
  pure: ["domain/", "checks/"],
  objects: ["durable-objects/", "workers/", "party/"],
};

export class Modules {
  readonly root: string;
  /** All files of the project, whatever they are. */
  readonly files: readonly string[];
  readonly paths: readonly string[];
  readonly #importers = new Map<string, Set<string>>();
  /** What only specs are made of, whatever it is called. */
  readonly #ofSpecs = new Set<string>();

  constructor(root: string, files = trackedFiles(root), read = (path: string) => readText(root, path)) {
    this.root = root;
    this.files = files;
    this.paths = files.filter((path) => /\.tsx?$/.test(path) && !path.endsWith(".d.ts"));
    for (const path of this.paths) {
      for (const { fileName } of ts.preProcessFile(read(path), true, true).importedFiles) {
        if (fileName === "vitest") this.#ofSpecs.add(path);
        if (!fileName.startsWith(".")) continue;
        const imported = normalize(join(dirname(path), fileName));
        this.#importers.set(imported, (this.#importers.get(imported) ?? new Set()).add(path));
      }
    }
  }

  /** What mistakes are put into. */
  ofKind(kind: Kind): string[] {
    return this.paths.filter(
      (path) =>
        folders[kind].some((folder) => path.startsWith(folder)) && !isSpec(path) && !this.#ofSpecs.has(path),
    );
  }

  importersOf(path: string): readonly string[] {
    return [...(this.#importers.get(path) ?? [])];
  }

  /** All that import it, however far away. */
  dependentsOf(path: string): Set<string> {
    const found = new Set<string>();
    const look = (one: string): void => {
      for (const importer of this.#importers.get(one) ?? []) {
        if (found.has(importer)) continue;
        found.add(importer);
        look(importer);
      }
    };
    look(path);
    return found;
  }

  /** Specs in stages, the nearest first: most mistakes are noticed there, and the others need not run. */
  stagesOf(path: string, project: Project): string[][] {
    const specs = project === "unit" ? this.unitSpecsOf(path) : this.platformSpecsOf(path);
    const importers = new Set(this.importersOf(path));
    const isNear = (spec: string) => importers.has(spec) || haveAWordInCommon(spec, path);
    return [specs.filter(isNear), specs.filter((spec) => !isNear(spec))].filter(({ length }) => length > 0);
  }

  /** Unit specs that import it. */
  unitSpecsOf(path: string): string[] {
    return [...this.dependentsOf(path)].filter((one) => one.endsWith(".unit.spec.ts")).sort();
  }

  /**
   * Specs on the platform: those of its folder and of what is named like it, those that import it, and those of who imports it.
   * Each of them runs the whole Worker, so that imports alone say nothing.
   */
  platformSpecsOf(path: string): string[] {
    const near = new Set([path, ...this.importersOf(path)].filter((one) => !isSpec(one)));
    const specs = this.paths.filter((one) => one.endsWith(".int.spec.ts"));
    const own = specs.filter(
      (spec) => dirname(spec) === dirname(path) || spec === `${dirname(path)}.int.spec.ts`,
    );
    const named = specs.filter((spec) => near.has(spec.replace(".int.spec.ts", ".ts")));
    const importing = this.importersOf(path).filter((one) => one.endsWith(".int.spec.ts"));
    return [...new Set([...named, ...importing, ...own])];
  }
}

/** In their names: `tags.ts` is what `all-tags.int.spec.ts` is about. */
function haveAWordInCommon(spec: string, path: string): boolean {
  const wordsOf = (one: string) => (basename(one).split(".")[0] ?? "").split("-");
  const words = new Set(wordsOf(path));
  return wordsOf(spec).some((word) => words.has(word));
}

function isSpec(path: string): boolean {
  return /\.spec\.tsx?$/.test(path);
}

function trackedFiles(root: string): string[] {
  const all = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  return all.split("\0").filter((path) => path !== "");
}

function readText(root: string, path: string): string {
  return readFileSync(join(root, path), "utf8");
}
