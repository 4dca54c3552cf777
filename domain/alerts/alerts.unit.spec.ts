/** The rules of alerting: what alerts, what belongs together, when it may be told, and in which words. */
import { describe, expect, it } from "vitest";
import { alertingEvents, turnOf } from "./alert.ts";
import { incidentsOf } from "./incidents.ts";
import { type AlertNews, mailAbout, mailAboutApiKey } from "./message.ts";
import { afterQuietHours, quietHoursSchema } from "./quiet-hours.ts";
import { alertingSettingsSchema } from "./settings.ts";

describe("an event", () => {
  const trouble = (kind: string, resource: string) => ({ kind, resource, id: "x" });

  it.each<[string, object, unknown]>([
    [
      "HostHealthChanged",
      { host_id: "x", health: "critical" },
      { turn: "critical", trouble: trouble("health", "host") },
    ],
    [
      "ClusterHealthChanged",
      { cluster_id: "x", health: "critical" },
      { turn: "critical", trouble: trouble("health", "cluster") },
    ],
    [
      "DatabaseHealthChanged",
      { database_id: "x", health: "passing" },
      { turn: "over", trouble: trouble("health", "database"), health: "passing" },
    ],
    [
      "SapSystemHealthChanged",
      { sap_system_id: "x", health: "warning" },
      { turn: "over", trouble: trouble("health", "sap_system"), health: "warning" },
    ],
    ["HeartbeatFailed", { host_id: "x" }, { turn: "critical", trouble: trouble("heartbeat", "host") }],
    [
      "HeartbeatSucceeded",
      { host_id: "x" },
      { turn: "over", trouble: trouble("heartbeat", "host"), health: "passing" },
    ],
    ["HostHealthChanged", { host_id: "x", health: "unknown" }, null],
    ["ClusterRegistered", { cluster_id: "x", health: "critical" }, null],
    ["ClusterSbdHealthChanged", { cluster_id: "x", sbd_health: "critical" }, null],
    ["HostChecksHealthChanged", { host_id: "x", checks_health: "critical" }, null],
  ])("%s %j", (type, data, turn) => {
    expect(turnOf({ type, data })).toEqual(turn);
    if (turn !== null) expect(alertingEvents).toContain(type);
  });
});

describe("an incident", () => {
  const told = (id: number, ...related: string[]) => ({ id, related });
  const idsOf = (...all: ReturnType<typeof told>[]) =>
    incidentsOf(all).map((group) => group.map(({ id }) => id));

  it("is everything that has to do with each other", () => {
    expect(idsOf(told(1, "host/a", "cluster/c"), told(2, "host/z"), told(3, "cluster/c", "host/b"))).toEqual([
      [1, 3],
      [2],
    ]);
  });

  it("grows together when the link is told last", () => {
    expect(idsOf(told(1, "a"), told(2, "b"), told(3, "c"), told(4, "a", "b"))).toEqual([[1, 2, 4], [3]]);
  });

  it("is none of nothing", () => {
    expect(incidentsOf([])).toEqual([]);
  });
});

describe("quiet hours", () => {
  const night = { from: "22:00", to: "06:30", time_zone: "Europe/Berlin" };
  const noon = { from: "12:00", to: "13:00", time_zone: "UTC" };

  it.each([
    [night, "2026-11-25T20:59:59Z", "2026-11-25T20:59:59Z"],
    [night, "2026-11-25T21:00:00Z", "2026-11-26T05:30:00Z"],
    [night, "2026-11-26T05:29:59Z", "2026-11-26T05:30:00Z"],
    [night, "2026-11-26T05:30:00Z", "2026-11-26T05:30:00Z"],
    [noon, "2026-11-25T12:00:30Z", "2026-11-25T13:00:00Z"],
    [noon, "2026-11-25T13:00:00Z", "2026-11-25T13:00:00Z"],
    // Summer time ends in the night to the 25th of October 2026: 06:30 is an hour later.
    [night, "2026-10-24T21:00:00Z", "2026-10-25T05:30:00Z"],
    [night, "2026-03-28T22:00:00Z", "2026-03-29T05:30:00Z"],
    [null, "2026-11-25T23:00:00Z", "2026-11-25T23:00:00Z"],
  ])("of %j: at %s until %s", (quiet, at, until) => {
    expect(new Date(afterQuietHours(Date.parse(at), quiet)).toISOString()).toBe(
      new Date(until).toISOString(),
    );
  });

  it.each([
    [{ ...night, from: "24:00" }, "from"],
    [{ ...night, to: "22:00" }, "to"],
    [{ ...night, time_zone: "Mars/Base" }, "time_zone"],
  ])("are not %j", (quiet, field) => {
    expect(quietHoursSchema.safeParse(quiet).error?.issues[0]?.path).toEqual([field]);
  });
});

