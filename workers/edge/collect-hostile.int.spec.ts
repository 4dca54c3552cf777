/** Bodies that are built to hurt the collector: each is refused or taken, and nothing breaks. */

import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";
import { clusterPayload, databasePayload, hostPayload, saptunePayload } from "../../test/agents.ts";
import { Administrator, type ApiAgent, accepted, invalid, outcome, refused } from "../../test/api-client.ts";

const LIMIT = 8_000_000;
const tooLarge = refused(413, "Payload Too Large", "The body is larger than 8 MB.");

let admin: Administrator;
let agent: ApiAgent;

beforeAll(async () => {
  admin = await Administrator.signIn();
  agent = await admin.agent();
});

/** A discovery whose payload is given as the text of JSON. */
function withPayload(payload: string, type = "host_discovery"): string {
  return `{"agent_id":"${agent.id}","discovery_type":"${type}","payload":${payload}}`;
}

/** A good payload with members put into its text. */
function also(payload: object, members: string): string {
  return `${JSON.stringify(payload).slice(0, -1)},${members}}`;
}

const host = (members: string) => also(hostPayload, members);

const post = (raw: string) => outcome(agent.post({ raw }));

function inPieces(text: string): ReadableStream {
  return new Blob([text]).stream();
}

describe("the size of a body", () => {
  const body = () => withPayload(JSON.stringify(hostPayload));

  it("may be 8 MB, with and without its length told before", async () => {
    const raw = body().padEnd(LIMIT);
    expect(await post(raw)).toEqual(accepted);
    expect(await outcome(agent.post({ raw: inPieces(raw) }))).toEqual(accepted);
  });

  it("is refused above that, with its length told before", async () => {
    const raw = body().padEnd(LIMIT + 1);
    const headers = { "content-length": String(raw.length) };
    expect(await outcome(agent.post({ raw, headers }))).toEqual(tooLarge);
    expect(await post(raw)).toEqual(tooLarge);
  });

  it("is refused above that, without its length told before", async () => {
    expect(await outcome(agent.post({ raw: inPieces(body().padEnd(LIMIT + 1)) }))).toEqual(tooLarge);
    expect(await outcome(agent.post({ raw: inPieces(body().padEnd(3 * LIMIT)) }))).toEqual(tooLarge);
  });

  it("counts bytes, not characters", async () => {
    const raw = withPayload(host(`"comment":"${"€".repeat(LIMIT / 3)}"`));
    expect(await post(raw)).toEqual(tooLarge);
  });
});

describe("nesting", () => {
  const nested = (depth: number, open: string, close: string) =>
    `${open.repeat(depth)}1${close.repeat(depth)}`;

  it.each([
    ["lists", "[", "]"],
    ["objects", '{"a":', "}"],
  ])("of 100,000 %s is refused", async (_, open, close) => {
    for (const type of ["host_discovery", "ha_cluster_discovery", "cloud_discovery"]) {
      const answer = await post(withPayload(nested(100_000, open, close), type));
      expect(answer).toEqual(invalid(["/payload", "is nested too deeply"]));
    }
    expect((await post(nested(100_000, open, close))).status).toBe(422);
  });

  it("that never ends is refused", async () => {
    expect((await post("[".repeat(1_000_000))).status).toBe(400);
  });

  it("of real discoveries is taken", async () => {
    const payload = also(clusterPayload("a nested one"), `"a":${nested(25, "[", "]")}`);
    expect(await post(withPayload(payload, "ha_cluster_discovery"))).toEqual(accepted);
  });
});

describe("things without number", () => {
  const MANY = 300_000;
  const list = `[${"{},".repeat(MANY)}{}]`;
  const map = `{${Array.from({ length: MANY }, (_, index) => `"k${index}":1`).join(",")}}`;
  const saptune = `{"saptune_installed":true,"package_version":"3","status":{"result":{"services":${map}}}}`;

  /** Refused, with no more errors than help. */
  async function refusedInShort(raw: string): Promise<void> {
    const { status, body } = await post(raw);
    expect(status).toBe(422);
    expect(z.object({ errors: z.array(z.unknown()) }).parse(body).errors.length).toBeLessThanOrEqual(50);
  }

  it.each([
    ["subscriptions", "subscription_discovery", list],
    ["units", "host_discovery", host(`"systemd_units":${list}`)],
    ["addresses", "host_discovery", host(`"ip_addresses":${list}`)],
    ["targets", "host_discovery", host(`"prometheus_targets":${map}`)],
    ["services", "saptune_discovery", saptune],
    ["systems", "sap_system_discovery", list],
    ["nodes", "ha_cluster_discovery", also(clusterPayload("c"), `"SBD":{"Devices":${list}}`)],
  ])("that are wrong are refused: %s", async (_, type, payload) => {
    await refusedInShort(withPayload(payload, type));
  });

  it("that are unexpected are refused", async () => {
    await refusedInShort(map);
  });

  it("that nobody reads are taken", async () => {
    expect(await post(withPayload(host(`"other":${map}`)))).toEqual(accepted);
    const [database] = databasePayload("one with a list");
    const systems = `[${also({ ...database }, `"other":${list}`)}]`;
    expect(await post(withPayload(systems, "sap_system_discovery"))).toEqual(accepted);
  });
});

