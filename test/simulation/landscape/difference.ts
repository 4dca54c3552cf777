/** Where two values differ, in a few words. */
export function firstDifference(one: unknown, other: unknown): string {
  if (!isRecord(one) || !isRecord(other))
    return `${JSON.stringify(one)?.slice(0, 100)} <> ${JSON.stringify(other)?.slice(0, 100)}`;
  for (const key of new Set([...Object.keys(one), ...Object.keys(other)]))
    if (JSON.stringify(one[key]) !== JSON.stringify(other[key]))
      return `${key}: ${firstDifference(one[key] ?? null, other[key] ?? null)}`;
  return "the order of keys";
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === "object";
}
