/** Search and filters of the list of clusters. */
import { describe, expect, it } from "vitest";
import { filterResources, optionsOf, readFilters } from "../list/filters.ts";
import { tagExample } from "../tags/tag-example.ts";
import { clusterExample } from "./cluster-example.ts";
import { clusterFiltering } from "./cluster-filters.ts";
import { clusterRows } from "./cluster-row.ts";

const clusters = clusterRows(
  [
    clusterExample({ name: "hana", health: "critical", tags: [tagExample("prod")] }),
    clusterExample({
      name: "services",
      type: "ascs_ers",
      sid: "",
      additional_sids: ["NWP"],
      provider: "kvm",
    }),
    clusterExample({ id: "unnamed", name: null, type: "unknown", sid: "", additional_sids: [] }),
  ],
  { hosts: [], systems: [], databases: [] },
);

const shown = (query: string) =>
  filterResources(clusters, clusterFiltering, readFilters(new URLSearchParams(query))).map(
    ({ name }) => name,
  );

describe("filters of clusters", () => {
  it.each([
    ["", ["hana", "services", null]],
    ["health=critical", ["hana"]],
    ["type=ascs_ers", ["services"]],
    ["sid=NWP", ["services"]],
    ["sid=HDP", ["hana"]],
    ["provider=kvm", ["services"]],
    ["tag=prod", ["hana"]],
    ["search=scale-up", ["hana"]],
    ["search=nwp", ["services"]],
    ["search=unnamed", [null]],
  ])("%s show %j", (query, names) => {
    expect(shown(query)).toEqual(names);
  });

  it("tell types in words, be it one that there is not", () => {
    const byType = clusterFiltering.choices.find(({ name }) => name === "type");
    if (byType === undefined) throw new Error("clusters cannot be chosen by type");
    expect(optionsOf(clusters, byType, "odd").map(({ label }) => label)).toEqual([
      "ASCS/ERS",
      "HANA scale-up",
      "odd",
      "Unknown",
    ]);
  });
});
