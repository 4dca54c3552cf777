/** Options of the import's command line. */
import { basename, resolve } from "node:path";
import { parseArgs } from "node:util";
import { WrongOption } from "../wrong-option.ts";

export interface Options {
  readonly folder: string;
  readonly url: string;
  readonly name: string;
  /** Null: the folder's own. */
  readonly version: string | null;
  readonly user: string;
  readonly password: string;
}

export const help = `npm run checks:import -- DIR [options]

Brings the checks of a folder in as a catalogue of its own, in place of one of the same name.

  --name NAME     the catalogue's name (the folder's, with hyphens for what is no letter or digit)
  --version V     its version (the file VERSION in the folder, or one that follows from its content)
  --url URL       the server (URL, or http://localhost:8787)
  --user NAME     who signs in (ADMIN_USER, or admin)
  --password P    the password (ADMIN_PASSWORD)
  --help          this text`;

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        name: { type: "string" },
        version: { type: "string" },
        url: { type: "string" },
        user: { type: "string" },
        password: { type: "string" },
        help: { type: "boolean" },
      },
    });
  } catch (error) {
    throw new WrongOption(error instanceof Error ? error.message : String(error));
  }
}

function urlOf(text: string): string {
  if (!URL.canParse(text) || !/^https?:/.test(text))
    throw new WrongOption(`--url must be an http or https URL, not ${text}`);
  return text.replace(/\/+$/, "");
}

const NAME = /^[a-z0-9][a-z0-9-]{0,62}$/;

function nameOf(text: string): string {
  if (!NAME.test(text))
    throw new WrongOption(`--name must be of small letters, digits and hyphens, at most 63, not ${text}`);
  return text;
}

/** The folder's name, where no other was given: what a name cannot hold is a hyphen there. */
function nameOfFolder(folder: string): string {
  const called = basename(resolve(folder));
  const name = called
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, 63)
    .replace(/-+$/, "");
  if (NAME.test(name)) return name;
  throw new WrongOption(
    `No name for the catalogue follows from that of the folder, ${called}: give one with --name`,
  );
}

/** @throws WrongOption; @returns null when only the help was asked for */
export function readOptions(args: readonly string[], environment: NodeJS.ProcessEnv): Options | null {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const [folder] = positionals;
  if (folder === undefined || positionals.length > 1) throw new WrongOption("One folder must be named");
  const password = values.password ?? environment.ADMIN_PASSWORD;
  if (!password) throw new WrongOption("--password is missing: the server printed it when it first started");
  return {
    folder,
    url: urlOf(values.url ?? (environment.URL || "http://localhost:8787")),
    name: values.name === undefined ? nameOfFolder(folder) : nameOf(values.name),
    version: values.version ?? null,
    user: values.user ?? (environment.ADMIN_USER || "admin"),
    password,
  };
}
