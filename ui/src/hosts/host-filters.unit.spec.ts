/** Search and filters of the list of hosts. */
import { describe, expect, it } from "vitest";
import { filterResources, optionsOf, readFilters } from "../list/filters.ts";
import { tagExample } from "../tags/tag-example.ts";
import { hostExample } from "./host-example.ts";
import { hostFiltering } from "./host-filters.ts";
import type { HostRow } from "./host-row.ts";

const nothing = { clusterName: "", runs: [], systemIds: [] };
const system = { id: crypto.randomUUID(), sid: "NWP" };

const hosts: readonly HostRow[] = [
  {
    ...hostExample({
      hostname: "vmhdbprd01",
      health: "critical",
      provider: "azure",
      tags: [tagExample("prod"), tagExample("hana")],
    }),
    clusterName: "hana_cluster",
    runs: [{ sid: "HDP", path: null }],
    systemIds: [system.id],
  },
  {
    ...hostExample({
      hostname: "vmnwqas01",
      health: "passing",
      provider: "kvm",
      heartbeat: "critical",
      ip_addresses: ["10.9.9.9"],
    }),
    ...nothing,
  },
];

const filtering = hostFiltering([system]);
const shown = (query: string) =>
  filterResources(hosts, filtering, readFilters(new URLSearchParams(query))).map(({ hostname }) => hostname);

describe("filters of hosts", () => {
  it("let all pass when there are none", () => {
    expect(shown("")).toHaveLength(2);
  });

  it.each([
    ["health=critical", ["vmhdbprd01"]],
    ["heartbeat=critical", ["vmnwqas01"]],
    ["provider=kvm", ["vmnwqas01"]],
    [`sap_system=${system.id}`, ["vmhdbprd01"]],
    ["tag=hana", ["vmhdbprd01"]],
    ["tag=hana&provider=kvm", []],
    ["search=vmHDB", ["vmhdbprd01"]],
    ["search=hdp", ["vmhdbprd01"]],
    ["search=hana_cluster", ["vmhdbprd01"]],
    ["search=10.9", ["vmnwqas01"]],
    ["search=prod azure", ["vmhdbprd01"]],
    ["search=prod kvm", []],
  ])("%s shows %j", (query, names) => {
    expect(shown(query)).toEqual(names);
  });

  it("tell SAP systems by SID, and those that are not known by id", () => {
    const bySystem = filtering.choices.find(({ name }) => name === "sap_system");
    if (bySystem === undefined) throw new Error("hosts cannot be chosen by SAP system");
    expect(optionsOf(hosts, bySystem, "gone")).toEqual([
      { value: "gone", label: "gone" },
      { value: system.id, label: "NWP" },
    ]);
  });
});
