/** The activity log's rules: what has an entry, how grave it is, who sees it, and how it is searched. */
import { describe, expect, it } from "vitest";
import { entryOfEvent, redacted, typeOfEvent } from "./entry.ts";
import { keptSince } from "./retention.ts";
import { hasTooManyTerms, parseSearch } from "./search.ts";
import { severityOf, severityOfNumber } from "./severity.ts";
import { actorAsSeenBy } from "./visibility.ts";

const happened = (type: string, data: object) => ({
  id: "an-event",
  type,
  data,
  metadata: { correlationId: "a-chain" },
  occurredAt: "2026-11-25T00:00:00.000Z",
});

describe("an event", () => {
  it("is told under its own id, with all its fields and the chain that it belongs to", () => {
    expect(entryOfEvent(happened("HostHealthChanged", { host_id: "h", health: "critical" }))).toEqual({
      id: "an-event",
      type: "host_health_changed",
      actor: "system",
      severity: "critical",
      metadata: { host_id: "h", health: "critical", correlation_id: "a-chain" },
      occurred_on: "2026-11-25T00:00:00.000Z",
    });
  });

  it.each([
    "HostChecksSelected",
    "ChecksSelected",
    "ClusterHostDataMarkedStale",
    "ClusterHostDataMarkedInSync",
    "SapSystemDatabaseStaleAtChanged",
  ])("%s has no entry", (type) => {
    expect(entryOfEvent(happened(type, {}))).toBeNull();
  });

  it.each([
    ["SapSystemRegistered", "sap_system_registered"],
    ["HostAddedToCluster", "host_added_to_cluster"],
    ["HostRolledUp", "host_rolled_up"],
  ])("%s is called %s", (name, type) => {
    expect(typeOfEvent(name)).toBe(type);
  });
});

describe("the severity", () => {
  it.each([
    ["host_health_changed", { health: "passing" }, "info"],
    ["host_health_changed", { health: "unknown" }, "warning"],
    ["host_checks_health_changed", { checks_health: "critical" }, "critical"],
    ["cluster_sbd_health_changed", { sbd_health: "warning" }, "warning"],
    ["cluster_health_changed", { health: "unknown" }, "warning"],
    ["database_health_changed", { health: "unknown" }, "info"],
    ["database_health_changed", { health: "critical" }, "critical"],
    ["sap_system_database_health_changed", { database_health: "unknown" }, "info"],
    ["sap_system_database_health_changed", { database_health: "warning" }, "warning"],
    ["sap_system_health_changed", { health: "critical" }, "info"],
    ["application_instance_status_changed", { status: "red" }, "critical"],
    ["database_instance_status_changed", { status: "yellow" }, "warning"],
    ["database_instance_status_changed", { status: "gray" }, "info"],
    ["login_attempt", {}, "info"],
    ["login_attempt", { reason: "wrong" }, "warning"],
    ["operation_completed", { result: "updated" }, "info"],
    ["operation_completed", { result: "not_updated" }, "info"],
    ["operation_completed", { result: "failed" }, "critical"],
    ["host_rolled_up", {}, "debug"],
    ["database_tombstoned", {}, "debug"],
    ["cluster_data_marked_stale", {}, "debug"],
    ["database_instance_data_marked_in_sync", {}, "debug"],
    ["heartbeat_succeeded", {}, "debug"],
    ["heartbeat_failed", {}, "warning"],
    ["host_added_to_cluster", {}, "debug"],
    ["host_deregistration_requested", {}, "debug"],
    ["software_updates_discovery_requested", {}, "debug"],
    ["host_deregistered", {}, "warning"],
    ["application_instance_deregistered", {}, "warning"],
    ["database_instance_marked_absent", {}, "warning"],
    ["database_instance_marked_present", {}, "info"],
    ["database_instance_system_replication_changed", {}, "warning"],
    ["host_cleanup_requested", {}, "warning"],
    ["cluster_checks_selected", {}, "warning"],
    ["user_deletion", {}, "warning"],
    ["clearing_suma_settings", {}, "warning"],
    ["check_customization_applied", {}, "warning"],
    ["check_customization_reset", {}, "info"],
    ["host_registered", { health: "critical" }, "info"],
    ["resource_tagging", {}, "info"],
  ])("of %s %j is %s", (type, metadata, severity) => {
    expect(severityOf(type, metadata)).toBe(severity);
  });

  it.each([
    [5, "debug"],
    [9, "info"],
    [13, "warning"],
    [17, "warning"],
    [21, "critical"],
  ])("stored as %d is %s", (number, severity) => {
    expect(severityOfNumber(number)).toBe(severity);
  });
});

