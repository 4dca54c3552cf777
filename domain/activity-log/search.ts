/**
 * The language that the activity log is searched in (api.md): `red AND host*`, `*prd* OR ==5`. Words between which there is
 * nothing are alternatives; AND binds more tightly than OR. A word must be a whole value of the metadata, but for what a `*`
 * at its begin or end stands for.
 */

export type Term =
  | { readonly kind: "whole" | "begin" | "end" | "part"; readonly text: string }
  | { readonly kind: "number"; readonly operator: "=" | "<>" | ">" | "<"; readonly number: number };

/** Any of these, of each of which all. */
export type Search = readonly (readonly Term[])[];

const OPERATORS = { "==": "=", "!=": "<>", ">": ">", "<": "<" } as const;
const NUMERIC = /^(==|!=|>|<)(-?\d+(?:\.\d+)?)$/;
/** Each is looked for in every value of an entry. */
export const MOST_TERMS = 20;

function termOf(word: string): Term | null {
  const [, operator, number] = NUMERIC.exec(word) ?? [];
  if (operator !== undefined)
    return {
      kind: "number",
      operator: OPERATORS[operator as keyof typeof OPERATORS],
      number: Number(number),
    };
  if (/^(==|!=|>|<)/.test(word)) return null;
  const [, before, text, after] = /^(\*?)([^*]+)(\*?)$/.exec(word) ?? [];
  if (text === undefined) return null;
  const kind = before === "*" ? (after === "*" ? "part" : "end") : after === "*" ? "begin" : "whole";
  return { kind, text };
}

const wordsOf = (text: string) => text.trim().split(/\s+/);

/** Whether somebody looks for more at once than there may be. */
export function hasTooManyTerms(text: string): boolean {
  return wordsOf(text).filter((word) => word !== "AND" && word !== "OR").length > MOST_TERMS;
}

/** @returns null for what is no search: it finds nothing */
export function parseSearch(text: string): Search | null {
  if (hasTooManyTerms(text)) return null;
  const alternatives: Term[][] = [];
  let joined: "AND" | "OR" | null = null;
  for (const word of wordsOf(text)) {
    if (word === "AND" || word === "OR") {
      if (joined !== null || alternatives.length === 0) return null;
      joined = word;
      continue;
    }
    const term = termOf(word);
    if (term === null) return null;
    if (joined === "AND") alternatives.at(-1)?.push(term);
    else alternatives.push([term]);
    joined = null;
  }
  return joined === null ? alternatives : null;
}
