/** The activity log from outside: what is in it, who sees what, and how it is paged, filtered and searched. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { activityEntrySchema } from "../../domain/activity-log/entry.ts";
import { hostPayload, TestAgent } from "../../test/agents.ts";
import { Administrator, call, signInReader } from "../../test/api-client.ts";
import { record } from "../activity-log.ts";

let admin: Administrator;
beforeAll(async () => {
  admin = await Administrator.signIn();
});

const PATH = "/api/v1/activity_log";
const pageSchema = z.object({
  data: z.array(activityEntrySchema),
  pagination: z.object({
    start_cursor: z.string().nullable(),
    end_cursor: z.string().nullable(),
    first: z.int().nullable(),
    last: z.int().nullable(),
    has_next_page: z.boolean(),
    has_previous_page: z.boolean(),
  }),
});
const read = async (query: Record<string, string> = {}) =>
  pageSchema.parse((await admin.call("GET", `${PATH}?${new URLSearchParams(query)}`)).body);
/** The entries about one thing, the newest first. */
const about = async (id: string, more: Record<string, string> = {}) =>
  (await read({ search: id, first: "100", ...more })).data;
const types = async (id: string) => (await about(id)).map(({ type }) => type);

describe("what happens in the landscape", () => {
  it("has entries, with the names of what they are about", async () => {
    const agent = await new TestAgent().register();
    await expect.poll(() => types(agent.id)).toContain("host_registered");
    const entry = (await about(agent.id)).find(({ type }) => type === "host_registered");
    expect(entry).toMatchObject({
      actor: "system",
      severity: "info",
      metadata: { host_id: agent.id, correlation_id: expect.any(String) },
    });
    await agent.collect("host_discovery", { ...hostPayload, hostname: "renamed" });
    await agent.collect("cloud_discovery", { provider: "kvm", metadata: null });
    await expect.poll(() => types(agent.id)).toContain("provider_updated");
    const provider = (await about(agent.id)).find(({ type }) => type === "provider_updated");
    expect(provider).toMatchObject({ severity: "debug", metadata: { hostname: "renamed", provider: "kvm" } });
  });

  it("has one entry, however often it is told", async () => {
    const agent = await new TestAgent().register();
    await expect.poll(() => types(agent.id)).toContain("host_registered");
    const before = await types(agent.id);
    await env.DB.prepare("DELETE FROM checkpoints WHERE stream = ? AND subscriber = 'projector'")
      .bind(`host/${agent.id}`)
      .run();
    await agent.collect("host_discovery", { ...hostPayload, cpu_count: 64 });
    await expect.poll(() => types(agent.id)).toEqual(["host_details_updated", ...before]);
  });
});

