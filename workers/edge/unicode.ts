/** JSON may spell half a character (`"\ud800"`), which no text can hold: ids made of it, and what is stored, would go wrong. */
import type { Issue } from "../../domain/discovery/issue.ts";

/** How such a half is spelt, if not always: most bodies need no closer look. */
const SUSPECT = /\\ud[89a-f]/i;

/** Where in the value of a JSON text there is half a character; null where all are whole. */
export function brokenTextIn(json: string, value: unknown): Issue["path"] | null {
  if (!SUSPECT.test(json)) return null;
  const waiting: { readonly path: Issue["path"]; readonly value: unknown }[] = [{ path: [], value }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, value: found } = next;
    if (typeof found === "string" && !found.isWellFormed()) return path;
    if (found === null || typeof found !== "object") continue;
    for (const [key, child] of Object.entries(found)) {
      const at = [...path, Array.isArray(found) ? Number(key) : key.toWellFormed()];
      if (!key.isWellFormed()) return at;
      waiting.push({ path: at, value: child });
    }
  }
  return null;
}
