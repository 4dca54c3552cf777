/** Search and filters of the list of hosts. */
import { describe, expect, it } from "vitest";
import { hostExample } from "./host-example.ts";
import { filterHosts, providersOf, readFilters, tagsOf } from "./host-filters.ts";

const tag = (value: string) => ({
  id: 1,
  value,
  resource_id: "9cd46919-5f19-59aa-993e-cf3736c71053",
  resource_type: "host" as const,
  inserted_at: "",
  updated_at: "",
});

const hosts = [
  hostExample({
    hostname: "vmhdbprd01",
    health: "critical",
    provider: "azure",
    tags: [tag("prod"), tag("hana")],
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
  filterHosts(hosts, readFilters(new URLSearchParams(query))).map(({ hostname }) => hostname);

describe("filters", () => {
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

  it("name what there is to choose from", () => {
    expect(tagsOf(hosts)).toEqual(["hana", "prod"]);
    expect(providersOf(hosts)).toEqual(["azure", "kvm"]);
  });
});
