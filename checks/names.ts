/** Names within a check. Facts, values and expectations are known by them alone: one that is given twice means nothing. */
import type { CheckDefinition } from "./definition.ts";

export interface RepeatedName {
  readonly list: "facts" | "values" | "expectations";
  /** Where the name stands again, and where it stood first. */
  readonly index: number;
  readonly first: number;
  readonly name: string;
}

type Named = { readonly [List in RepeatedName["list"]]: readonly { readonly name: string }[] };

export function repeatedNames(check: Named | CheckDefinition): RepeatedName[] {
  return (["facts", "values", "expectations"] as const).flatMap((list) => {
    const seen = new Map<string, number>();
    return check[list].flatMap(({ name }, index) => {
      const first = seen.get(name);
      if (first === undefined) seen.set(name, index);
      return first === undefined ? [] : [{ list, index, first, name }];
    });
  });
}

/** As a reason that follows the path of the name. */
export function repetition({ list, first, name }: RepeatedName): string {
  return `is that of ${list}.${first} too: ${name}`;
}