describe("what people do", () => {
  it("has entries under their names", async () => {
    const agent = await new TestAgent().register();
    const host = `/api/v1/hosts/${agent.id}`;
    const { hostname } = hostPayload;
    await expect.poll(() => admin.host(agent.id)).toBeDefined();
    await admin.call("POST", `${host}/tags`, { json: { value: "prod" } });
    await admin.call("DELETE", `${host}/tags/prod`);
    await admin.call("POST", `${host}/checks`, { json: { checks: ["ED6E2D"] } });
    await admin.call("POST", `${host}/checks/request_execution`);
    await admin.call("POST", `/api/v1/groups/${agent.id}/checks/ED6E01/customization`, {
      json: { values: [{ name: "least_token", value: 7 }] },
    });
    await admin.call("DELETE", `/api/v1/groups/${agent.id}/checks/ED6E01/customization`);
    const own = (await about(agent.id)).filter(({ actor }) => actor === "admin").reverse();
    expect(own.map(({ type, severity, metadata }) => ({ type, severity, metadata }))).toEqual([
      {
        type: "resource_tagging",
        severity: "info",
        metadata: { resource_id: agent.id, resource_type: "host", added_tag: "prod", hostname },
      },
      {
        type: "resource_untagging",
        severity: "info",
        metadata: { resource_id: agent.id, resource_type: "host", removed_tag: "prod", hostname },
      },
      {
        type: "host_checks_selected",
        severity: "warning",
        metadata: {
          host_id: agent.id,
          checks: ["ED6E2D"],
          correlation_id: expect.any(String),
          hostname: expect.any(String),
        },
      },
      {
        type: "host_checks_execution_request",
        severity: "info",
        metadata: { host_id: agent.id, hostname: expect.any(String) },
      },
      {
        type: "check_customization_applied",
        severity: "warning",
        metadata: {
          check_id: "ED6E01",
          group_id: agent.id,
          target_type: "host",
          custom_values: [{ name: "least_token", value: 7 }],
          hostname,
        },
      },
      {
        type: "check_customization_reset",
        severity: "info",
        metadata: { check_id: "ED6E01", group_id: agent.id, target_type: "host", hostname },
      },
    ]);
  });

  it.each([
    ["cluster", "clusters", { name: "hana_cluster_1" }],
    ["sap_system", "sap_systems", { sid: "NWP" }],
    ["database", "databases", { sid: "HDP" }],
  ] as const)("to a %s has its name, whatever says what it is", async (kind, table, named) => {
    const id = crypto.randomUUID();
    const [[column, name] = ["", ""]] = Object.entries(named);
    await env.DB.prepare(
      `INSERT INTO ${table} (id, ${column}, health, version, inserted_at, updated_at) VALUES (?, ?, 'passing', 1, '', '')`,
    )
      .bind(id, name)
      .run();
    await admin.call("POST", `/api/v1/${table}/${id}/tags`, { json: { value: "prod" } });
    await record(env, {
      type: "check_customization_reset",
      actor: "admin",
      metadata: { group_id: id, target_type: kind },
    });
    expect((await about(id)).map(({ metadata }) => metadata)).toEqual([
      { group_id: id, target_type: kind, ...named },
      { resource_id: id, resource_type: kind, added_tag: "prod", ...named },
    ]);
    // And is found by it.
    expect((await about(name, { type: "resource_tagging" })).map(({ metadata }) => metadata)).toContainEqual(
      expect.objectContaining({ resource_id: id }),
    );
  });

  it("that was refused has none", async () => {
    const agent = await new TestAgent().register();
    await admin.call("POST", `/api/v1/hosts/${agent.id}/tags`, { json: { value: "not valid!" } });
    await admin.call("DELETE", `/api/v1/hosts/${agent.id}/tags/nothing`);
    expect((await about(agent.id)).filter(({ actor }) => actor !== "system")).toEqual([]);
  });

  it("tells from where a sign-in was tried", async () => {
    const headers = { "cf-connecting-ip": "2001:db8::7" };
    const username = `nobody-${crypto.randomUUID()}`;
    await call("POST", "/api/session", { json: { username, password: "x" }, headers });
    expect((await about(username))[0]?.metadata).toMatchObject({ address: "2001:db8::7" });
  });

  it("is told of a sign-in, also of one that failed", async () => {
    const username = `nobody-${crypto.randomUUID()}`;
    await call("POST", "/api/session", { json: { username, password: "secret" } });
    expect(await about(username)).toMatchObject([
      {
        type: "login_attempt",
        actor: username,
        severity: "warning",
        metadata: { username, reason: "Invalid credentials." },
      },
    ]);
    expect((await read({ type: "login_attempt", actor: "admin" })).data[0]).toMatchObject({
      severity: "info",
      metadata: {},
    });
  });

  it("shares its correlation with all that followed", async () => {
    const agent = await new TestAgent().register();
    await admin.call("POST", `/api/v1/hosts/${agent.id}/checks`, { json: { checks: [] } });
    const [entry] = (await about(agent.id)).filter(({ type }) => type === "host_checks_selected");
    const events = await agent.events();
    expect(events.length).toBeGreaterThan(1);
    const { results } = await env.DB.prepare(
      "SELECT 1 FROM activity_logs WHERE metadata ->> 'correlation_id' = ?",
    )
      .bind(String(entry?.metadata.correlation_id))
      .all();
    expect(results).toHaveLength(1);
  });
});