describe("a mail", () => {
  const at = "2026-11-25T10:00:00.000Z";
  const news = (more: Partial<AlertNews> = {}): AlertNews =>
    ({
      turn: "critical",
      over: null,
      kind: "health",
      resource: "host",
      id: "h",
      name: "db01",
      at,
      facts: {},
      ...more,
    }) as AlertNews;

  it.each<[Partial<AlertNews>, string]>([
    [{}, "Trento Alert: Host db01 needs attention."],
    [{ resource: "cluster", name: "hana" }, "Trento Alert: Cluster hana needs attention."],
    [{ resource: "database", name: "PRD" }, "Trento Alert: Database PRD needs attention."],
    [{ resource: "sap_system", name: "NWP" }, "Trento Alert: Sap System NWP needs attention."],
    [{ kind: "heartbeat" }, "Trento Alert: Host db01 stopped reporting."],
    [{ turn: "over", health: "warning" }, "Trento Alert: Host db01 is warning again."],
    [{ turn: "over", kind: "heartbeat", health: "passing" }, "Trento Alert: Host db01 reports again."],
    [
      { name: "evil\r\nBcc: all@example.com" },
      "Trento Alert: Host evil Bcc: all@example.com needs attention.",
    ],
  ])("about %j is called: %s", (more, subject) => {
    expect(mailAbout([news(more)], null).subject).toBe(subject);
  });

  it("about several things is called after what likely caused them, and tells of all", () => {
    const { subject, text, html } = mailAbout(
      [
        news({ resource: "database", name: "PRD", id: "d" }),
        news({ resource: "cluster", name: "hana", id: "c" }),
        news({ kind: "heartbeat", facts: { Cluster: "hana", "Runs on it": "HDB00 of PRD" } }),
      ],
      "https://trento.example.com",
    );
    expect(subject).toBe("Trento Alert: Host db01 stopped reporting. (and 2 more)");
    expect(text.split("\n\n").map((part) => part.split("\n")[0])).toEqual([
      "Host db01 stopped reporting.",
      "Cluster hana needs attention.",
      "Database PRD needs attention.",
    ]);
    expect(text).toContain("Stale since: 2026-11-25 10:00:00 UTC");
    expect(text).toContain("Runs on it: HDB00 of PRD");
    expect(html).toContain('<a href="https://trento.example.com/clusters/c">');
  });

  it("tells what is over meanwhile", () => {
    const { text } = mailAbout([news({ over: { at: "2026-11-25T10:05:00.000Z", health: "passing" } })], null);
    expect(text).toContain("Meanwhile: passing again, since 2026-11-25 10:05:00 UTC");
  });

  it("holds names as text, whatever is in them", () => {
    const { html } = mailAbout([news({ name: '<img src="x">', facts: { A: "<b>" } })], null);
    expect(html).toContain("Host &lt;img src=&quot;x&quot;&gt; needs attention.");
    expect(html).not.toContain("<b>");
  });

  it.each([
    [-1, "Trento Alert: Api key expired"],
    [0, "Trento Alert: Api key will expire in 0 days"],
    [29, "Trento Alert: Api key will expire in 29 days"],
  ])("about a key that ends in %d days is called: %s", (days, subject) => {
    expect(mailAboutApiKey(days).subject).toBe(subject);
  });
});

it.each([
  [{ sender_email: "no address" }, "sender_email"],
  [{ recipient_email: "a@b, c@d" }, "recipient_email"],
  [{ smtp_server: "bad host\r\n" }, "smtp_server"],
  [{ smtp_port: 0 }, "smtp_port"],
  [{ smtp_port: 65_536 }, "smtp_port"],
  [{ quiet_hours: { from: "x" } }, "quiet_hours"],
])("settings with %j are refused", (more, field) => {
  const good = {
    enabled: true,
    sender_email: "alerts@example.com",
    recipient_email: "admin@example.com",
    smtp_server: "mail.example.com",
    smtp_port: 587,
    smtp_username: "",
  };
  expect(alertingSettingsSchema.safeParse(good).success).toBe(true);
  expect(alertingSettingsSchema.safeParse({ ...good, ...more }).error?.issues[0]?.path[0]).toBe(field);
});
