/** By which health an SAP system is counted at a glance. */
import { describe, expect, it } from "vitest";
import type { HealthSummary } from "../../../domain/sap-system/health-summary.ts";
import { filterResources, readFilters } from "../list/filters.ts";
import { overviewFiltering, overviewRow } from "./overview-row.ts";

const summary: HealthSummary = {
  id: "eb7bc03e-166f-5ed0-b22d-79672d110d04",
  sid: "NWP",
  sapsystem_health: "passing",
  application_health: "passing",
  application_stale_at: null,
  application_cluster_id: "0eac831a-aa66-5f45-89a4-007fbd2c5714",
  application_cluster_health: "passing",
  application_cluster_stale_at: null,
  database_id: "6c9208eb-a5bb-57ef-be5c-6422dedab602",
  database_sid: "HDP",
  database_health: "passing",
  database_stale_at: null,
  database_cluster_id: "469e7be5-4e20-5007-b044-c6f540a87493",
  database_cluster_health: "passing",
  database_cluster_stale_at: null,
  hosts_health: "passing",
  hosts_stale_at: null,
  hosts_heartbeat: "passing",
  cluster_id: "469e7be5-4e20-5007-b044-c6f540a87493",
  clusters_health: "passing",
  tenant: "HDP",
};

const healthOf = (changed: Partial<HealthSummary>) => overviewRow({ ...summary, ...changed }).health;

describe("the health of a row", () => {
  it.each([
    [{}, "passing"],
    [{ sapsystem_health: "unknown" }, "unknown"],
    [{ hosts_health: "warning" }, "warning"],
    [{ hosts_heartbeat: "critical" }, "critical"],
    [{ hosts_heartbeat: "unknown" }, "unknown"],
    [{ hosts_health: "warning", application_health: "unknown" }, "warning"],
    [{ application_cluster_health: "critical", database_health: "unknown" }, "critical"],
    [{ database_cluster_health: "critical", hosts_health: "warning" }, "critical"],
  ] as const)("with %j is %s", (changed, health) => {
    expect(healthOf(changed)).toBe(health);
  });

  it("has hosts that are as bad as their heartbeat", () => {
    const hostsOf = (changed: Partial<HealthSummary>) => overviewRow({ ...summary, ...changed }).hosts_health;
    expect(hostsOf({ hosts_heartbeat: "critical" })).toBe("critical");
    expect(hostsOf({ hosts_health: "warning", hosts_heartbeat: "unknown" })).toBe("warning");
    expect(hostsOf({ hosts_health: "critical" })).toBe("critical");
  });

  it("is not that of a cluster which is not there", () => {
    expect(healthOf({ application_cluster_id: null, application_cluster_health: "unknown" })).toBe("passing");
    expect(healthOf({ database_cluster_id: null, database_cluster_health: "unknown" })).toBe("passing");
  });
});

describe("filters of the overview", () => {
  const shown = (query: string) =>
    filterResources(
      [overviewRow(summary), overviewRow({ ...summary, sid: "NWQ", hosts_health: "critical" })],
      overviewFiltering,
      readFilters(new URLSearchParams(query)),
    ).map(({ sid }) => sid);

  it.each([
    ["", ["NWP", "NWQ"]],
    ["health=critical", ["NWQ"]],
    ["search=hdp", ["NWP", "NWQ"]],
    ["search=nwp", ["NWP"]],
  ])("%j show %j", (query, sids) => {
    expect(shown(query)).toEqual(sids);
  });
});