it("secrets are not for the log, wherever they stand", () => {
  expect(
    redacted({ url: "u", password: "p", list: [{ smtp_password: "s", port: 1 }], ca_cert: null }),
  ).toEqual({
    url: "u",
    password: "REDACTED",
    list: [{ smtp_password: "REDACTED", port: 1 }],
    ca_cert: "REDACTED",
  });
});

it.each([
  [true, "bob", "bob"],
  [false, "bob", "••••••••"],
  [false, "alice", "alice"],
  [false, "system", "system"],
])("who may see all names (%s) sees %s as %s", (seesActors, actor, shown) => {
  expect(actorAsSeenBy({ username: "alice", seesActors }, actor)).toBe(shown);
});

describe("a search", () => {
  const whole = (text: string) => ({ kind: "whole", text });

  it.each<[string, unknown]>([
    ["prd", [[whole("prd")]]],
    [" a  b ", [[whole("a")], [whole("b")]]],
    ["a OR b", [[whole("a")], [whole("b")]]],
    ["a AND b OR c", [[whole("a"), whole("b")], [whole("c")]]],
    ["a b AND c", [[whole("a")], [whole("b"), whole("c")]]],
    ["prd*", [[{ kind: "begin", text: "prd" }]]],
    ["*prd", [[{ kind: "end", text: "prd" }]]],
    ["*prd*", [[{ kind: "part", text: "prd" }]]],
    ["==5", [[{ kind: "number", operator: "=", number: 5 }]]],
    ["!=-1.5", [[{ kind: "number", operator: "<>", number: -1.5 }]]],
    [
      ">5 AND <9",
      [
        [
          { kind: "number", operator: ">", number: 5 },
          { kind: "number", operator: "<", number: 9 },
        ],
      ],
    ],
    ["a=b", [[whole("a=b")]]],
    ["and", [[whole("and")]]],
  ])("%j", (text, expected) => {
    expect(parseSearch(text)).toEqual(expected);
  });

  it.each(["AND a", "a AND", "a OR OR b", "a AND OR b", ">", "==x", "*", "a*b", "**a", "x ".repeat(21)])(
    "%j is none",
    (text) => {
      expect(parseSearch(text)).toBeNull();
    },
  );

  it("has at most twenty words", () => {
    const twenty = Array(20).fill("x");
    for (const text of [twenty.join(" "), ` ${twenty.join(" AND ")} `, twenty.join(" OR ")]) {
      expect(parseSearch(text)?.flat()).toHaveLength(20);
      expect(hasTooManyTerms(text)).toBe(false);
      expect(hasTooManyTerms(`${text} y`)).toBe(true);
      expect(parseSearch(`${text} y`)).toBeNull();
    }
    expect(hasTooManyTerms("AND ".repeat(50))).toBe(false);
  });
});

it.each([
  [{ value: 2, unit: "day" }, "2026-11-23T00:00:00.000Z"],
  [{ value: 1, unit: "week" }, "2026-11-18T00:00:00.000Z"],
  [{ value: 1, unit: "month" }, "2026-10-26T00:00:00.000Z"],
  [{ value: 1, unit: "year" }, "2025-11-25T00:00:00.000Z"],
] as const)("what is kept for %j is kept since %s", (time, since) => {
  expect(keptSince(time, Date.parse("2026-11-25T00:00:00.000Z"))).toBe(since);
});
