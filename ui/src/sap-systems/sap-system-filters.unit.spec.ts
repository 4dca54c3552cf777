/** Search and filters of the list of SAP systems. */
import { describe, expect, it } from "vitest";
import { applicationInstanceExample } from "../instances/instance-example.ts";
import { filterResources, readFilters } from "../list/filters.ts";
import { tagExample } from "../tags/tag-example.ts";
import { sapSystemExample } from "./sap-system-example.ts";
import { sapSystemFiltering } from "./sap-system-filters.ts";

const systems = [
  sapSystemExample({
    sid: "NWP",
    application_instances: [
      applicationInstanceExample(),
      applicationInstanceExample({ features: "ABAP|GATEWAY", instance_hostname: "sapnwppas" }),
    ],
    tags: [tagExample("prod")],
  }),
  sapSystemExample({
    sid: "NWQ",
    database_sid: "HDQ",
    tenant: "QAS",
    db_host: "10.90.1.13",
    health: "critical",
    application_instances: [applicationInstanceExample({ features: "J2EE|IGS" })],
  }),
];

const shown = (query: string) =>
  filterResources(systems, sapSystemFiltering, readFilters(new URLSearchParams(query))).map(({ sid }) => sid);

describe("filters of SAP systems", () => {
  it.each([
    ["", ["NWP", "NWQ"]],
    ["health=critical", ["NWQ"]],
    ["sid=NWP", ["NWP"]],
    ["type=ABAP", ["NWP"]],
    ["type=JAVA", ["NWQ"]],
    ["database=HDQ", ["NWQ"]],
    ["tag=prod", ["NWP"]],
    ["search=sapnwppas", ["NWP"]],
    ["search=10.90", ["NWQ"]],
    ["search=qas hdq", ["NWQ"]],
  ])("%s show %j", (query, sids) => {
    expect(shown(query)).toEqual(sids);
  });
});
