/** Reads the platform's `_headers`: which headers an asset gets by its path. */

export interface HeaderRule {
  readonly matches: (path: string) => boolean;
  readonly set: ReadonlyArray<readonly [name: string, value: string]>;
  readonly unset: readonly string[];
}

/** `*` stands for anything, `:name` for a part between slashes. */
function patternOf(path: string): RegExp {
  const source = path
    .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replace(/:[A-Za-z]\w*/g, "[^/]+");
  return new RegExp(`^${source}$`);
}

function ruleOf(path: string, lines: readonly string[]): HeaderRule {
  const pattern = patternOf(path);
  const isUnset = (line: string) => line.startsWith("!");
  return {
    matches: (asked) => pattern.test(asked),
    unset: lines.filter(isUnset).map((line) => line.slice(1).trim().toLowerCase()),
    set: lines
      .filter((line) => !isUnset(line))
      .map((line) => {
        const at = line.indexOf(":");
        return [line.slice(0, at).trim(), line.slice(at + 1).trim()] as const;
      }),
  };
}

export function readHeaderRules(text: string): HeaderRule[] {
  const blocks: Array<{ path: string; lines: string[] }> = [];
  for (const line of text.split(/\r?\n/)) {
    const said = line.trim();
    if (said === "" || said.startsWith("#")) continue;
    if (/^\s/.test(line)) blocks.at(-1)?.lines.push(said);
    else blocks.push({ path: said, lines: [] });
  }
  return blocks.map(({ path, lines }) => ruleOf(path, lines));
}

/** Adds to the given ones what the rules say: a header that several rules set has all their values. */
export function applyHeaderRules(
  rules: readonly HeaderRule[],
  path: string,
  given: Readonly<Record<string, string>>,
): Record<string, string> {
  const headers = new Map(
    Object.entries(given).map(([name, value]) => [name.toLowerCase(), { name, value }]),
  );
  const fromRules = new Set<string>();
  for (const { set, unset } of rules.filter(({ matches }) => matches(path))) {
    for (const name of unset) headers.delete(name);
    for (const [name, value] of set) {
      const key = name.toLowerCase();
      const before = fromRules.has(key) ? headers.get(key)?.value : undefined;
      headers.set(key, { name, value: before === undefined ? value : `${before}, ${value}` });
      fromRules.add(key);
    }
  }
  return Object.fromEntries([...headers.values()].map(({ name, value }) => [name, value]));
}
