/** What real agents sent, where it is at hand; there is no test in here. */
// biome-ignore lint/style/noRestrictedImports: a test may read its recordings; nothing that ships imports it
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { type Envelope, envelopeSchema } from "../envelope.ts";

const recordings = new URL("../../../../shared/fixtures/", import.meta.url);

export const recordingsPresent = existsSync(recordings);
if (!recordingsPresent) {
  // biome-ignore lint/suspicious/noConsole: whoever runs the tests should know what was not tested
  console.warn("recorded discoveries: skipped, ../shared/fixtures is not there");
}

/** @param path from the top of the recordings, without its extension */
export function recorded(path: string): Envelope {
  return envelopeSchema.parse(JSON.parse(readFileSync(new URL(`${path}.json`, recordings), "utf8")));
}

/** Paths of what is recorded in a folder, without extensions; none where the recordings are not at hand. */
export function recordedIn(folder: string, filter: (name: string) => boolean): string[] {
  if (!recordingsPresent) return [];
  const names = readdirSync(new URL(`${folder}/`, recordings)).map((name) => name.replace(/\.json$/, ""));
  return names.filter(filter).map((name) => `${folder}/${name}`);
}
