/** A guard against payloads that tell little and are described at length, because what is told once is written many times. */
import { invalid, type Policy } from "./policy.ts";

/** As many characters as an event can hold. The commands of a large landscape's discoveries have some hundred thousand. */
export const MOST_CHARACTERS = 2_000_000;

/** Whether a value would take more than that many characters, about, as JSON. Looks into no more of it than that. */
export function isHeavierThan(value: unknown, characters: number): boolean {
  let left = characters;
  const waiting: unknown[] = [value];
  while (waiting.length > 0 && left >= 0) {
    const next = waiting.pop();
    if (typeof next === "string") left -= next.length + 2;
    else if (next === null || typeof next !== "object") left -= 4;
    else if (Array.isArray(next)) {
      left -= 2 + next.length;
      if (left >= 0) for (const item of next) waiting.push(item);
    } else {
      left -= 2;
      for (const [key, child] of Object.entries(next)) {
        left -= key.length + 4;
        waiting.push(child);
      }
    }
  }
  return left < 0;
}

/** The same policy, which refuses what would become heavier than anything that is true. */
export function weighed(policy: Policy): Policy {
  return (agentId, payload, memory) => {
    const result = policy(agentId, payload, memory);
    if (!result.ok || !isHeavierThan(result.commands, MOST_CHARACTERS)) return result;
    return invalid([{ path: [], message: `should be described in at most ${MOST_CHARACTERS} characters` }]);
  };
}
