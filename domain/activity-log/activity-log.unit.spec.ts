/** The activity log's rules: what has an entry, how grave it is, who sees it, and how it is searched. */
import { describe, expect, it } from "vitest";
import { entryOfEvent, redacted, typeOfEvent } from "./entry.ts";
import { DEFAULT_RETENTION, keptSince, retentionTimeSchema } from "./retention.ts";
import { hasTooManyTerms, parseSearch } from "./search.ts";
import { severityOf, severityOfNumber } from "./severity.ts";
import { actorAsSeenBy, userManagementTypes } from "./visibility.ts";

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
    ["discovery_refused", {}, "warning"],
    ["discovery_parked", {}, "info"],
    ["discovery_delayed", {}, "info"],
    ["discovery_applied", {}, "info"],
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
    ["host_roll_up_requested", {}, "debug"],
    ["host_rolled_up_twice", {}, "info"],
    ["provider_updated", {}, "debug"],
    ["cluster_details_updated", {}, "debug"],
    ["host_removed_from_cluster", {}, "debug"],
    ["sles_subscriptions_updated", {}, "debug"],
    ["software_updates_discovery_cleared", {}, "debug"],
    ["host_checks_selected", {}, "warning"],
    ["host_deregistered_again", {}, "info"],
    ["sap_system_database_health_changed", { database_health: "unknown" }, "info"],
    ["sap_system_database_health_changed", { database_health: "critical" }, "critical"],
    ["host_health_changed", {}, "info"],
    ["host_health_changed", { healthy: "critical" }, "info"],
    ["application_instance_status_changed", {}, "info"],
    ["some_status_changed", { status: "red" }, "info"],
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

it.each([
  "password",
  "current_password",
  "password_confirmation",
  "ca_cert",
  "smtp_password",
  "api_key",
  "secret",
])("a %s is not for the log", (name) => {
  expect(redacted({ [name]: "hidden", [`${name}s`]: "shown" })).toEqual({
    [name]: "REDACTED",
    [`${name}s`]: "shown",
  });
});

it("what is told of users is for who manages them", () => {
  expect(userManagementTypes.toSorted()).toEqual([
    "ai_configuration_creation",
    "ai_configuration_deletion",
    "ai_configuration_modification",
    "login_attempt",
    "personal_access_token_admin_deletion",
    "personal_access_token_creation",
    "personal_access_token_deletion",
    "profile_update",
    "user_creation",
    "user_deletion",
    "user_modification",
  ]);
});

it.each<[object, string | null]>([
  [{ value: 1, unit: "day" }, null],
  [{ value: 1_000, unit: "year" }, null],
  [{ value: 2, unit: "week" }, null],
  [{ value: 3, unit: "month" }, null],
  [{ value: 0, unit: "day" }, "must be greater than 0"],
  [{ value: 1_001, unit: "day" }, "must be at most 1000"],
  [{ value: 1.5, unit: "day" }, expect.any(String)],
  [{ value: 1, unit: "hour" }, expect.any(String)],
  [{ value: 1, unit: "day", more: 1 }, expect.any(String)],
])("%j as a time to keep is refused: %s", (time, why) => {
  expect(retentionTimeSchema.safeParse(time).error?.issues[0]?.message ?? null).toEqual(why);
});

it("what is kept unless it is said otherwise is a month", () => {
  expect(DEFAULT_RETENTION).toEqual({ value: 1, unit: "month" });
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
    ["*é*", [[{ kind: "part", text: "é" }]]],
    ["<-3", [[{ kind: "number", operator: "<", number: -3 }]]],
    ["==0.25", [[{ kind: "number", operator: "=", number: 0.25 }]]],
    ["5", [[whole("5")]]],
    ["x==5", [[whole("x==5")]]],
    ["and", [[whole("and")]]],
  ])("%j", (text, expected) => {
    expect(parseSearch(text)).toEqual(expected);
  });

  it.each([
    "AND a",
    "a AND",
    "a OR OR b",
    "a AND OR b",
    ">",
    "==x",
    "*",
    "a*b",
    "**a",
    "a**",
    "**",
    "==",
    "!=x",
    "<1e3",
    ">5.",
    "==5x",
    "",
    " ",
    "x ".repeat(21),
  ])("%j is none", (text) => {
    expect(parseSearch(text)).toBeNull();
  });

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
