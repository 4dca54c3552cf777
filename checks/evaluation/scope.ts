/** What the expectations of a check see: facts and values by their names. There is no `env`. */
import type { Fact } from "../facts.ts";
import type { ResolvedValue } from "../results.ts";

/** Numbers without a fraction are integers there: that is how Rhai takes numbers of JSON. */
export function scopeOf(facts: readonly Fact[], values: readonly ResolvedValue[]) {
  return {
    facts: Object.fromEntries(facts.flatMap((fact) => ("value" in fact ? [[fact.name, fact.value]] : []))),
    values: Object.fromEntries(values.map(({ name, value }) => [name, value])),
  };
}
