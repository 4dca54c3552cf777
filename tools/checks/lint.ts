/** `npm run checks:lint -- DIR...`: tells what is wrong with the checks in folders, with the place. */
import { parseArgs } from "node:util";
import { lint } from "../../checks/catalogue/lint.ts";
import { rhaiEvaluator } from "../../checks/rhai-evaluator.ts";
import { loadRhaiFromDisk } from "../../rhai-wasm/src/node.ts";
import { readFolder, UnusableFolder } from "./catalogue-folder.ts";
import { WrongOption } from "./wrong-option.ts";

const help = `npm run checks:lint -- [options] DIR...

Reads the files called <id>.yaml in each folder, and tells what is wrong with them.
Ends with 1 where there is an error, and with 2 where a folder cannot be used.

  --strict  warnings count as errors do
  --help    this text`;

type Tell = (line: string) => void;

interface Options {
  readonly folders: readonly string[];
  readonly strict: boolean;
}

/** @throws WrongOption; @returns null when only the help was asked for */
function readOptions(args: readonly string[]): Options | null {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { strict: { type: "boolean" }, help: { type: "boolean" } },
    });
    if (values.help) return null;
    if (positionals.length > 0) return { folders: positionals, strict: values.strict ?? false };
  } catch (error) {
    throw new WrongOption(error instanceof Error ? error.message : String(error));
  }
  throw new WrongOption("A folder must be named");
}

const counted = (count: number, word: string) => `${count} ${word}${count === 1 ? "" : "s"}`;

async function lintFolders({ folders, strict }: Options, tell: Tell): Promise<0 | 1> {
  const files = folders.flatMap((folder) =>
    readFolder(folder).files.map((file) => ({ ...file, name: `${folder.replace(/\/+$/, "")}/${file.name}` })),
  );
  const findings = lint(files, rhaiEvaluator(await loadRhaiFromDisk()));
  for (const { file, line, column, message, severity } of findings)
    tell(`${file}:${line}:${column}: ${severity === "warning" ? "warning: " : ""}${message}`);
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  tell(`${counted(files.length, "file")}, ${counted(errors, "error")}, ${counted(warnings, "warning")}`);
  return errors > 0 || (strict && warnings > 0) ? 1 : 0;
}

/** @returns the exit code */
export async function main(args: readonly string[], tell: Tell, complain: Tell): Promise<0 | 1 | 2> {
  try {
    const options = readOptions(args);
    if (options !== null) return await lintFolders(options, tell);
    tell(help);
    return 0;
  } catch (error) {
    if (error instanceof UnusableFolder) complain(error.message);
    else if (error instanceof WrongOption) complain(`${error.message}\n\n${help}`);
    else throw error;
    return 2;
  }
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2), console.log, console.error);
