/** The relay between a real RabbitMQ and a real edge: unmodified agents and external users on one side, checks on the other. */
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { type Relay, startRelay } from "../../tools/relay/relay.ts";
import { type Front, startFront } from "../../tools/server/front/front.ts";
import { hostPayloadOf } from "../host-payload.ts";
import { BrokerAgent, Client, cloudEvent, executionRequested } from "../relay/clients.ts";
import { isThere, RabbitMq } from "../relay/rabbitmq.ts";
import { type Field, message } from "../relay/wire.ts";
import { LandscapeServer } from "./landscape-server.ts";

const PATIENT = { timeout: 40_000, interval: 100 };
const CHECK = "ED6E2D";
const EXECUTIONS = "trento.checks.executions";
const FACTS = "Trento.Checks.V1.FactsGathered";

const executionSchema = z.looseObject({
  status: z.string(),
  result: z.string().nullable(),
});

describe.skipIf(!isThere)("the relay at a broker", () => {
  const server = new LandscapeServer();
  const broker = new RabbitMq();
  const log: string[] = [];
  let relay: Relay;
  let user: Client;
  let agent: BrokerAgent;

  /** Where the edge is found, wherever it is: it has another port after each start. */
  let way: Front;
  let wayPort = 0;

  async function startEdge(): Promise<void> {
    await server.start({ CHECKS_INTERVAL: "0" });
    way = await startFront({ target: server.address.url, host: "127.0.0.1", port: wayPort });
    wayPort = Number(new URL(way.url).port);
  }

  async function newRelay(): Promise<Relay> {
    const started = await startRelay({
      edgeUrl: `http://127.0.0.1:${wayPort}`,
      apiKey: server.address.apiKey,
      amqp: { url: broker.url, tls: {} },
      name: "relay-of-tests",
      host: "127.0.0.1",
      port: 0,
      dataDir: null,
      log: (line) => void log.push(line),
    });
    await vi.waitFor(
      () => expect([started.isBrokerConnected, started.isLineOpen]).toEqual([true, true]),
      PATIENT,
    );
    return started;
  }

  beforeAll(async () => {
    await Promise.all([startEdge(), broker.start()]);
    relay = await newRelay();
    user = await Client.connect(broker.url);
    await user.listen("trento.checks", "results", "trento.checks.results");
    await user.listen("trento.catalog", "customizations", "trento.catalog.checks_customization");
  });
  afterAll(async () => {
    await user?.close();
    await relay?.stop();
    await broker.end();
    await way?.stop();
    await server.end();
  });
  beforeEach(async () => {
    agent = await BrokerAgent.start(broker.url);
  });

  const ids = () => ({ executionId: crypto.randomUUID(), groupId: crypto.randomUUID() });
  const request = (one: ReturnType<typeof ids>, sent = {}) =>
    user.publish(
      "trento.checks",
      "executions",
      executionRequested({ ...one, agentId: agent.id, checks: [CHECK] }, sent),
    );
  const ended = (executionId: string) =>
    expect.poll(
      async () =>
        (await server.get(`/api/v2/checks/executions/${executionId}`, executionSchema).catch(() => null))
          ?.result,
      PATIENT,
    );
  const results = (executionId: string) =>
    user.heard.filter(({ data }) => data.text(1) === executionId).map(({ type }) => type.split(".").at(-1));
  const asked = async (executionId: string) => {
    await expect.poll(() => agent.requests.map((one) => one.executionId), PATIENT).toContain(executionId);
    const found = agent.requests.find((one) => one.executionId === executionId);
    if (found === undefined) throw new Error("it was not asked");
    return found;
  };

  it("runs an execution that somebody asks for, with the facts of an unmodified agent", async () => {
    const one = ids();
    await request(one);
    const { heard, groupId, requests } = await asked(one.executionId);
    expect([groupId, requests]).toEqual([one.groupId, [[CHECK, "swappiness", "sysctl@v1", "vm.swappiness"]]]);
    expect(heard).toMatchObject({
      contentType: "application/x-protobuf",
      typeUrl: "type.googleapis.com/Trento.Checks.V1.FactsGatheringRequested",
    });
    expect(heard.expiration).toBeGreaterThan(Date.now() / 1_000);
    await agent.answer(one.executionId, one.groupId, [[CHECK, "swappiness", 60]]);
    await ended(one.executionId).toBe("warning");
    await expect
      .poll(() => results(one.executionId), PATIENT)
      .toEqual(["ExecutionStarted", "ExecutionCompleted"]);
    const completed = user.heard.findLast(({ type }) => type.endsWith("ExecutionCompleted"));
    // WARNING = 1
    expect([completed?.data.number(3), completed?.data.text(4)]).toEqual([1, "host"]);
    const started = user.heard.findLast(({ type }) => type.endsWith("ExecutionStarted"));
    expect(started?.data.all(3).map((target) => [target.text(1), target.texts(2)])).toEqual([
      [agent.id, [CHECK]],
    ]);
  });

  it("takes facts that are errors, and integers as integers", async () => {
    const [failing, passing] = [ids(), ids()];
    await request(failing);
    await asked(failing.executionId);
    const error = Object.assign(new Error("no such key"), { name: "sysctl-value-not-found" });
    await agent.answer(failing.executionId, failing.groupId, [[CHECK, "swappiness", error]], {
      urlPrefix: "",
    });
    await ended(failing.executionId).toBe("warning");
    const found = await server.get(
      `/api/v2/checks/executions/${failing.executionId}`,
      z.object({ check_results: z.array(z.looseObject({})) }),
    );
    expect(JSON.stringify(found)).toContain("no such key");
    await request(passing);
    await asked(passing.executionId);
    await agent.answer(passing.executionId, passing.groupId, [[CHECK, "swappiness", 10]]);
    await ended(passing.executionId).toBe("passing");
  });

  it("tells of what users set of checks, and asks agents for discoveries", async () => {
    await fetch(`${relay.url}/api/v1/collect`, {
      method: "POST",
      headers: { "X-Trento-ApiKey": server.address.apiKey },
      body: JSON.stringify({
        agent_id: agent.id,
        discovery_type: "host_discovery",
        payload: hostPayloadOf("relayed"),
      }),
    });
    const path = `/api/v1/groups/${agent.id}/checks/ED6E01/customization`;
    const values = [{ name: "least_token", value: 3000 }];
    await expect
      .poll(async () => (await server.hosts()).some(({ id }) => id === agent.id), PATIENT)
      .toBe(true);
    expect((await server.call("POST", path, { values })).status).toBe(200);
    expect((await server.call("DELETE", path)).status).toBe(204);
    const own = () => user.heard.filter(({ data }) => data.text(2) === agent.id && data.text(1) === "ED6E01");
    await expect.poll(() => own().length, PATIENT).toBe(2);
    const [applied, reset] = own();
    expect([applied?.type, applied?.userId, applied?.data.text(3)]).toEqual([
      "Trento.Checks.V1.CheckCustomizationApplied",
      1,
      "host",
    ]);
    const [value] = applied?.data.all(4) ?? [];
    expect([value?.text(1), value?.number(3)]).toEqual(["least_token", 3000]);
    expect(reset?.type).toBe("Trento.Checks.V1.CheckCustomizationReset");
    await server.call("POST", `/api/v1/hosts/${agent.id}/discovery_requests`, {
      discovery_type: "saptune_discovery",
    });
    await expect.poll(() => agent.discoveries, PATIENT).toEqual(["saptune_discovery"]);
  });

  it("rejects what is malformed, expired, foreign or refused, without requeue, and logs it", async () => {
    const dead = async () => user.count(`${EXECUTIONS}_error`);
    const before = await dead();
    const one = ids();
    const publish = (content: Buffer) => user.publish("trento.checks", "executions", content);
    const facts = (...fields: readonly Field[]) => cloudEvent(FACTS, message(...fields));
    await publish(Buffer.from("no protobuf at all"));
    await publish(Buffer.alloc(0));
    await publish(Buffer.from(message([1, "id"], [4, FACTS])));
    await publish(cloudEvent("Trento.Operations.V1.OperationRequested", message([1, "x"])));
    await publish(cloudEvent("Trento.Checks.V1.Nonsense", message()));
    await publish(cloudEvent(FACTS, Uint8Array.from([0xff, 0xff, 0xff])));
    await publish(facts([1, "no uuid"], [2, one.groupId], [3, agent.id]));
    await publish(
      facts([1, one.executionId], [2, one.groupId], [3, agent.id], [4, [message([1, CHECK], [2, "x"])]]),
    );
    await publish(facts([1, one.executionId], [2, one.groupId], [3, agent.id]));
    await request(one, { expiresIn: -1_000 });
    await agent.answer(one.executionId, one.groupId, [[CHECK, "x", Number.NaN]]);
    await expect.poll(async () => (await dead()) - before, PATIENT).toBe(11);
    expect(await user.count(EXECUTIONS)).toBe(0);
    for (const reason of [
      "decoding_error",
      "invalid_envelope",
      "unknown_event",
      "event_expired",
      "There is no such execution",
    ]) {
      expect(
        log.some((line) => line.includes(reason)),
        reason,
      ).toBe(true);
    }
    const metrics = await (await fetch(`${relay.url}/metrics`)).text();
    expect(metrics).toMatch(/trento_relay_amqp_received_total\{outcome="decoding_error"\} [3-9]/);
  });

  it("takes what is delivered twice once", async () => {
    const one = ids();
    await request(one);
    await request(one);
    await asked(one.executionId);
    for (const value of [10, 60])
      await agent.answer(one.executionId, one.groupId, [[CHECK, "swappiness", value]]);
    await ended(one.executionId).toBe("passing");
    await expect
      .poll(() => results(one.executionId), PATIENT)
      .toEqual(["ExecutionStarted", "ExecutionCompleted"]);
    expect(await user.count(EXECUTIONS)).toBe(0);
  });

  it("loses nothing when the broker is killed in the middle", async () => {
    const one = ids();
    await request(one);
    await asked(one.executionId);
    await broker.stop("SIGKILL");
    await expect.poll(() => relay.isBrokerConnected, PATIENT).toBe(false);
    // What is told now waits for the broker.
    const waiting = ids();
    const start = await server.call("POST", "/api/v2/checks/executions/start", {
      execution_id: waiting.executionId,
      group_id: waiting.groupId,
      targets: [{ agent_id: agent.id, checks: [CHECK] }],
      target_type: "host",
    });
    expect(start.status).toBe(202);
    await broker.start();
    const { id } = agent;
    agent = await BrokerAgent.start(broker.url, id);
    user = await Client.connect(broker.url);
    await user.listen("trento.checks", "results", "trento.checks.results");
    await asked(waiting.executionId);
    for (const { executionId, groupId } of [one, waiting]) {
      await agent.answer(executionId, groupId, [[CHECK, "swappiness", 10]]);
      await ended(executionId).toBe("passing");
      await expect.poll(() => results(executionId), PATIENT).toContain("ExecutionCompleted");
    }
  });

  it("goes on when the edge was restarted in the middle", async () => {
    const one = ids();
    await request(one);
    await asked(one.executionId);
    await way.stop();
    await server.stop();
    await agent.answer(one.executionId, one.groupId, [[CHECK, "swappiness", 10]]);
    await expect.poll(() => relay.isLineOpen, PATIENT).toBe(false);
    await startEdge();
    await expect.poll(() => relay.isLineOpen, PATIENT).toBe(true);
    await ended(one.executionId).toBe("passing");
    await expect.poll(() => results(one.executionId), PATIENT).toContain("ExecutionCompleted");
    const another = ids();
    await request(another);
    await asked(another.executionId);
  });

  it("keeps with the broker what the edge cannot take, until it can", async () => {
    const one = ids();
    await request(one);
    await asked(one.executionId);
    await relay.stop();
    // A line that leads nowhere.
    const astray = await startRelay({
      edgeUrl: "http://127.0.0.1:9",
      apiKey: server.address.apiKey,
      amqp: { url: broker.url, tls: {} },
      name: "relay-of-tests",
      host: "127.0.0.1",
      port: 0,
      dataDir: null,
      log: (line) => void log.push(line),
    });
    await expect.poll(() => astray.isBrokerConnected, PATIENT).toBe(true);
    await agent.answer(one.executionId, one.groupId, [[CHECK, "swappiness", 10]]);
    await expect.poll(() => log.some((line) => line.includes("waits for the edge")), PATIENT).toBe(true);
    await astray.stop();
    relay = await newRelay();
    await ended(one.executionId).toBe("passing");
  });
});
