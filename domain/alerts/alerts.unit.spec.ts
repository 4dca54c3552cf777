/** The rules of alerting: what alerts, what belongs together, when it may be told, and in which words. */
import { describe, expect, it } from "vitest";
import { alertingEvents, troubleKey, turnOf } from "./alert.ts";
import { incidentsOf } from "./incidents.ts";
import { type AlertNews, mailAbout, mailAboutApiKey, testMail, withHtml } from "./message.ts";
import { afterQuietHours, quietHoursSchema } from "./quiet-hours.ts";
import { alertingSettingsSchema, smtpPasswordSchema } from "./settings.ts";

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

it("a trouble is one by its kind, its resource and its id", () => {
  const one = { kind: "health", resource: "host", id: "x" } as const;
  const keys = [
    one,
    { ...one, kind: "heartbeat" } as const,
    { ...one, resource: "cluster" } as const,
    { ...one, id: "y" },
  ].map(troubleKey);
  expect(new Set(keys).size).toBe(4);
  expect(troubleKey({ ...one })).toBe(keys[0]);
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

  it("tells in the order in which it came, also where parts were joined late", () => {
    expect(idsOf(told(1, "a"), told(2, "b"), told(3, "b"), told(4, "b", "a"), told(5, "a"))).toEqual([
      [1, 2, 3, 4, 5],
    ]);
    expect(idsOf(told(1, "a"), told(2, "b", "x"), told(3, "a", "b"), told(4, "x"))).toEqual([[1, 2, 3, 4]]);
    expect(idsOf(told(1, "z"), told(2, "a"), told(3, "b"), told(4, "a", "b"), told(5, "z"))).toEqual([
      [1, 5],
      [2, 3, 4],
    ]);
  });

  it("has nothing to do with what shares nothing", () => {
    expect(idsOf(told(1), told(2))).toEqual([[1], [2]]);
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
    // Summer time ends in the night to the 25th of October 2026, and begins in that to the 29th of March: 06:30 is an hour later,
    // and an hour earlier.
    [night, "2026-10-24T21:00:00Z", "2026-10-25T05:30:00Z"],
    [night, "2026-03-28T22:00:00Z", "2026-03-29T04:30:00Z"],
    [night, "2026-03-29T00:59:00Z", "2026-03-29T04:30:00Z"],
    [night, "2026-03-29T01:00:00Z", "2026-03-29T04:30:00Z"],
    // Their end is in the hour that is not there: they end with it.
    [{ ...night, to: "02:30" }, "2026-03-28T23:00:00Z", "2026-03-29T01:00:00Z"],
    // At midnight, and by half an hour.
    [{ ...night, time_zone: "America/Havana" }, "2026-03-08T04:30:00Z", "2026-03-08T10:30:00Z"],
    [
      { from: "22:00", to: "00:30", time_zone: "America/Havana" },
      "2026-03-08T04:30:00Z",
      "2026-03-08T05:00:00Z",
    ],
    [{ ...night, time_zone: "Australia/Lord_Howe" }, "2026-10-03T13:00:00Z", "2026-10-03T19:30:00Z"],
    [{ ...night, time_zone: "Australia/Lord_Howe" }, "2026-04-04T13:00:00Z", "2026-04-04T20:00:00Z"],
    [{ from: "00:00", to: "23:59", time_zone: "UTC" }, "2026-11-25T00:00:00Z", "2026-11-25T23:59:00Z"],
    [{ from: "23:59", to: "00:00", time_zone: "UTC" }, "2026-11-25T23:59:59Z", "2026-11-26T00:00:00Z"],
    [{ from: "23:59", to: "00:00", time_zone: "UTC" }, "2026-11-25T23:58:59Z", "2026-11-25T23:58:59Z"],
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
    [{ ...night, time_zone: "U".repeat(65) }, "time_zone"],
    [{ ...night, from: "22:60" }, "from"],
    [{ ...night, from: "2:00" }, "from"],
    [{ ...night, from: "22:00:00" }, "from"],
    [{ ...night, to: "x06:00" }, "to"],
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

  const whole = news({ id: "the-id", facts: { Cluster: "hana" } });
  it.each<[string, AlertNews, string | null, string[]]>([
    [
      "without links",
      whole,
      null,
      [
        "Host db01 needs attention.",
        "  Critical since: 2026-11-25 10:00:00 UTC",
        "  Cluster: hana",
        "  Host id: the-id",
      ],
    ],
    [
      "with a link",
      whole,
      "https://t.example",
      [
        "Host db01 needs attention.",
        "  Critical since: 2026-11-25 10:00:00 UTC",
        "  Cluster: hana",
        "  Host id: the-id",
        "  https://t.example/hosts/the-id",
      ],
    ],
    [
      "of what is over",
      news({ turn: "over", health: "passing", resource: "sap_system" }),
      "https://t.example",
      [
        "Sap System db01 is passing again.",
        "  Since: 2026-11-25 10:00:00 UTC",
        "  Sap System id: h",
        "  https://t.example/sap_systems/h",
      ],
    ],
  ])("says, line by line, %s", (_, one, baseUrl, lines) => {
    expect(mailAbout([one], baseUrl).text).toBe(`${lines.join("\n")}\n`);
  });

  it("says the same as HTML", () => {
    const cell = (name: string, value: string) =>
      `<tr><td style="color:#555;padding:2px 12px 2px 0">${name}</td><td>${value}</td></tr>`;
    const table = `<table style="font-size:14px">${cell("Critical since", "2026-11-25 10:00:00 UTC")}${cell("Cluster", "hana")}${cell("Host id", "the-id")}</table>`;
    const title = (text: string) => `<h2 style="font-size:16px;margin:20px 0 6px">${text}</h2>`;
    const page = (text: string) =>
      `<div style="font-family:sans-serif;color:#222">${title(text)}${table}</div>`;
    expect(mailAbout([whole], null).html).toBe(page("Host db01 needs attention."));
    expect(mailAbout([whole], 'https://t.example/"').html).toBe(
      page('<a href="https://t.example/&quot;/hosts/the-id">Host db01 needs attention.</a>'),
    );
  });

  it("has as HTML nothing between what it tells of several things", () => {
    const parts = ["a", "b"].map((name) => news({ name, id: name }));
    const [one, other] = parts.map((part) =>
      mailAbout([part], null).html.replace(/^<div[^>]*>|<\/div>$/g, ""),
    );
    expect(mailAbout(parts, null).html).toBe(
      `<div style="font-family:sans-serif;color:#222">${one}${other}</div>`,
    );
  });

  it.each(["host", "cluster", "database", "sap_system"] as const)("leads to the page of a %s", (resource) => {
    expect(mailAbout([news({ resource })], "https://t.example").text).toContain(
      `https://t.example/${resource}s/h`,
    );
  });

  it("puts what is likelier the cause first, and of the same kind what was earlier", () => {
    const named = (name: string, more: Partial<AlertNews>) => news({ name, id: name, ...more });
    const { text } = mailAbout(
      [
        named("system", { resource: "sap_system" }),
        named("database", { resource: "database" }),
        named("late", { resource: "host", at: "2026-11-25T11:00:00.000Z" }),
        named("early", { resource: "host" }),
        named("cluster", { resource: "cluster" }),
        named("silent", { kind: "heartbeat" }),
      ],
      null,
    );
    expect([...text.matchAll(/ id: (\w+)$/gm)].map(([, id]) => id)).toEqual([
      "silent",
      "cluster",
      "early",
      "late",
      "database",
      "system",
    ]);
    expect(() => mailAbout([], null)).toThrow("a mail about nothing");
  });

  it("of some sentences is one as text and as HTML, and one line in its subject", () => {
    expect(withHtml({ subject: " a\r\nBcc: b ", text: 'x < "y" & z' })).toEqual({
      subject: "a Bcc: b",
      text: 'x < "y" & z\n',
      html: "<p>x &lt; &quot;y&quot; &amp; z</p>",
    });
    expect(testMail()).toEqual({
      subject: "Trento Alert: Test",
      text: "This is a test: alerts reach you at this address.",
    });
    expect(mailAboutApiKey(-1).text).toMatch(/has expired/);
    expect(mailAboutApiKey(3).text).toMatch(/before that/);
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
  [{ smtp_port: 25.5 }, "smtp_port"],
  [{ smtp_server: `${"a.".repeat(126)}aa` }, "smtp_server"],
  [{ smtp_username: "a".repeat(513) }, "smtp_username"],
  [{ sender_email: "@x" }, "sender_email"],
  [{ recovery: "no" }, "recovery"],
  [{ enabled: 1 }, "enabled"],
  [{ surprise: 1 }, undefined],
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
  const refused = alertingSettingsSchema.safeParse({ ...good, ...more });
  expect([refused.success, refused.error?.issues[0]?.path[0]]).toEqual([false, field]);
  const most = {
    ...good,
    smtp_server: `${"a.".repeat(126)}a`,
    smtp_username: "a".repeat(512),
    smtp_port: 65_535,
  };
  expect(alertingSettingsSchema.parse({ ...most, smtp_port: 1 })).toEqual({
    ...most,
    smtp_port: 1,
    smtp_security: "auto",
    recovery: true,
    quiet_hours: null,
  });
  expect(alertingSettingsSchema.safeParse(most).success).toBe(true);
  expect(smtpPasswordSchema.safeParse("a".repeat(1_024)).success).toBe(true);
  expect(smtpPasswordSchema.safeParse("a".repeat(1_025)).success).toBe(false);
});
