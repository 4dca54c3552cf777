/** Puts together what one incident caused: a lost node is one message, not six. */

/** What is told, and everything that it may have to do with, by key. */
export interface Related {
  readonly related: readonly string[];
}

/** Those that share something, directly or through others, belong together. In the order in which they came. */
export function incidentsOf<Told extends Related>(told: readonly Told[]): Told[][] {
  const groups: { readonly keys: Set<string>; readonly members: Told[] }[] = [];
  for (const one of told) {
    const touched = groups.filter(({ keys }) => one.related.some((key) => keys.has(key)));
    const [first, ...others] = touched;
    if (first === undefined) {
      groups.push({ keys: new Set(one.related), members: [one] });
      continue;
    }
    for (const key of one.related) first.keys.add(key);
    first.members.push(one);
    for (const other of others) {
      for (const key of other.keys) first.keys.add(key);
      first.members.push(...other.members);
      groups.splice(groups.indexOf(other), 1);
    }
  }
  const place = new Map(told.map((one, index) => [one, index]));
  return groups.map(({ members }) =>
    members.sort((one, other) => (place.get(one) ?? 0) - (place.get(other) ?? 0)),
  );
}
