/** Search and filters of the list of hosts. */
import { describe, expect, it } from "vitest";
import { filterResources, readFilters } from "../list/filters.ts";
import { tagExample } from "../tags/tag-example.ts";
import { hostExample } from "./host-example.ts";
import { hostFiltering } from "./host-filters.ts";

const hosts = [
  hostExample({
    hostname: "vmhdbprd01",
    health: "critical",
    provider: "azure",
    tags: [tagExample("prod"), tagExample("hana")],
  }),
  hostExample({
    hostname: "vmnwqas01",
    health: "passing",
    provider: "kvm",
    heartbeat: "critical",
    ip_addresses: ["10.9.9.9"],
  }),
];

const shown = (query: string) =>
  filterResources(hosts, hostFiltering, readFilters(new URLSearchParams(query))).map(
    ({ hostname }) => hostname,
  );

describe("filters of hosts", () => {
  it("let all pass when there are none", () => {
    expect(shown("")).toHaveLength(2);
  });

  it.each([
    ["health=critical", ["vmhdbprd01"]],
    ["heartbeat=critical", ["vmnwqas01"]],
    ["provider=kvm", ["vmnwqas01"]],
    ["tag=hana", ["vmhdbprd01"]],
    ["tag=hana&provider=kvm", []],
    ["search=HDB", ["vmhdbprd01"]],
    ["search=10.9", ["vmnwqas01"]],
    ["search=prod azure", ["vmhdbprd01"]],
    ["search=prod kvm", []],
  ])("%s shows %j", (query, names) => {
    expect(shown(query)).toEqual(names);
  });
});
