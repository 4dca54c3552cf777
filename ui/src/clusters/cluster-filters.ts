/** How clusters are searched and chosen. */
import { clusterTypeSchema } from "../../../domain/cluster/details.ts";
import { providerInWords } from "../hosts/provider-words.ts";
import { byTag, type Filtering } from "../list/filters.ts";
import type { ClusterRow } from "./cluster-row.ts";
import { clusterName, sidsOf, typeInWords } from "./cluster-words.ts";

/** What is asked for in an address may be no type at all. */
function typeText(type: string): string {
  const known = clusterTypeSchema.safeParse(type);
  return known.success ? typeInWords(known.data) : type;
}

export const clusterFiltering: Filtering<ClusterRow> = {
  hint: "Name, SID, type, provider, tag",
  textsOf: (cluster) => [
    clusterName(cluster),
    ...sidsOf(cluster),
    typeInWords(cluster.type),
    providerInWords(cluster.provider),
    ...cluster.tags.map(({ value }) => value),
  ],
  choices: [
    { name: "type", label: "Type", valuesOf: ({ type }) => [type], textOf: typeText },
    { name: "sid", label: "SID", valuesOf: sidsOf },
    {
      name: "provider",
      label: "Provider",
      valuesOf: ({ provider }) => [provider],
      textOf: providerInWords,
    },
    byTag,
  ],
};
