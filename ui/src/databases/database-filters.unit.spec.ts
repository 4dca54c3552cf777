/** What the list of databases tells besides, and its search and filters. */
import { describe, expect, it } from "vitest";
import { databaseInstanceExample } from "../instances/instance-example.ts";
import { filterResources, readFilters } from "../list/filters.ts";
import { sapSystemExample } from "../sap-systems/sap-system-example.ts";
import { databaseExample } from "./database-example.ts";
import { databaseFiltering } from "./database-filters.ts";
import { databaseRows } from "./database-row.ts";

const site = (name: string, tier: number) =>
  databaseInstanceExample({
    system_replication: tier === 1 ? "Primary" : "Secondary",
    system_replication_site: name,
    system_replication_tier: tier,
  });
const replicated = databaseExample({ sid: "HDP", database_instances: [site("WDF", 2), site("NBG", 1)] });
const alone = databaseExample({
  id: crypto.randomUUID(),
  sid: "HDQ",
  health: "critical",
  database_instances: [databaseInstanceExample({ instance_hostname: "vmhdbqas01" })],
});
const system = sapSystemExample({ sid: "NWP", database_id: replicated.id });
const databases = databaseRows([replicated, alone], [system]);

const shown = (query: string) =>
  filterResources(databases, databaseFiltering, readFilters(new URLSearchParams(query))).map(
    ({ sid }) => sid,
  );

describe("rows of databases", () => {
  it("tell the SAP systems that need them, and between which sites they are replicated", () => {
    expect(databases).toMatchObject([
      { systems: [{ sid: "NWP", path: `/sap_systems/${system.id}` }], replication: "NBG → WDF" },
      { systems: [], replication: "" },
    ]);
  });

  it.each([
    ["", ["HDP", "HDQ"]],
    ["health=critical", ["HDQ"]],
    ["sid=HDP", ["HDP"]],
    ["replicated=yes", ["HDP"]],
    ["replicated=no", ["HDQ"]],
    ["search=nwp", ["HDP"]],
    ["search=nbg", ["HDP"]],
    ["search=vmhdbqas", ["HDQ"]],
  ])("with %s are %j", (query, sids) => {
    expect(shown(query)).toEqual(sids);
  });
});
