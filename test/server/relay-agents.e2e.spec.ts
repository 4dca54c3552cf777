/** Agents that report through a relay: what they are answered, what the edge gets, and what an outage of either costs. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Relay, startRelay } from "../../tools/relay/relay.ts";
import { type Front, startFront } from "../../tools/server/front/front.ts";
import { hostPayloadOf } from "../host-payload.ts";
import { LandscapeServer } from "./landscape-server.ts";
import { areThere, scenario } from "./recordings.ts";

const PATIENT = { timeout: 60_000, interval: 100 };
const hostPayload = (hostname: string, agent_version = "3.0.0") => hostPayloadOf(hostname, { agent_version });

describe("agents behind a relay", () => {
  const server = new LandscapeServer();
  const dataDir = mkdtempSync(join(tmpdir(), "trento-edge-relay-"));
  const log: string[] = [];
  let relay: Relay;
  /** The way to the edge, which can be cut. */
  let way: Front;
  let target: string;
  let wayPort = 0;

  async function openWay() {
    way = await startFront({ target, host: "127.0.0.1", port: wayPort });
    wayPort = Number(new URL(way.url).port);
  }
  async function newRelay() {
    relay = await startRelay({
      edgeUrl: `http://127.0.0.1:${wayPort}`,
      apiKey: server.address.apiKey,
      amqp: null,
      name: "relay-of-agents",
      host: "127.0.0.1",
      port: 0,
      dataDir,
      log: (line) => void log.push(line),
    });
  }

  beforeAll(async () => {
    await server.start({ CHECKS_INTERVAL: "0" });
    target = server.address.url;
    await openWay();
    await newRelay();
  });
  afterAll(async () => {
    await relay?.stop();
    await way?.stop();
    await server.end();
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function post(base: string, path: string, body: string | null, key = server.address.apiKey) {
    const answer = await fetch(`${base}${path}`, {
      method: "POST",
      headers: { "X-Trento-ApiKey": key, "Content-Type": "application/json" },
      body,
    });
    return { status: answer.status, body: await answer.text(), type: answer.headers.get("content-type") };
  }
  const collect = (id: string, payload: unknown, discovery_type = "host_discovery") =>
    post(relay.url, "/api/v1/collect", JSON.stringify({ agent_id: id, discovery_type, payload }));
  const beat = (id: string) => post(relay.url, `/api/v1/hosts/${id}/heartbeat`, null);
  const metricsOf = async () => (await fetch(`${relay.url}/metrics`)).text();
  const batches = async () =>
    Number(/route="\/api\/v1\/relays\/heartbeats",status="200"\} (\d+)/.exec(await metricsOf())?.[1] ?? 0);
  const host = async (id: string) => (await server.hosts()).find((one) => one.id === id);

  it("are answered as the edge answers them, good and bad", async () => {
    const id = crypto.randomUUID();
    const good = JSON.stringify({
      agent_id: id,
      discovery_type: "host_discovery",
      payload: hostPayload("same"),
    });
    const bad = JSON.stringify({ agent_id: id, discovery_type: "host_discovery", payload: { hostname: 1 } });
    const bodies = [good, good, bad, "{", "", '{"agent_id":"x"}', "[]", `"${"x".repeat(8_000_001)}"`];
    for (const body of bodies) {
      const direct = await post(target, "/api/v1/collect", body);
      expect(await post(relay.url, "/api/v1/collect", body), body.slice(0, 80)).toEqual(direct);
    }
    const paths = [id, id.toUpperCase(), crypto.randomUUID(), "no-uuid", "%00"];
    for (const one of paths) {
      const path = `/api/v1/hosts/${one}/heartbeat`;
      expect(await post(relay.url, path, null), path).toEqual(await post(target, path, null));
    }
    expect(await post(relay.url, "/api/v1/collect", good, "another key")).toEqual(
      await post(target, "/api/v1/collect", good, "another key"),
    );
  });

  it("are seen and heard, and cost the edge nothing while they repeat themselves", async () => {
    const id = crypto.randomUUID();
    for (let times = 0; times < 50; times += 1) {
      expect((await collect(id, hostPayload("repeating"))).status).toBe(202);
      expect((await beat(id)).status).toBe(204);
    }
    await expect.poll(async () => (await host(id))?.heartbeat, PATIENT).toBe("passing");
    const metrics = await metricsOf();
    const collected = /edge_requests_total\{route="\/api\/v1\/collect",status="202"\} (\d+)/.exec(metrics);
    expect(Number(collected?.[1])).toBeLessThan(10);
    expect(metrics).toMatch(/discoveries_total\{outcome="unchanged"\} (4[9]|[5-9]\d)/);
    // The host is kept alive by the batches alone.
    const beating = setInterval(() => void beat(id), 2_000);
    await expect.poll(batches, PATIENT).toBeGreaterThanOrEqual((await batches()) + 3);
    clearInterval(beating);
    expect((await host(id))?.heartbeat).toBe("passing");
    // And lost once the agent is silent.
    await expect.poll(async () => (await host(id))?.heartbeat, PATIENT).toBe("critical");
  });

  it("are registered again after somebody took their host away", async () => {
    const id = crypto.randomUUID();
    await collect(id, hostPayload("taken-away"));
    await expect.poll(async () => (await beat(id)).status, PATIENT).toBe(204);
    await expect.poll(async () => await host(id), PATIENT).toBeDefined();
    await expect.poll(async () => (await host(id))?.heartbeat, PATIENT).toBe("passing");
    await expect
      .poll(async () => (await server.call("DELETE", `/api/v1/hosts/${id}`)).status, PATIENT)
      .toBe(204);
    await expect.poll(async () => await host(id), PATIENT).toBeUndefined();
    await beat(id);
    // The next batch finds out, and what the relay has of the agent is sent whole.
    await expect.poll(async () => await host(id), PATIENT).toBeDefined();
  });

  it("lose nothing when the edge is away, even when the relay is started anew meanwhile", async () => {
    const [known, fresh] = [crypto.randomUUID(), crypto.randomUUID()];
    await collect(known, hostPayload("known"));
    expect((await beat(known)).status).toBe(204);
    await way.stop();
    expect((await collect(known, hostPayload("known", "3.1.0"))).status).toBe(202);
    expect((await collect(known, hostPayload("known", "3.2.0"))).status).toBe(202);
    expect((await collect(fresh, hostPayload("fresh"))).status).toBe(202);
    expect((await collect(fresh, { hostname: 1 })).status).toBe(422);
    expect((await beat(known)).status).toBe(204);
    expect((await beat(fresh)).status).toBe(503);
    expect(relay.edgeIsAway).toBe(true);
    await relay.stop();
    await newRelay();
    expect(await metricsOf()).toContain("trento_relay_discoveries_waiting 2");
    await openWay();
    await expect.poll(async () => (await host(fresh))?.hostname, PATIENT).toBe("fresh");
    await expect.poll(async () => (await host(known))?.agent_version, PATIENT).toBe("3.2.0");
    await expect.poll(metricsOf, PATIENT).toContain("trento_relay_discoveries_waiting 0");
    expect(relay.edgeIsAway).toBe(false);
  });

  it.skipIf(!areThere)("of a recorded landscape lead to the same end", async () => {
    const bodies = scenario("healthy-27-node-SAP-cluster");
    const other = new LandscapeServer();
    await other.start({ CHECKS_INTERVAL: "0" });
    try {
      await other.post(bodies, 4);
      for (const body of bodies) expect((await post(relay.url, "/api/v1/collect", body)).status).toBe(202);
      const ids = new Set((await other.hosts()).map(({ id }) => id));
      expect(ids.size).toBeGreaterThan(0);
      const of = async (one: LandscapeServer) =>
        (await one.hosts())
          .filter(({ id }) => ids.has(id))
          .map(({ id, hostname, cluster_id, provider, saptune_status }) => ({
            id,
            hostname,
            cluster_id,
            provider,
            saptune_status,
          }))
          .sort((a, b) => a.id.localeCompare(b.id));
      await expect
        .poll(async () => JSON.stringify(await of(server)), PATIENT)
        .toBe(JSON.stringify(await of(other)));
      const systems = async (one: LandscapeServer) => (await one.sapSystems()).map(({ id }) => id).sort();
      await expect.poll(() => systems(server), PATIENT).toEqual(await systems(other));
    } finally {
      await other.end();
    }
  });
});
