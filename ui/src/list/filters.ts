/** Which resources of a list are shown: search and filters, as they stand in the page's address. */
import type { Health } from "../../../domain/health.ts";

export interface Judged {
  readonly health: Health;
}

/** One way to choose among resources. */
export interface Choice<Resource> {
  /** Its name in the address. */
  readonly name: string;
  readonly label: string;
  valuesOf(resource: Resource): readonly string[];
  /** All that can be chosen, where that is more than what is there. */
  readonly all?: readonly string[];
  /** A value in words. */
  textOf?(value: string): string;
}

export interface Filtering<Resource> {
  /** What is said in the empty search field. */
  readonly hint: string;
  /** What a search looks into. */
  textsOf(resource: Resource): readonly (string | null)[];
  readonly choices: readonly Choice<Resource>[];
}

export interface Filters {
  readonly search: string;
  readonly chosen: ReadonlyMap<string, string>;
}

const SEARCH = "search";
export const HEALTH = "health";

/** Every list of what has a health can be chosen from by it, with the counters above it. */
const byHealth: Choice<object> = {
  name: HEALTH,
  label: "Health",
  valuesOf: (resource) =>
    "health" in resource && typeof resource.health === "string" ? [resource.health] : [],
};

export const byTag: Choice<{ readonly tags: readonly { readonly value: string }[] }> = {
  name: "tag",
  label: "Tag",
  valuesOf: ({ tags }) => tags.map(({ value }) => value),
};

export function readFilters(query: URLSearchParams): Filters {
  const chosen = new Map(query);
  chosen.delete(SEARCH);
  return { search: query.get(SEARCH) ?? "", chosen };
}

/** All words must be found, each somewhere. */
function isFound(texts: readonly (string | null)[], search: string): boolean {
  const text = texts.join(" ").toLowerCase();
  return search
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

export function filterResources<Resource extends object>(
  resources: readonly Resource[],
  { textsOf, choices }: Filtering<Resource>,
  { search, chosen }: Filters,
): Resource[] {
  return resources.filter((resource) => {
    const suits = ({ name, valuesOf }: Choice<Resource>) => {
      const value = chosen.get(name);
      return value === undefined || valuesOf(resource).includes(value);
    };
    return suits(byHealth) && choices.every(suits) && isFound(textsOf(resource), search.trim());
  });
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

/** What there is to choose from, in order; what is chosen is among it, even if nothing has it any more. */
export function optionsOf<Resource>(
  resources: readonly Resource[],
  { valuesOf, all, textOf = (value) => value }: Choice<Resource>,
  chosen: string | undefined,
): Option[] {
  const values = new Set(all ?? resources.flatMap(valuesOf));
  if (chosen !== undefined) values.add(chosen);
  const options = [...values].map((value) => ({ value, label: textOf(value) }));
  return all === undefined ? options.sort((one, other) => one.label.localeCompare(other.label)) : options;
}
