/** What entries of the activity log are called, and where they lead to. */
import { describe, expect, it } from "vitest";
import type { ActivityEntryView } from "../../../domain/activity-log/entry.ts";
import { headlineOf, inWords, subjectOf } from "./wording.ts";

const entry = (metadata: ActivityEntryView["metadata"]): ActivityEntryView => ({
  id: "e",
  type: "t",
  actor: "system",
  severity: "info",
  metadata,
  occurred_on: "2026-11-25T00:00:00Z",
});

it.each([
  ["host_registered", "Host registered"],
  ["sap_system_health_changed", "SAP system health changed"],
  ["api_key_generation", "API key generation"],
  ["cluster_sbd_health_changed", "Cluster SBD health changed"],
  ["clearing_suma_settings", "Clearing SUMA settings"],
])("%s is %s in words", (type, words) => {
  expect(inWords(type)).toBe(words);
});

describe("an entry is about", () => {
  it.each<[ActivityEntryView["metadata"], string | undefined, string | null | undefined]>([
    [{ host_id: "h", hostname: "db01" }, "db01", "/hosts/h"],
    [{ host_id: "h" }, "h", "/hosts/h"],
    [{ cluster_id: "c", host_id: "h", name: "hana", hostname: "db01" }, "hana", "/clusters/c"],
    [{ sap_system_id: "s", host_id: "h", sid: "NWP" }, "NWP", "/sap_systems/s"],
    [{ database_id: "d", sid: "PRD" }, "PRD", "/databases/d"],
    [{ resource_id: "h", resource_type: "host" }, "host h", "/hosts/h"],
    [{ group_id: "c", target_type: "cluster" }, "cluster c", "/clusters/c"],
    [{ group_id: "c" }, "resource c", null],
    [{ username: "x" }, undefined, undefined],
  ])("%j", (metadata, name, path) => {
    expect([subjectOf(entry(metadata))?.name, subjectOf(entry(metadata))?.path]).toEqual([name, path]);
  });
});

it.each([
  ["host_checks_health_changed", { checks_health: "critical" }, "Host checks health changed: critical"],
  ["application_instance_status_changed", { status: "red" }, "Application instance status changed: red"],
  ["host_registered", { health: "unknown" }, "Host registered"],
])("%s with %j says: %s", (type, metadata, headline) => {
  expect(headlineOf({ ...entry(metadata), type })).toBe(headline);
});

it("a discovery that is refused says which, and why", () => {
  const issues = [
    { field: "/payload/SBD", message: "tells of no fencing" },
    { field: null, message: "more" },
  ];
  const refused = { ...entry({ discovery_type: "ha_cluster_discovery", issues }), type: "discovery_refused" };
  expect(headlineOf(refused)).toBe("Discovery refused: ha cluster, /payload/SBD tells of no fencing");
  const applied = { ...entry({ discovery_type: "cloud_discovery" }), type: "discovery_applied" };
  expect(headlineOf(applied)).toBe("Discovery applied: cloud");
});
