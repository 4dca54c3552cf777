/** Agents write keys as their sources do; policies read them in one form. */

/** `vmSize` and `VmSize` are `vm_size`, `diskSizeGB` is `disk_size_gb`. */
export function snakeCase(key: string): string {
  return key
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .replace(/([A-Z]+)([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
}

/** saptune's keys are phrases: `Notes enabled by Solution` is `notes_enabled_by_solution`. */
export function phraseCase(key: string): string {
  return key.replaceAll(" ", "_").toLowerCase();
}

/**
 * The same value with all keys rewritten. The depth of what comes in was bounded before.
 * `Object.fromEntries` defines own properties, so that a key like `__proto__` stays a key.
 */
export function rewriteKeys(value: unknown, rewrite: (key: string) => string): unknown {
  if (Array.isArray(value)) return value.map((item) => rewriteKeys(item, rewrite));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [rewrite(key), rewriteKeys(child, rewrite)]),
  );
}

/** The path in the value as it was sent, for a path in the value with rewritten keys. */
export function originalPath(
  value: unknown,
  path: readonly (string | number)[],
  rewrite: (key: string) => string,
): (string | number)[] {
  const found: (string | number)[] = [];
  let current = value;
  for (const key of path) {
    const isObject = current !== null && typeof current === "object";
    const entries: [string, unknown][] = isObject ? Object.entries(current ?? {}) : [];
    const entry = entries.findLast(([name]) =>
      typeof key === "number" ? name === String(key) : rewrite(name) === key,
    );
    found.push(typeof key === "number" ? key : (entry?.[0] ?? key));
    current = entry?.[1];
  }
  return found;
}
