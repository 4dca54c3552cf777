/** Messages through a relay, each way, against bare publishing and consuming at the same broker. */
import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { Agent, createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ChannelModel, connect } from "amqplib";
import { z } from "zod";
import { BrokerAgent, cloudEvent } from "../../test/relay/clients.ts";
import { isThere, RabbitMq } from "../../test/relay/rabbitmq.ts";
import { asValue, message } from "../../test/relay/wire.ts";
import { root } from "../../tools/server/build.ts";
import { fire } from "../load.ts";
import type { Target } from "../target.ts";

const MESSAGES = 3_000;
const CHECK = "ED6E2D";
const PORT = 18_080;

export interface RelayResult {
  /** Messages a second. */
  readonly bare: number;
  /** From the broker to the edge, and to one that answers at once. */
  readonly incoming: number;
  readonly incomingAlone: number;
  readonly outgoing: number;
}

/** Persistent messages of the same size, published with confirmation and consumed with acknowledgement. */
async function bareRate(model: ChannelModel, content: Buffer): Promise<number> {
  const channel = await model.createConfirmChannel();
  const { queue } = await channel.assertQueue("bench", { durable: true });
  await channel.prefetch(20);
  let count = 0;
  const began = performance.now();
  const done = new Promise<void>((resolve) => {
    void channel.consume(queue, (one) => {
      if (one === null) return;
      channel.ack(one);
      count += 1;
      if (count === MESSAGES) resolve();
    });
  });
  for (let index = 0; index < MESSAGES; index += 1) {
    channel.sendToQueue(queue, content, { persistent: true });
  }
  await channel.waitForConfirms();
  await done;
  const rate = (MESSAGES * 1_000) / (performance.now() - began);
  await channel.deleteQueue(queue);
  await channel.close();
  return rate;
}

async function startRelay(edgeUrl: string, apiKey: string, amqpUrl: string): Promise<ChildProcess> {
  const dataDir = mkdtempSync(join(tmpdir(), "trento-edge-bench-relay-"));
  const relay = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "tools/relay/main.ts"], {
    cwd: root,
    stdio: "ignore",
    env: {
      ...process.env,
      EDGE_URL: edgeUrl,
      API_KEY: apiKey,
      AMQP_URL: amqpUrl,
      RELAY_NAME: "bench",
      HOST: "127.0.0.1",
      PORT: String(PORT),
      DATA_DIR: dataDir,
    },
  });
  relay.once("exit", () => rmSync(dataDir, { recursive: true, force: true }));
  await until(async () => (await sample("trento_relay_amqp_connected")) === 1);
  return relay;
}

async function stopRelay(relay: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => relay.once("exit", resolve));
  relay.kill();
  await gone;
}

async function sample(name: string): Promise<number> {
  const text = await fetch(`http://127.0.0.1:${PORT}/metrics`)
    .then((answer) => answer.text())
    .catch(() => "");
  const line = text.split("\n").find((one) => one.startsWith(`${name} `));
  return Number(line?.split(" ").at(-1) ?? Number.NaN);
}

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  const end = Date.now() + 120_000;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error("it did not come to an end");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** From the first message published to the last that was acknowledged. */
async function incomingRate(model: ChannelModel, content: Buffer): Promise<number> {
  const accepted = 'trento_relay_amqp_received_total{outcome="accepted"}';
  const channel = await model.createConfirmChannel();
  const before = (await sample(accepted)) || 0;
  const began = performance.now();
  for (let index = 0; index < MESSAGES; index += 1) {
    channel.publish("trento.checks", "executions", content, { persistent: true });
  }
  await channel.waitForConfirms();
  await until(async () => (await sample(accepted)) - before >= MESSAGES);
  const rate = (MESSAGES * 1_000) / (performance.now() - began);
  await channel.close();
  return rate;
}

/** @returns null where there is no broker */
export async function relay(target: Target): Promise<RelayResult | null> {
  if (!isThere) return null;
  const broker = new RabbitMq();
  await broker.start();
  const model = await connect(broker.url);
  const [executionId, groupId, agentId] = [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()];
  const fact = message([1, CHECK], [2, "swappiness"], [3, asValue(10)]);
  const facts = cloudEvent(
    "Trento.Checks.V1.FactsGathered",
    message([1, executionId], [2, groupId], [3, agentId], [4, [fact]]),
    { expiresIn: 60 * 60_000 },
  );
  const inTurn = createServer((request, response) => {
    request
      .resume()
      .on("end", () => response.writeHead(202, { "Content-Type": "application/json" }).end("{}"));
  });
  await new Promise<void>((resolve) => inTurn.listen(0, "127.0.0.1", resolve));
  try {
    await bareRate(model, facts);
    const bare = await bareRate(model, facts);

    const standIn = z.object({ port: z.number() }).parse(inTurn.address());
    const alone = await startRelay(`http://127.0.0.1:${standIn.port}`, "key", broker.url);
    await incomingRate(model, facts);
    const incomingAlone = await incomingRate(model, facts);
    await stopRelay(alone);

    const started = await fetch(`${target.server.url}/api/v2/checks/executions/start`, {
      method: "POST",
      headers: { Authorization: `Bearer ${target.token}`, "Content-Type": "application/json" },
      body: JSON.stringify({
        execution_id: executionId,
        group_id: groupId,
        targets: [{ agent_id: agentId, checks: [CHECK] }],
        target_type: "host",
      }),
    });
    if (started.status !== 202) throw new Error(`${started.status} ${await started.text()}`);
    const running = await startRelay(target.server.url, target.server.apiKey, broker.url);
    await until(async () => (await sample("trento_relay_edge_socket_open")) === 1);
    await incomingRate(model, facts);
    const incoming = await incomingRate(model, facts);

    const listener = await BrokerAgent.start(broker.url);
    const agent = new Agent({ keepAlive: false });
    const tell = () =>
      fire(agent, target.url, { method: "POST", path: `/api/bench/tell?count=${MESSAGES}`, body: "{}" });
    const arrived = () => listener.client.heard.length;
    await tell();
    await until(() => arrived() >= MESSAGES);
    const began = performance.now();
    await tell();
    await until(() => arrived() >= 2 * MESSAGES);
    const outgoing = (MESSAGES * 1_000) / (performance.now() - began);
    agent.destroy();
    await listener.client.close();
    await stopRelay(running);
    return { bare, incoming, incomingAlone, outgoing };
  } finally {
    await model.close().catch(() => {});
    inTurn.closeAllConnections();
    inTurn.close();
    await broker.end();
  }
}
