/** The rules of webhooks: who wants what, where requests may go, and when one is tried again. */
import { describe, expect, it } from "vitest";
import { allowedHosts, isPublicAddress, refusalOfUrl } from "./address.ts";
import { endpointSettingsSchema, wants } from "./endpoint.ts";
import { messageOf, testMessage } from "./message.ts";
import { ATTEMPTS, DISABLED_AFTER, pauseAfter, wishedPause } from "./retry.ts";

describe("an endpoint that asks for", () => {
  it.each([
    [["*"], "host_registered", true],
    [["host_*"], "host_registered", true],
    [["host_*"], "cluster_registered", false],
    [["*_health_changed"], "host_health_changed", true],
    [["*_health_changed"], "health_changed", false],
    [["host_*_changed"], "host_checks_health_changed", true],
    [["host_*_changed"], "host_changed", false],
    [["*a*b*"], "xaxbx", true],
    [["*ab*ab"], "ab", false],
    [["a*b*c"], "a_x_c", false],
    [["a*b*c"], "a_b_c", true],
    [["a*bb*b"], "abb", false],
    [["a*bb*b"], "abbb", true],
    [["*a*a*"], "ba", false],
    [["host*"], "xhost", false],
    [["*host"], "hostx", false],
    [["**"], "anything", true],
    [["host_registered"], "host_registered", true],
    [["host_registered"], "host_registered2", false],
    [["cluster_*", "heartbeat_failed"], "heartbeat_failed", true],
    [[], "host_registered", false],
  ])("%j is told of %s: %s", (patterns, type, expected) => {
    expect(wants(patterns, type)).toBe(expected);
  });

  it.each([
    [{ url: "no url" }, "url"],
    [{ event_types: [] }, "event_types"],
    [{ event_types: ["Host Registered"] }, "event_types"],
    [{ signature: "md5" }, "signature"],
    [{ enabled: 1 }, "enabled"],
    [{ secret: "x" }, undefined],
    [{ url: `https://example.com/${"a".repeat(2_029)}` }, "url"],
    [{ description: "a".repeat(257) }, "description"],
    [{ event_types: ["a".repeat(129)] }, "event_types"],
    [{ event_types: Array(101).fill("a") }, "event_types"],
    [{ event_types: ["a\nb"] }, "event_types"],
    [{ event_types: [""] }, "event_types"],
  ])("%j is refused", (more, field) => {
    const result = endpointSettingsSchema.safeParse({ url: "https://example.com", ...more });
    expect(result.error?.issues[0]?.path[0]).toBe(field);
    expect(result.success).toBe(false);
  });
});

it.each<[object, string]>([
  [{ url: 5 }, "is invalid"],
  [{ url: `https://example.com/${"a".repeat(2_029)}` }, "should be at most 2048 characters"],
  [{ url: "no url" }, "is not a URL"],
  [{ description: 5 }, "is invalid"],
  [{ description: "a".repeat(257) }, "should be at most 256 characters"],
  [{ event_types: [] }, "should have at least 1 item"],
  [{ event_types: Array(101).fill("a") }, "should have at most 100 items"],
  [{ event_types: [5] }, "is invalid"],
  [{ event_types: ["a".repeat(129)] }, "should be at most 128 characters"],
  [{ event_types: ["A"] }, "must be a type of event like host_registered, with * for any part of it"],
  [{ enabled: 1 }, "is invalid"],
])("%j is refused in words: %s", (more, words) => {
  const result = endpointSettingsSchema.safeParse({ url: "https://example.com", ...more });
  expect(result.error?.issues[0]?.message).toBe(words);
});

it("an endpoint may be as long and want as much as this", () => {
  const settings = {
    url: `https://example.com/${"a".repeat(2_028)}`,
    description: "a".repeat(256),
    event_types: [...Array(99).fill("a_9*"), "a".repeat(128)],
  };
  expect(endpointSettingsSchema.parse(settings)).toEqual({ ...settings, enabled: true, signature: "hmac" });
  expect(endpointSettingsSchema.parse({ url: "https://example.com" })).toEqual({
    url: "https://example.com",
    description: "",
    event_types: ["*"],
    enabled: true,
    signature: "hmac",
  });
});

