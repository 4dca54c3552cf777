/** What a relay sends, and what it is told. */
import { runInDurableObject } from "cloudflare:test";
import { env, exports } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { PING, PONG, type ToRelay, toRelaySchema } from "../../checks/relay-messages.ts";
import { lookAgain, toRelay } from "../../durable-objects/relays.ts";
import { hostPayload } from "../../test/agents.ts";
import {
  Administrator,
  type ApiAgent,
  accepted,
  call,
  done,
  invalid,
  outcome,
  refused,
  signInReader,
  unauthorized,
} from "../../test/api-client.ts";
import { ExecutionUnderTest, tokenCheck } from "../../test/checks-under-test.ts";
import { digestOfBody } from "./discovery-body.ts";

const CHECK = "ED6E2D";

let admin: Administrator;
let agent: ApiAgent;

beforeAll(async () => {
  admin = await Administrator.signIn();
});
beforeEach(async () => {
  agent = await admin.agent();
});

const post = (path: string, json: unknown) => agent.call("POST", `/api/v1/relays/${path}`, { json });
const beat = (heartbeats: unknown, interval: unknown = 5_000) => post("heartbeats", { interval, heartbeats });
const body = (type = "host_discovery", payload: unknown = hostPayload) =>
  JSON.stringify({ agent_id: agent.id, discovery_type: type, payload });
const hashOf = (text: string) => digestOfBody(Uint8Array.from(new TextEncoder().encode(text)));

async function confirm(...held: readonly (readonly [type: string, hash: string])[]) {
  const discoveries = held.map(([discovery_type, hash]) => ({ discovery_type, hash }));
  return (await post("discoveries", { agents: [{ agent_id: agent.id, discoveries }] })).body;
}

/** A relay's line, as far as it is listened to. */
class Line {
  readonly heard: ToRelay[] = [];
  readonly texts: string[] = [];
  isClosed = false;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      this.texts.push(String(data));
      if (data !== PONG) this.heard.push(toRelaySchema.parse(JSON.parse(String(data))));
    });
    socket.addEventListener("close", () => {
      this.isClosed = true;
    });
    socket.accept();
  }

  static async open(name: string): Promise<Line> {
    const { webSocket } = await exports.default.fetch(`https://x/api/v1/relays/${name}/socket`, {
      headers: { Upgrade: "websocket", "X-Trento-ApiKey": await admin.apiKey() },
    });
    if (webSocket === null) throw new Error("the socket was not opened");
    return new Line(webSocket);
  }

  send(message: unknown): void {
    this.#socket.send(typeof message === "string" ? message : JSON.stringify(message));
  }

  close(): void {
    this.#socket.close(1000);
  }

  /** Of one execution, by kind. */
  of(executionId: string): string[] {
    return this.heard
      .filter(({ message }) => "execution_id" in message && message.execution_id === executionId)
      .map(({ message }) => message.type);
  }
}

const name = () => `relay-${crypto.randomUUID().slice(0, 8)}`;
const waiting = async (relay: string) => {
  const { body: all } = await admin.call("GET", "/api/v1/relays");
  return Array.isArray(all) ? all.find((one) => one?.name === relay) : undefined;
};

describe("heartbeats of a relay", () => {
  it("make hosts passing, and name those that are not registered", async () => {
    await agent.collect("host_discovery", hostPayload);
    const stranger = crypto.randomUUID();
    const heard = [
      { host_id: agent.id.toUpperCase(), age: 0 },
      { host_id: stranger, age: 4_000 },
    ];
    expect(await outcome(beat(heard))).toEqual({ status: 200, body: { unknown: [stranger], doubted: [] } });
    await expect.poll(async () => (await admin.host(agent.id))?.heartbeat).toBe("passing");
    const version = await agent.version();
    await beat(heard);
    expect(await agent.version()).toBe(version);
  });

  it("are refused where a field is wrong, or the key", async () => {
    expect(await outcome(beat([{ host_id: "x", age: -1 }], 5))).toMatchObject({
      status: 422,
      body: {
        errors: [
          { source: { pointer: "/interval" } },
          { source: { pointer: "/heartbeats/0/host_id" } },
          { source: { pointer: "/heartbeats/0/age" } },
        ],
      },
    });
    expect(await outcome(call("POST", "/api/v1/relays/heartbeats", { json: {} }))).toEqual(unauthorized);
    expect(await outcome(admin.call("POST", "/api/v1/relays/facts", { json: {} }))).toEqual(unauthorized);
  });
});

