/** Answers requests for facts with what gatherers answer. */
import type { Fact, FactRequest } from "../../../checks/facts.ts";
import type { Answer } from "./value.ts";

/** By name and version, as `sysctl@v1`. */
export type Gatherers<Gatherer> = Readonly<Record<string, Gatherer>>;

/** A name without a version is that of the highest. */
export function gathererNamed<Gatherer>(gatherers: Gatherers<Gatherer>, name: string): Gatherer | undefined {
  const known = Object.keys(gatherers);
  const full = name.includes("@")
    ? name
    : known
        .filter((one) => one.startsWith(`${name}@`))
        .sort()
        .at(-1);
  return full !== undefined && Object.hasOwn(gatherers, full) ? gatherers[full] : undefined;
}

export function factOf({ check_id, name }: FactRequest, answer: Answer): Fact {
  if ("error" in answer) return { check_id, name, error: answer.error };
  // What goes over the wire is JSON.
  return { check_id, name, value: JSON.parse(JSON.stringify(answer.value)) };
}
