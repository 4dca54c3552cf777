/** `npm run checks:import -- DIR`: brings a catalogue of others in, beside our own. */
import { readFolder, UnusableFolder } from "./catalogue-folder.ts";
import { type BroughtIn, ControlPlane, type Fetch, Refused } from "./import/control-plane.ts";
import { help, type Options, readOptions } from "./import/options.ts";
import { WrongOption } from "./wrong-option.ts";

export interface Output {
  tell(line: string): void;
  complain(line: string): void;
}

async function bringIn(options: Options, send: Fetch): Promise<BroughtIn> {
  const { files, version } = readFolder(options.folder);
  const controlPlane = new ControlPlane(options.url, send);
  const token = await controlPlane.signIn(options.user, options.password);
  return await controlPlane.bringIn(token, options.name, { version: options.version ?? version, files });
}

function linesOf(name: string, { version, checks, defects, hidden }: BroughtIn): string[] {
  return [
    ...defects.map(({ file, line, column, message }) => `${file}:${line}:${column}: ${message}`),
    ...(hidden.length === 0 ? [] : [`Hidden by an earlier catalogue: ${hidden.join(", ")}`]),
    `${name} ${version}: ${checks} ${checks === 1 ? "check" : "checks"} brought in, ` +
      `${hidden.length} hidden, ${defects.length} ${defects.length === 1 ? "defect" : "defects"}`,
  ];
}

/** @returns the exit code: 0 when a check came in, 2 when it was not understood what to do */
export async function main(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  send: Fetch,
  { tell, complain }: Output,
): Promise<0 | 1 | 2> {
  try {
    const options = readOptions(args, environment);
    if (options === null) {
      tell(help);
      return 0;
    }
    const broughtIn = await bringIn(options, send);
    for (const line of linesOf(options.name, broughtIn)) tell(line);
    return broughtIn.checks > 0 ? 0 : 1;
  } catch (error) {
    if (error instanceof WrongOption) {
      complain(`${error.message}\n\n${help}`);
      return 2;
    }
    if (!(error instanceof Refused) && !(error instanceof UnusableFolder)) throw error;
    complain(error.message);
    return 1;
  }
}

if (import.meta.main) {
  const output = { tell: console.log, complain: console.error };
  process.exitCode = await main(process.argv.slice(2), process.env, fetch, output);
}