describe("keys with a meaning in JavaScript", () => {
  it("are unexpected in the envelope", async () => {
    for (const key of ["__proto__", "constructor", "toString", "hasOwnProperty"]) {
      const raw = `{"${key}":{"polluted":true},${withPayload(JSON.stringify(hostPayload)).slice(1)}`;
      expect(await post(raw)).toEqual(invalid([`/${key}`, `Unexpected field: ${key}`]));
    }
  });

  it("do not stand in for fields", async () => {
    const raw = `{"__proto__":{"agent_id":"${agent.id}"},"discovery_type":"host_discovery","payload":{}}`;
    expect((await post(raw)).status).toBe(422);
    const inherited = `{"__proto__":${JSON.stringify(hostPayload)}}`;
    expect((await post(withPayload(inherited))).status).toBe(422);
  });

  it("change nothing when they are in a payload", async () => {
    const bad = '"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}';
    expect(await post(withPayload(host(bad)))).toEqual(accepted);
    expect(await post(withPayload(`{${bad}}`, "cloud_discovery"))).toEqual(accepted);
    const saptune = `${JSON.stringify(saptunePayload).slice(0, -1)},${bad}}`;
    expect(await post(withPayload(saptune, "saptune_discovery"))).toEqual(accepted);
    expect("polluted" in {}).toBe(false);
  });

  it("are names of exporters like any others", async () => {
    const named = await admin.agent();
    const prometheus_targets = { constructor: "10.0.0.1:1", toString: "10.0.0.1:2" };
    const answer = await outcome(named.collect("host_discovery", { ...hostPayload, prometheus_targets }));
    expect(answer).toEqual(accepted);
    await expect.poll(() => admin.host(named.id)).toBeDefined();
    const { body } = await admin.call("GET", "/api/v1/prometheus/targets");
    for (const exporter_name of ["constructor", "toString"]) {
      const labels = { agentID: named.id, hostname: hostPayload.hostname, exporter_name };
      expect(body).toContainEqual({ targets: [expect.any(String)], labels });
    }
  });
});

describe("numbers", () => {
  it.each(["1e999", "-1e999", "-1", "1.5", "9007199254740993", "1e308"])(
    "like %s are no counts",
    async (text) => {
      const payload = JSON.stringify({ ...hostPayload, cpu_count: 0 }).replace(
        '"cpu_count":0',
        `"cpu_count":${text}`,
      );
      expect(await post(withPayload(payload))).toEqual(invalid(["/payload/cpu_count", "is invalid"]));
    },
  );

  it("beyond all bounds are taken where nobody reads them", async () => {
    expect(await post(withPayload(host('"other":[1e999,-1e999,1e-999]')))).toEqual(accepted);
  });
});

describe("half a character", () => {
  it.each(["\ud800", "\udc00", "a\udc00\ud800b"])("is refused wherever it is: %j", async (half) => {
    const wrong = (pointer: string) => invalid([pointer, "has invalid format"]);
    const collect = (type: DiscoveryType, payload: unknown) => outcome(agent.collect(type, payload));
    expect(await collect("host_discovery", { ...hostPayload, hostname: half })).toEqual(
      wrong("/payload/hostname"),
    );
    expect(await collect("ha_cluster_discovery", clusterPayload(half))).toEqual(wrong("/payload/Id"));
    const [database] = databasePayload(half);
    expect(await collect("sap_system_discovery", [database])).toEqual(wrong("/payload/0/Id"));
    const inKey = { ...hostPayload, prometheus_targets: { [half]: "10.0.0.1:1" } };
    const { status } = await agent.collect("host_discovery", inKey);
    expect(status).toBe(422);
    expect((await agent.post({ json: { agent_id: half } })).status).toBe(422);
  });

  it("is no half when the other is beside it", async () => {
    const raw = withPayload(host('"other":"\\ud83d\\ude00 \\\\ud800"'));
    expect(await post(raw)).toEqual(accepted);
  });
});

describe.each([
  ["a NUL character", "\u0000", "\u0000"],
  ["a character beyond 16 bits", "😀", "😀"],
  ["a direction mark", "\u202e", "\u202e"],
])("%s in a text", (_, character, shown) => {
  it("is refused, or shown and remembered", async () => {
    const odd = await admin.agent();
    const payload = { ...hostPayload, hostname: `a${character}b` };
    const { status } = await odd.collect("host_discovery", payload);
    expect([202, 422]).toContain(status);
    if (status === 422) return;
    const name = new RegExp(`^a${shown}b$`, "u");
    await expect.poll(async () => (await admin.host(odd.id))?.hostname).toMatch(name);
    const version = await odd.version();
    // Read from storage, the host still is what it was when it was told.
    await evictDurableObject(env.HOST.get(env.HOST.idFromName(odd.id)));
    await env.AGENT.getByName(odd.id).forget();
    expect((await odd.collect("host_discovery", payload)).status).toBe(202);
    expect(await odd.version()).toBe(version);
  });
});
