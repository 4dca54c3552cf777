/** What this system tells Prometheus of itself. */
import { evictDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { handOverNow } from "../../durable-objects/metrics/tally.ts";
import { hostPayload } from "../../test/agents.ts";
import { Administrator, type ApiAgent, call } from "../../test/api-client.ts";
import { exposition } from "./exposition.ts";
import { families } from "./families.ts";

let admin: Administrator;
let key: string;
let agent: ApiAgent;

beforeAll(async () => {
  admin = await Administrator.signIn();
  key = await admin.apiKey();
  agent = await admin.agent();
});

const read = (authorization: string) => call("GET", "/metrics", { headers: { authorization } });
const samples = async () => String((await read(`Bearer ${key}`)).body).split("\n");

async function numberOf(sample: string): Promise<number> {
  const line = (await samples()).find((one) => one.startsWith(`${sample} `));
  return Number(line?.split(" ").at(-1) ?? 0);
}

describe("the metrics", () => {
  it("are in Prometheus' format: each family described once, each sample of a family, each value a number", async () => {
    await agent.collect("host_discovery", hostPayload);
    const { headers } = await read(`Bearer ${key}`);
    expect(headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const lines = (await samples()).filter((line) => line !== "");
    for (const { name, kind } of families) {
      expect(lines.filter((line) => line === `# TYPE ${name} ${kind}`)).toHaveLength(1);
    }
    const own = lines.filter((line) => !line.startsWith("#"));
    expect(own.length).toBeGreaterThan(20);
    for (const line of own)
      expect(line).toMatch(/^trento_edge_\w+(\{(\w+="([^"\\]|\\.)*",?)+\})? [-+.\deNa]+$/);
    expect(new Set(own.map((line) => line.replace(/ .*?$/, ""))).size).toBe(own.length);
  });

  it("tell of each subscriber how much waits for it, and what it could not take", async () => {
    const own = (await samples()).filter((line) => line.startsWith("trento_edge_queue_messages{"));
    const subscribers = ["projector", "process-manager", "notifier", "webhooks"];
    for (const subscriber of subscribers) {
      for (const state of ["waiting", "dead"]) {
        const sample = `trento_edge_queue_messages{subscriber="${subscriber}",state="${state}"} `;
        expect(own.filter((line) => line.startsWith(sample))).toHaveLength(1);
      }
    }
  });

  it("count requests by route, discoveries, commands and events, and see resources", async () => {
    const route = 'method="POST",route="/api/v1/collect",status="202"';
    const before = await numberOf(`trento_edge_requests_total{${route}}`);
    const other = await admin.agent();
    await other.collect("host_discovery", hostPayload);
    await other.collect("host_discovery", hostPayload);
    expect(await numberOf(`trento_edge_requests_total{${route}}`)).toBe(before + 2);
    const type = 'type="host_discovery"';
    expect(await numberOf(`trento_edge_discoveries_total{${type},outcome="accepted"}`)).toBeGreaterThan(0);
    expect(await numberOf(`trento_edge_discoveries_total{${type},outcome="unchanged"}`)).toBeGreaterThan(0);
    expect(await numberOf('trento_edge_commands_total{aggregate="host",outcome="accepted"}')).toBeGreaterThan(
      0,
    );
    await expect
      .poll(() => numberOf('trento_edge_events_total{subscriber="projector",type="HostRegistered"}'))
      .toBeGreaterThan(0);
    await expect
      .poll(() => numberOf('trento_edge_lag_seconds_bucket{subscriber="projector",le="+Inf"}'))
      .toBeGreaterThan(0);
    await expect
      .poll(() => numberOf('trento_edge_resources{kind="host",health="unknown"}'))
      .toBeGreaterThan(0);
  });

  it("are for nobody without the key", async () => {
    for (const authorization of ["", "Bearer x", `Basic ${key}`, `Bearer ${admin.token}`]) {
      expect((await read(authorization)).status, authorization).toBe(401);
    }
    expect((await call("POST", "/metrics", { headers: { authorization: `Bearer ${key}` } })).status).toBe(
      405,
    );
  });

  it("lose nothing when what was counted cannot be handed over", async () => {
    const before = await numberOf("trento_edge_mails_total");
    const { count } = await import("../../durable-objects/metrics/tally.ts");
    count("trento_edge_mails_total", {}, 3);
    const broken = {
      TALLY: { getByName: () => ({ add: () => Promise.reject(new Error("away")) }) },
    } as unknown as Pick<typeof env, "TALLY">;
    await handOverNow(broken);
    expect(await numberOf("trento_edge_mails_total")).toBe(before + 3);
  });

  it("count on when the object that adds up was asleep", async () => {
    const before = await numberOf(
      'trento_edge_requests_total{method="GET",route="/api/healthz",status="200"}',
    );
    await call("GET", "/api/healthz");
    await samples();
    await evictDurableObject(env.TALLY.getByName("all"));
    expect(await numberOf('trento_edge_requests_total{method="GET",route="/api/healthz",status="200"}')).toBe(
      before + 1,
    );
  });

  it("have buckets that hold all below them", () => {
    const family = { name: "x", kind: "histogram", help: "h" } as const;
    const tally = {
      'x_bucket{a="1",le="0.05"}': 2,
      'x_bucket{a="1",le="300"}': 1,
      'x_bucket{a="1",le="+Inf"}': 4,
      'x_count{a="1"}': 7,
    };
    const lines = exposition([family], tally, []).split("\n");
    expect(lines.filter((line) => /le="(0\.01|0\.05|0\.1|300|\+Inf)"/.test(line))).toEqual([
      'x_bucket{a="1",le="0.01"} 0',
      'x_bucket{a="1",le="0.05"} 2',
      'x_bucket{a="1",le="0.1"} 2',
      'x_bucket{a="1",le="300"} 3',
      'x_bucket{a="1",le="+Inf"} 7',
    ]);
    expect(lines).toContain('x_count{a="1"} 7');
  });

  it("escape what a label may hold", () => {
    const family = { name: "x", kind: "counter", help: "h" } as const;
    expect(exposition([family], { 'x{a="\\"\\n"}': 1, 'xy{a="1"}': 2 }, [])).toBe(
      '# HELP x h\n# TYPE x counter\nx{a="\\"\\n"} 1\n',
    );
  });
});