const aCursor = btoa(JSON.stringify(["2026-11-25T00:00:00.000Z", "an id"]));

describe("pages", () => {
  const group = crypto.randomUUID();
  beforeAll(async () => {
    for (let number = 1; number <= 7; number += 1)
      await record(env, {
        type: "testing",
        actor: "alice",
        metadata: { group, number, nested: [{ flag: true }] },
      });
  });
  const numbers = async (query: Record<string, string>) =>
    (await read({ search: group, ...query })).data.map(({ metadata }) => metadata.number);

  it("go on where the one before ended, in both directions", async () => {
    const first = await read({ search: group, first: "3" });
    expect(first.data.map(({ metadata }) => metadata.number)).toEqual([7, 6, 5]);
    expect(first.pagination).toMatchObject({
      first: 3,
      last: null,
      has_next_page: true,
      has_previous_page: false,
    });
    const after = first.pagination.end_cursor ?? "";
    const second = await read({ search: group, first: "4", after });
    expect(second.data.map(({ metadata }) => metadata.number)).toEqual([4, 3, 2, 1]);
    expect(second.pagination).toMatchObject({ has_next_page: false, has_previous_page: true });
    const before = second.pagination.start_cursor ?? "";
    const back = await read({ search: group, last: "2", before });
    expect(back.data.map(({ metadata }) => metadata.number)).toEqual([6, 5]);
    expect(back.pagination).toMatchObject({
      first: null,
      last: 2,
      has_next_page: true,
      has_previous_page: true,
    });
    expect(await numbers({ last: "2" })).toEqual([2, 1]);
  });

  it.each<[string, number[]]>([
    ["AND ==3", [3]],
    ["AND >5", [7, 6]],
    ["AND <3 OR nothing", [2, 1]],
    ["AND !=7", [6, 5, 4, 3, 2, 1]],
    ["AND true AND ==1", [1]],
    ["AND nothing", []],
    ["AND", []],
  ])("are searched: %s", async (search, expected) => {
    expect(await numbers({ search: `${group} ${search}` })).toEqual(expected);
  });

  it("are searched by the begin, the end and a part of a value, whatever the case", async () => {
    const [begin, end, part] = [group.slice(0, 20), group.slice(-20), group.slice(5, 25)];
    for (const search of [`${begin}*`, `*${end}`, `*${part.toUpperCase()}*`])
      expect(await numbers({ search })).toHaveLength(7);
    expect(await numbers({ search: `*${begin}` })).toEqual([]);
    expect(await numbers({ search: "%" })).toEqual([]);
  });

  it("are filtered by type, actor, severity and time", async () => {
    expect(await numbers({ type: "testing" })).toHaveLength(7);
    expect(await numbers({ "type[]": "else" })).toEqual([]);
    expect(await numbers({ actor: "alice" })).toHaveLength(7);
    expect(await numbers({ "actor[]": "bob" })).toEqual([]);
    expect(await numbers({ severity: "info" })).toHaveLength(7);
    expect(await numbers({ "severity[]": "critical" })).toEqual([]);
    expect(await numbers({ from_date: "2099-01-01T00:00:00Z" })).toEqual([]);
    expect(await numbers({ to_date: "2099-01-01" })).toHaveLength(7);
    expect(await numbers({ to_date: "2001-01-01" })).toEqual([]);
  });

  it.each<[Record<string, string>, string]>([
    [{ first: "0" }, "/first"],
    [{ first: "101" }, "/first"],
    [{ last: "x" }, "/last"],
    [{ first: "1", last: "1" }, "/last"],
    [{ after: aCursor, before: aCursor }, "/after"],
    [{ after: aCursor, last: "1" }, "/after"],
    [{ before: aCursor, first: "1" }, "/before"],
    [{ after: "not a cursor" }, "/after"],
    [{ before: btoa("[1]") }, "/before"],
    [{ severity: "grave" }, "/severity/0"],
    [{ from_date: "yesterday" }, "/from_date"],
    [{ from_date: "" }, "/from_date"],
    [{ from_date: "2026-02-30" }, "/from_date"],
    [{ from_date: "2026-06-31T00:00:00Z" }, "/from_date"],
    [{ from_date: "5" }, "/from_date"],
    [{ to_date: "host 1" }, "/to_date"],
    [{ to_date: "+275760-09-13T00:00:00Z" }, "/to_date"],
    [{ to_date: "2026-01-01T25:00:00Z" }, "/to_date"],
    [{ search: "x".repeat(1_001) }, "/search"],
    [{ search: "x ".repeat(21) }, "/search"],
  ])("asked for by %j are refused", async (query, pointer) => {
    const { status, body } = await admin.call("GET", `${PATH}?${new URLSearchParams(query)}`);
    expect({ status, body }).toMatchObject({ status: 422, body: { errors: [{ source: { pointer } }] } });
  });
});

