/** What real agents sent, where it is at hand; there is no test in here. */
// biome-ignore lint/style/noRestrictedImports: a test may read its recordings; nothing that ships imports it
import { existsSync, readdirSync, readFileSync } from "node:fs";
// biome-ignore lint/style/noRestrictedImports: as above
import { join } from "node:path";
import { type Envelope, envelopeSchema } from "./envelope.ts";

const recordings = join(import.meta.dirname, "../../../shared/fixtures");

export const recordingsPresent = existsSync(recordings);
if (!recordingsPresent) {
  // biome-ignore lint/suspicious/noConsole: whoever runs the tests should know what was not tested
  console.warn("recorded discoveries: skipped, ../shared/fixtures is not there");
}

/** @param path from the top of the recordings, without its extension */
export function recorded(path: string): Envelope {
  return envelopeSchema.parse(JSON.parse(readFileSync(join(recordings, `${path}.json`), "utf8")));
}

/** Paths of what is recorded in a folder, without extensions; none where the recordings are not at hand. */
export function recordedIn(folder: string, filter: (name: string) => boolean = () => true): string[] {
  if (!recordingsPresent) return [];
  const names = readdirSync(join(recordings, folder)).map((name) => name.replace(/\.json$/, ""));
  return names
    .filter(filter)
    .sort()
    .map((name) => `${folder}/${name}`);
}