describe("discoveries that are repeated through a relay", () => {
  it("hold when they are what is in force, and are wanted whole when they are not", async () => {
    const text = body();
    expect(await confirm(["host_discovery", await hashOf(text)])).toEqual({
      missing: [{ agent_id: agent.id, discovery_types: ["host_discovery"] }],
    });
    expect(await outcome(agent.post({ raw: text }))).toEqual(accepted);
    expect(await confirm(["host_discovery", await hashOf(text)])).toEqual({ missing: [] });
    const other = await hashOf(body("host_discovery", { ...hostPayload, hostname: "other" }));
    expect(await confirm(["host_discovery", other], ["saptune_discovery", other])).toEqual({
      missing: [{ agent_id: agent.id, discovery_types: ["host_discovery", "saptune_discovery"] }],
    });
  });

  it("are dispatched anew after hours, and change nothing by that", async () => {
    const text = body();
    await agent.post({ raw: text });
    const version = await agent.version();
    const [before] = (await admin.discoveries(agent.id)).latest;
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 7 * 60 * 60_000 });
    expect(await confirm(["host_discovery", await hashOf(text)])).toEqual({ missing: [] });
    vi.useRealTimers();
    expect(await agent.version()).toBe(version);
    const [after] = (await admin.discoveries(agent.id)).latest;
    expect(after).toMatchObject({ state: "accepted" });
    expect((after?.received_at ?? "") > (before?.received_at ?? "")).toBe(true);
  });

  it("are wanted whole once the host was taken away", async () => {
    const text = body();
    await agent.post({ raw: text });
    expect(await outcome(admin.call("DELETE", `/api/v1/hosts/${agent.id}`))).toEqual(done);
    await expect
      .poll(async () => confirm(["host_discovery", await hashOf(text)]))
      .toEqual({ missing: [{ agent_id: agent.id, discovery_types: ["host_discovery"] }] });
  });
});

