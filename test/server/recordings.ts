/** Discoveries that real agents sent, where they are at hand. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const folder = join(import.meta.dirname, "../../../shared/fixtures");

export const areThere = existsSync(folder);
if (!areThere) console.log("Left out: the recorded landscapes, since ../shared/fixtures is not there.");

export interface Recording {
  readonly name: string;
  readonly body: string;
}

/** All recordings of a folder, sorted by name; none where they are not at hand. */
export function recordingsIn(path: string): Recording[] {
  if (!areThere) return [];
  return readdirSync(join(folder, path))
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => ({ name, body: readFileSync(join(folder, path, name), "utf8") }));
}

export function scenario(name: string): string[] {
  return recordingsIn(`scenarios/${name}`).map(({ body }) => body);
}
