/** How the checks of the catalogues are searched and chosen from. */
import type { Definition } from "../api/checks.ts";
import type { Choice, Filtering } from "../list/filters.ts";

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  return typeof value === "string" ? [value] : [];
}

/** A check that does not say what it concerns, concerns all. */
function byMetadata(key: string, label: string): Choice<Definition> {
  return {
    name: key,
    label,
    valuesOf: ({ metadata }) => textsIn(metadata?.[key]),
  };
}

export const checkFiltering: Filtering<Definition> = {
  hint: "Name, id, text or gatherer",
  textsOf: ({ id, name, description, facts }) => [
    id,
    name,
    description,
    ...facts.flatMap(({ gatherer, argument }) => [gatherer, argument]),
  ],
  choices: [
    { name: "group", label: "Group", valuesOf: ({ group }) => [group] },
    byMetadata("target_type", "Target"),
    byMetadata("cluster_type", "Cluster type"),
    byMetadata("provider", "Provider"),
    { name: "severity", label: "Severity", valuesOf: ({ severity }) => [severity] },
    { name: "catalogue", label: "Catalogue", valuesOf: ({ catalogue }) => [catalogue] },
  ],
};

/** By the names of their groups, and in them by id. */
export function inGroups<Check extends { readonly id: string; readonly group: string }>(
  checks: readonly Check[],
): { readonly group: string; readonly checks: readonly Check[] }[] {
  return [...Map.groupBy(checks, ({ group }) => group)]
    .map(([group, own]) => ({ group, checks: own.toSorted((one, other) => one.id.localeCompare(other.id)) }))
    .sort((one, other) => one.group.localeCompare(other.group));
}