describe("what goes through a relay's broker", () => {
  it("is told to the relay until it says that the broker has it", async () => {
    const relay = name();
    const line = await Line.open(relay);
    const execution = new ExecutionUnderTest(1);
    lookAgain();
    await execution.start();
    await expect.poll(() => line.of(execution.id)).toEqual(["ExecutionStarted", "FactsGatheringRequested"]);
    const [started, asked] = line.heard.filter(
      ({ message }) => "execution_id" in message && message.execution_id === execution.id,
    );
    expect(asked?.message).toMatchObject({
      group_id: execution.groupId,
      targets: [{ agent_id: execution.agents[0], fact_requests: [{ check_id: tokenCheck.id }] }],
    });
    line.send({ type: "published", ids: [started?.id] });
    await expect.poll(async () => (await waiting(relay))?.waiting).toBe(1);
    line.close();

    const again = await Line.open(relay);
    await expect.poll(() => again.heard).toEqual([asked]);
    const facts = [{ check_id: tokenCheck.id, name: "token", value: 5_000 }];
    const answer = {
      execution_id: execution.id,
      group_id: execution.groupId,
      agent_id: execution.agents[0],
      facts_gathered: facts,
    };
    expect(await outcome(post("facts", answer))).toEqual(accepted);
    expect(await outcome(post("facts", answer))).toEqual(accepted);
    await expect
      .poll(() => again.of(execution.id))
      .toEqual(["FactsGatheringRequested", "ExecutionCompleted"]);
    expect(again.heard.at(-1)?.message).toMatchObject({ result: "passing" });
    again.close();
  });

  it("is told to every relay, and to a relay that comes again on its new line alone", async () => {
    const [one, other] = [name(), name()];
    const first = await Line.open(one);
    const second = await Line.open(one);
    const elsewhere = await Line.open(other);
    await expect.poll(() => first.isClosed).toBe(true);
    lookAgain();
    const execution = new ExecutionUnderTest(1);
    await execution.start();
    for (const line of [second, elsewhere]) await expect.poll(() => line.of(execution.id)).toHaveLength(2);
    expect(first.of(execution.id)).toEqual([]);
  });

  it("is dropped for a relay that was removed", async () => {
    const relay = name();
    const line = await Line.open(relay);
    lookAgain();
    await new ExecutionUnderTest(1).start();
    await expect.poll(async () => (await waiting(relay))?.waiting).toBeGreaterThan(0);
    const reader = await signInReader();
    expect((await reader("DELETE", `/api/v1/relays/${relay}`)).status).toBe(403);
    expect(await outcome(admin.call("DELETE", `/api/v1/relays/${relay}`))).toEqual(done);
    await expect.poll(() => line.isClosed).toBe(true);
    expect(await waiting(relay)).toBeUndefined();
    expect(await env.RELAY.getByName(relay).status()).toMatchObject({ waiting: 0 });
    expect(await outcome(admin.call("DELETE", `/api/v1/relays/${relay}`))).toEqual(
      refused(404, "Not Found", "There is no such relay."),
    );
  });

  it("has what a user sets and resets of checks, and the wish for a discovery", async () => {
    const line = await Line.open(name());
    lookAgain();
    await agent.collect("host_discovery", hostPayload);
    await expect.poll(async () => (await admin.host(agent.id))?.id).toBe(agent.id);
    const { body: listed } = await admin.call("GET", `/api/v1/groups/${agent.id}/checks`);
    expect(listed).toHaveProperty("items");
    const path = `/api/v1/groups/${agent.id}/checks/ED6E01/customization`;
    const values = [{ name: "least_token", value: 3000 }];
    expect(await outcome(admin.call("POST", path, { json: { values } }))).toMatchObject({ status: 200 });
    expect(await outcome(admin.call("DELETE", path))).toEqual(done);
    const wish = { json: { discovery_type: "saptune_discovery" } };
    const wishes = `/api/v1/hosts/${agent.id}/discovery_requests`;
    expect(await outcome(admin.call("POST", wishes, wish))).toEqual(accepted);
    const own = () =>
      line.heard.map(({ message }) => message).filter((one) => JSON.stringify(one).includes(agent.id));
    await expect.poll(own).toMatchObject([
      { type: "CheckCustomizationApplied", check_id: "ED6E01", target_type: "host", custom_values: values },
      { type: "CheckCustomizationReset", check_id: "ED6E01", user_id: 1 },
      { type: "DiscoveryRequested", discovery_type: "saptune_discovery", targets: [agent.id] },
    ]);
    const nonsense = { json: { discovery_type: "nonsense" } };
    expect(await outcome(admin.call("POST", wishes, nonsense))).toEqual(
      invalid(["/discovery_type", "Unknown discovery type."]),
    );
    const nobody = `/api/v1/hosts/${crypto.randomUUID()}/discovery_requests`;
    expect((await admin.call("POST", nobody, wish)).status).toBe(404);
  });

  it("may be kept back by a broker that takes nothing: then the relay says so, and it is seen", async () => {
    const relay = name();
    const line = await Line.open(relay);
    expect(await waiting(relay)).toMatchObject({ connected: true, broker: "ok", broker_detail: null });
    line.send({ type: "broker", state: "blocked", detail: "low on memory" });
    await expect
      .poll(() => waiting(relay))
      .toMatchObject({ broker: "blocked", broker_detail: "low on memory" });
    line.send({ type: "broker", state: "ok", detail: null });
    await expect.poll(() => waiting(relay)).toMatchObject({ broker: "ok" });
    line.close();
    await expect.poll(() => waiting(relay)).toMatchObject({ connected: false, broker: null });
  });

  it("is kept for a relay that is away for a day, and no longer", async () => {
    const relay = env.RELAY.getByName(name());
    const now = Date.now();
    const tell = (index: number) =>
      relay.tell([
        toRelay(
          `${index}`,
          { type: "DiscoveryRequested", discovery_type: "host_discovery", targets: [agent.id] },
          300_000,
          Date.now(),
        ),
      ]);
    try {
      await tell(1);
      await tell(2);
      expect(await relay.status()).toMatchObject({ connected: false, waiting: 2 });
      vi.useFakeTimers({ toFake: ["Date"], now: now + 310_000 });
      expect(await relay.status()).toMatchObject({ waiting: 0 });
      await tell(3);
      const stored = () =>
        runInDurableObject(
          relay,
          (_, { storage }) => storage.sql.exec("SELECT id FROM messages").toArray().length,
        );
      expect(await stored()).toBe(1);
      vi.useFakeTimers({ toFake: ["Date"], now: now + 25 * 60 * 60_000 });
      await tell(4);
      expect(await stored()).toBe(0);
    } finally {
      vi.useRealTimers();
    }
  });

  it("answers a ping, and closes the line of somebody who is no relay", async () => {
    const line = await Line.open(name());
    line.send(PING);
    await expect.poll(() => line.texts).toContain(PONG);
    line.send({ type: "nonsense" });
    await expect.poll(() => line.isClosed).toBe(true);
  });

  it.each(["-x", "a".repeat(64), "a_b"])("has no relay named %s", async (wrong) => {
    expect(
      await outcome(
        agent.call("GET", `/api/v1/relays/${wrong}/socket`, { headers: { upgrade: "websocket" } }),
      ),
    ).toEqual(invalid(["/name", "has invalid format"]));
  });
});