describe("who may not see users", () => {
  it("sees no names and no entries about them", async () => {
    const group = crypto.randomUUID();
    for (const [type, actor] of [
      ["testing", "admin"],
      ["user_creation", "admin"],
      ["testing", "system"],
    ] as const)
      await record(env, { type, actor, metadata: { group } });
    const reader = await signInReader();
    const { body } = await reader("GET", `${PATH}?search=${group}`);
    expect(pageSchema.parse(body).data.map(({ type, actor }) => [type, actor])).toEqual([
      ["testing", "system"],
      ["testing", "••••••••"],
    ]);
    expect((await reader("GET", `${PATH}?actor=admin`)).status).toBe(403);
    expect((await reader("GET", `${PATH}?actor=system`)).status).toBe(200);
    expect((await call("GET", PATH)).status).toBe(401);
  });
});

describe("how long it is kept", () => {
  const SETTINGS = "/api/v1/settings/activity_log";
  const keep = (retention_time: object) => admin.call("PUT", SETTINGS, { json: { retention_time } });

  it("is a month unless it is set, and what is older goes at midnight", async () => {
    expect((await admin.call("GET", SETTINGS)).body).toEqual({ retention_time: { value: 1, unit: "month" } });
    const retention_time = { value: 2, unit: "day" };
    expect(await keep(retention_time)).toMatchObject({ status: 200, body: { retention_time } });
    expect((await admin.call("GET", SETTINGS)).body).toEqual({ retention_time });
    const [old, young] = [crypto.randomUUID(), crypto.randomUUID()];
    for (const [id, days] of [
      [old, 3],
      [young, 1],
    ] as const)
      await env.DB.prepare("INSERT INTO activity_logs VALUES (?, 'testing', 'system', 9, ?, ?)")
        .bind(id, JSON.stringify({ id }), new Date(Date.now() - days * 86_400_000).toISOString())
        .run();
    const housekeeper = env.HOUSEKEEPER.getByName("only");
    await housekeeper.start(null);
    await runInDurableObject(housekeeper, (_, { storage }) => {
      storage.sql.exec("UPDATE wake_ups SET at = ? WHERE purpose = 'midnight'", Date.now());
    });
    // Its alarm may be ringing for something else just now.
    const keepHouse = async () => {
      await runDurableObjectAlarm(housekeeper);
      return about(old);
    };
    await expect.poll(keepHouse).toEqual([]);
    expect(await about(young)).toHaveLength(1);
    expect((await read({ type: "activity_log_settings_update" })).data[0]?.metadata).toEqual({
      retention_time,
    });
  });

  it.each([
    [{ value: 0, unit: "day" }, "/retention_time/value"],
    [{ value: 1, unit: "minute" }, "/retention_time/unit"],
    [{ value: 1 }, "/retention_time/unit"],
  ])("is not %j", async (time, pointer) => {
    expect(await keep(time)).toMatchObject({ status: 422, body: { errors: [{ source: { pointer } }] } });
  });

  it("is not for everybody to set", async () => {
    const reader = await signInReader();
    expect(
      (await reader("PUT", SETTINGS, { json: { retention_time: { value: 1, unit: "day" } } })).status,
    ).toBe(403);
  });
});
