/** Agents write keys as their sources do; policies read them in one form. */

export type KeyCase = (key: string) => string;

export const asSent: KeyCase = (key) => key;

/** All discoveries together do not have as many different keys, and no key that is read is as long. */
const MANY_KEYS = 1_000;
const LONG_KEY = 256;

/** Agents send the same keys again and again: each is rewritten once. A very long one is none that anybody reads. */
function remembering(rewrite: KeyCase): KeyCase {
  const rewritten = new Map<string, string>();
  return (key) => {
    const known = rewritten.get(key);
    if (known !== undefined) return known;
    if (key.length > LONG_KEY) return key;
    const made = rewrite(key);
    // Keys that nobody uses must not fill the memory for good.
    if (rewritten.size >= MANY_KEYS) rewritten.clear();
    rewritten.set(key, made);
    return made;
  };
}

/** `vmSize` and `VmSize` are `vm_size`, `diskSizeGB` is `disk_size_gb`. */
export const snakeCase = remembering((key) =>
  key
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])(?=[A-Z][a-z])/g, "$1_")
    .toLowerCase(),
);

/** saptune's keys are phrases: `Notes enabled by Solution` is `notes_enabled_by_solution`. */
export const phraseCase = remembering((key) => key.replaceAll(" ", "_").toLowerCase());

/** The key of the last entry that is read as `key`. */
function spelling(value: object, key: string, rewrite: KeyCase): string | undefined {
  return Object.keys(value).findLast((name) => rewrite(name) === key);
}

/** The path in the value as it was sent, for a path in the value with rewritten keys. */
export function originalPath(
  value: unknown,
  path: readonly (string | number)[],
  rewrite: KeyCase,
): (string | number)[] {
  let current = value;
  return path.map((key) => {
    const parent = current;
    current = undefined;
    if (parent === null || typeof parent !== "object") return key;
    if (typeof key === "number") {
      current = Array.isArray(parent) ? parent[key] : undefined;
      return key;
    }
    const sent = spelling(parent, key, rewrite);
    if (sent === undefined) return key;
    current = Object.getOwnPropertyDescriptor(parent, sent)?.value;
    return sent;
  });
}
