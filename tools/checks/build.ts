/** `npm run checks:build`: puts our own catalogue into one file; with `--check` it tells whether that is up to date. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readAtOnce } from "../../checks/catalogue/read-catalogue.ts";
import { readFolder, UnusableFolder } from "./catalogue-folder.ts";

const checksFolder = join(import.meta.dirname, "../../checks");
export const sourceFolder = join(checksFolder, "catalog");
export const generatedFile = join(checksFolder, "catalog.gen.json");

/** The same for the same sources: a line for each check, in the order of their ids. @throws UnusableFolder */
export function generate(folder: string): string {
  const { files, version } = readFolder(folder);
  const { checks, defects } = readAtOnce(files);
  if (defects.length > 0) {
    const lines = defects.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`);
    throw new UnusableFolder(lines.join("\n"));
  }
  if (version === null) throw new UnusableFolder(`${join(folder, "VERSION")} is missing, or empty`);
  const lines = checks
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map((check) => JSON.stringify(check));
  return `{"name":"trento-edge","version":${JSON.stringify(version)},"checks":[\n${lines.join(",\n")}\n]}\n`;
}

type Tell = (line: string) => void;

/** @returns the exit code */
export function main(
  args: readonly string[],
  complain: Tell,
  folder = sourceFolder,
  output = generatedFile,
): 0 | 1 | 2 {
  const unknown = args.find((arg) => arg !== "--check");
  if (unknown !== undefined) {
    complain(`There is no option ${unknown}\n\nnpm run checks:build [-- --check]`);
    return 2;
  }
  try {
    const text = generate(folder);
    if (!args.includes("--check")) writeFileSync(output, text);
    else if (!existsSync(output) || readFileSync(output, "utf8") !== text) {
      complain(`${output} is out of date: npm run checks:build`);
      return 1;
    }
    return 0;
  } catch (error) {
    if (!(error instanceof UnusableFolder)) throw error;
    complain(error.message);
    return 1;
  }
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2), console.error);
