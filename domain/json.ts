/** Guards against JSON that is built to hurt. */

/** Deepest nesting that is accepted from outside. Real discoveries stay below 20. */
export const MAX_DEPTH = 64;

/**
 * Whether a parsed value nests deeper than `limit`. Iterative, so that the guard itself cannot overflow the stack;
 * the JSON parser of V8 is iterative too, but validation, cloning and serialising are not.
 */
export function nestsDeeperThan(value: unknown, limit: number = MAX_DEPTH): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    const next: unknown[] = [];
    for (const item of level) {
      if (item === null || typeof item !== "object") continue;
      for (const child of Object.values(item))
        if (child !== null && typeof child === "object") next.push(child);
    }
    level = next;
  }
  return false;
}

/** Whether a text or a key in it has half a character (`"\\ud800"`), which JSON may spell and no text can hold. */
export function hasBrokenText(value: unknown): boolean {
  const waiting = [value];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next === "string" && !next.isWellFormed()) return true;
    if (next === null || typeof next !== "object") continue;
    for (const [key, child] of Object.entries(next)) {
      if (!key.isWellFormed()) return true;
      waiting.push(child);
    }
  }
  return false;
}