describe("an execution that is asked for through a relay", () => {
  it("starts once, however often it is delivered, and answers come in", async () => {
    await agent.collect("host_discovery", hostPayload);
    const ids = { execution_id: crypto.randomUUID(), group_id: crypto.randomUUID() };
    const request = { ...ids, targets: [{ agent_id: agent.id, checks: [CHECK] }], target_type: "host" };
    expect(await outcome(post("executions", request))).toEqual(accepted);
    expect(await outcome(post("executions", request))).toEqual(accepted);
    expect((await post("executions", { ...request, execution_id: crypto.randomUUID() })).body).toMatchObject({
      errors: [{ detail: "Execution already running." }],
    });
    const facts = {
      ...ids,
      agent_id: agent.id,
      facts_gathered: [{ check_id: CHECK, name: "swappiness", value: 10 }],
    };
    expect(await outcome(post("facts", facts))).toEqual(accepted);
    const read = () => admin.call("GET", `/api/v2/checks/executions/${ids.execution_id}`);
    await expect
      .poll(async () => (await read()).body)
      .toMatchObject({ status: "completed", result: "passing" });
    expect(await outcome(post("executions", request))).toEqual(accepted);
  });

  it.each([
    ["another fact", { token: "5000", other: '{"a":["x\\ud800"]}' }, "passing"],
    ["its own fact", { token: '"\\ud800"', other: "1" }, "critical"],
  ])("is answered, with half a character in %s", async (_, values, result) => {
    const execution = new ExecutionUnderTest(1);
    await execution.start();
    const facts = Object.entries(values).map(
      ([called, value]) => `{"check_id":"${tokenCheck.id}","name":"${called}","value":${value}}`,
    );
    const head = `"execution_id":"${execution.id}","group_id":"${execution.groupId}","agent_id":"${execution.agents[0]}"`;
    const raw = `{${head},"facts_gathered":[${facts.join()}]}`;
    expect(await outcome(agent.call("POST", "/api/v1/relays/facts", { raw }))).toEqual(accepted);
    const read = async () => (await admin.call("GET", `/api/v2/checks/executions/${execution.id}`)).body;
    await expect.poll(read).toMatchObject({ status: "completed", result });
    const told = JSON.stringify(await read());
    expect(told.includes("The fact holds half a character")).toBe(result === "critical");
  });

  it("is refused with the reason, as answers of strangers are", async () => {
    const ids = { execution_id: crypto.randomUUID(), group_id: crypto.randomUUID() };
    expect(await outcome(post("executions", { ...ids, targets: [] }))).toEqual(
      refused(422, "Unprocessable Entity", "No checks were selected."),
    );
    const facts = { ...ids, agent_id: agent.id, facts_gathered: [] };
    expect(await outcome(post("facts", facts))).toEqual(
      refused(422, "Unprocessable Entity", "There is no such execution"),
    );
    expect((await post("facts", { ...facts, facts_gathered: [{ name: 1 }] })).status).toBe(422);
    expect((await agent.call("POST", "/api/v1/relays/facts", { raw: "{" })).status).toBe(400);
    const deep = `${"[".repeat(50_000)}${"]".repeat(50_000)}`;
    const nested = JSON.stringify({
      ...facts,
      facts_gathered: [{ check_id: CHECK, name: "x", value: "DEEP" }],
    }).replace('"DEEP"', deep);
    expect((await agent.call("POST", "/api/v1/relays/facts", { raw: nested })).status).toBe(422);
    const env = JSON.stringify({ ...ids, targets: [], env: { a: "DEEP" } }).replace('"DEEP"', deep);
    expect((await agent.call("POST", "/api/v1/relays/executions", { raw: env })).status).toBe(422);
  });
});