describe("a request to", () => {
  it.each([
    "https://example.com/hook",
    "https://93.184.216.34/",
    "https://[2606:2800:220:1:248:1893:25c8:1946]/",
    "https://allowed.internal:8443/x",
    "http://allowed.internal/x",
    "http://10.0.0.5/",
  ])("%s may go out", (url) => {
    expect(refusalOfUrl(url, ["allowed.internal", "10.0.0.5"])).toBeNull();
  });

  it.each([
    "http://example.com/",
    "ftp://example.com/",
    "https://user:pass@example.com/",
    "https://user@example.com/",
    "https://:pass@example.com/",
    "https://localhost/",
    "https://LOCALHOST./",
    "https://127.0.0.1/",
    "https://127.1/",
    "https://2130706433/",
    "https://0x7f000001/",
    "https://0177.0.0.1/",
    "https://0.0.0.0/",
    "https://10.0.0.6/",
    "https://172.16.0.1/",
    "https://192.168.1.1/",
    "https://169.254.169.254/latest/meta-data/",
    "https://100.64.0.1/",
    "https://224.0.0.1/",
    "https://255.255.255.255/",
    "https://[::1]/",
    "https://[::]/",
    "https://[::ffff:127.0.0.1]/",
    "https://[::ffff:7f00:1]/",
    "https://[fe80::1]/",
    "https://[fd00:ec2::254]/",
    "https://[64:ff9b::7f00:1]/",
    "https://[2002:7f00:1::]/",
    "https://router/",
    "https://db.internal/",
    "https://printer.local./",
    "https://metadata.google.internal/",
    "https://[::127.0.0.1]/",
    "https://[::a9fe:a9fe]/",
    "https://[::93.184.216.34]/",
    "https://[100::1]/",
    "https://[4000::1]/",
    "https://[fec0::1]/",
    "https://168.63.129.16/",
    "https://0xa83f8110/",
    "https://[::ffff:168.63.129.16]/",
    "https://localhost../",
    "https://db.internal.../",
    "https://kubernetes.default.svc/",
    "https://router.home.arpa/",
    "https://a.private/",
    "https://x.test/",
    "https:///",
    "https://./",
    "no url",
  ])("%s is refused", (url) => {
    expect(refusalOfUrl(url, ["allowed.internal", "10.0.0.5"])).toMatch(/^(is|must) /);
  });

  it.each([
    ["93.184.216.34", true],
    ["127.0.0.1", false],
    ["::ffff:10.0.0.1", false],
    ["fe80::1%eth0", false],
    ["2606:2800:220:1:248:1893:25c8:1946", true],
    ["::ffff:93.184.216.34", true],
    ["168.63.129.16", false],
    ["168.63.129.17", true],
    ["::7f00:1", false],
    ["", false],
    ["not an address", false],
  ])("what resolves to %s is public: %s", (address, expected) => {
    expect(isPublicAddress(address)).toBe(expected);
  });

  it("what is listed is read with commas and spaces", () => {
    expect(allowedHosts(" A.example.com,10.0.0.5  b ")).toEqual(["a.example.com", "10.0.0.5", "b"]);
    expect(allowedHosts(undefined)).toEqual([]);
  });
});

describe("a message that was not taken", () => {
  it("is tried again, later and later, and not for ever", () => {
    const pauses = Array.from({ length: ATTEMPTS }, (_, attempts) => pauseAfter(attempts, 0.5, null));
    const [second, minute, hour] = [1_000, 60_000, 3_600_000];
    expect(pauses).toEqual([
      0,
      5 * second,
      5 * minute,
      30 * minute,
      2 * hour,
      5 * hour,
      10 * hour,
      14 * hour,
      20 * hour,
      24 * hour,
    ]);
    expect(pauseAfter(ATTEMPTS, 0.5, null)).toBeNull();
    expect(pauseAfter(ATTEMPTS, 0.5, 1_000)).toBeNull();
    expect(DISABLED_AFTER).toBe(5 * 24 * hour);
  });

  it("comes at another moment than others", () => {
    expect(pauseAfter(2, 0, null)).toBe(270_000);
    expect(pauseAfter(2, 1, null)).toBe(330_000);
  });

  it("waits as long as the endpoint asks, within a day", () => {
    expect(pauseAfter(1, 0.5, 60_000)).toBe(60_000);
    expect(pauseAfter(3, 0.5, 60_000)).toBe(1_800_000);
    expect(pauseAfter(1, 0.5, 1e12)).toBe(86_400_000);
  });

  const now = Date.parse("2026-11-25T10:00:00Z");
  it.each([
    ["120", 120_000],
    [" 5 ", 5_000],
    ["Wed, 25 Nov 2026 10:01:00 GMT", 60_000],
    ["Wed, 25 Nov 2026 09:00:00 GMT", 0],
    ["soon", null],
    ["-5", null],
    ["1.5", null],
    ["5 s", null],
    ["", null],
    ["Wed, 25 Nov 2026 10:01:00 GMT, or so", null],
    [" Wed, 25 Nov 2026 10:01:00 GMT ", 60_000],
    ["from Wed, 25 Nov 2026 10:01:00 GMT", null],
    ["Wed, 99 Nov 2026 10:01:00 GMT", null],
    [null, null],
  ])("reads Retry-After: %s", (header, pause) => {
    expect(wishedPause(header, now)).toBe(pause);
  });
});

it("a message is a cloud event", () => {
  const event = {
    id: "e",
    type: "HostHealthChanged",
    data: { host_id: "h", health: "critical" },
    metadata: { correlationId: "c", actor: "agent:h" },
    occurredAt: "2026-11-25T10:00:00.000Z",
  };
  const message = messageOf({ type: "host", id: "h" }, event, "https://trento.example.com");
  expect(message).toMatchObject({ id: "e", type: "host_health_changed" });
  expect(JSON.parse(message?.body ?? "")).toEqual({
    specversion: "1.0",
    id: "e",
    source: "https://trento.example.com",
    type: "host_health_changed",
    subject: "host/h",
    time: "2026-11-25T10:00:00.000Z",
    datacontenttype: "application/json",
    correlationid: "c",
    data: { host_id: "h", health: "critical" },
  });
  expect(messageOf({ type: "execution", id: "x" }, { ...event, type: "TargetAnswered" }, "s")).toBeNull();
  expect(
    messageOf({ type: "execution", id: "x" }, { ...event, type: "ExecutionCompleted" }, "s"),
  ).toMatchObject({
    type: "execution_completed",
  });
});

it("a test message says that it is one, and when", () => {
  const message = testMessage("t", "trento-edge", "2026-11-25T10:00:00.000Z");
  expect(message).toMatchObject({ id: "t", type: "webhook_test" });
  expect(JSON.parse(message.body)).toEqual({
    specversion: "1.0",
    id: "t",
    source: "trento-edge",
    type: "webhook_test",
    subject: "webhook",
    time: "2026-11-25T10:00:00.000Z",
    datacontenttype: "application/json",
    data: { message: "This endpoint is told of events." },
  });
});
