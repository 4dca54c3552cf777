/** Reads `run_worker_first`: which paths are the Worker's, before the UI's files are looked at. */

/** @param patterns with `*` for anything; one that begins with `!` takes back what others say */
export function pathsOf(patterns: readonly string[]): (path: string) => boolean {
  const compiled = patterns.map((pattern) => ({
    isTakenBack: pattern.startsWith("!"),
    expression: new RegExp(
      `^${pattern
        .replace(/^!/, "")
        .replace(/[.+?^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")}$`,
    ),
  }));
  return (path) => {
    const matching = compiled.filter(({ expression }) => expression.test(path));
    return matching.length > 0 && matching.every(({ isTakenBack }) => !isTakenBack);
  };
}
