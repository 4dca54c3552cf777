/**
 * Twenty hosts behind a relay with a broker; relay and edge are stopped and killed in turns, and hosts die meanwhile. Nothing is
 * declared lost that lives, everything that dies is, and what is stale is healed soon.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type SimulatedAgent, startAgents } from "../../tools/simulate/agents.ts";
import { generateLandscape } from "../../tools/simulate/landscape.ts";
import { randomFrom } from "../../tools/simulate/random.ts";
import { Tally } from "../../tools/simulate/tally.ts";
import { transportTo } from "../../tools/simulate/transport.ts";
import { BrokerAgent, Client, executionRequested } from "../relay/clients.ts";
import { isThere, RabbitMq } from "../relay/rabbitmq.ts";
import { freePort, ServerProcess } from "../server/server-process.ts";
import { ControlPlane, executionSchema } from "./control-plane.ts";
import { RelayProcess } from "./relay-process.ts";

const MINUTES = Number(process.env.LONG_MINUTES ?? 30);
const SEED = Number(process.env.LONG_SEED ?? 1);
const HOSTS = 20;
const CHECK = "ED6E2D";
const PASSWORD = "for the long run";

/** Milliseconds between two restarts, and from one's end to the next at least. */
const ROUND = 25_000;
const BETWEEN = 15_000;
/** Milliseconds for which a host is dead: at least, and at most where it is not lost before. */
const DEAD_FOR = 45_000;
const DEAD_AT_MOST = 240_000;
/** Milliseconds within which the dead are declared lost, with the edge away for half of them, and stale marks of the living healed. */
const LOST_WITHIN = 120_000;
const HEALED_WITHIN = 90_000;
/** A host that is back may be seen so by the next heartbeat but one, if the relay is away just then (ms). */
const BACK_WITHIN = 15_000;

const restarts = ["relay SIGTERM", "edge SIGTERM", "relay SIGKILL", "edge SIGKILL"] as const;

interface Death {
  readonly hostId: string;
  readonly from: number;
  to: number | null;
}

describe.skipIf(!isThere)(`a relay, a broker and an edge that are restarted for ${MINUTES} minutes`, () => {
  const folder = mkdtempSync(join(tmpdir(), "trento-edge-long-"));
  const random = randomFrom(SEED);
  const broker = new RabbitMq();
  const tally = new Tally();
  const deaths: Death[] = [];
  const log = (line: string) => console.log(`${new Date().toISOString()} ${line}`);
  let edge: ServerProcess;
  let relay: RelayProcess;
  let plane: ControlPlane;
  let agents: SimulatedAgent[];
  let answering: BrokerAgent;
  let user: Client;

  beforeAll(async () => {
    const dataDir = join(folder, "edge");
    const variables = { DATA_DIR: dataDir, ADMIN_PASSWORD: PASSWORD, CHECKS_INTERVAL: "0" };
    edge = new ServerProcess(await freePort(), variables);
    await Promise.all([edge.start(), broker.start()]);
    plane = new ControlPlane(edge.url, PASSWORD);
    relay = new RelayProcess({
      EDGE_URL: edge.url,
      API_KEY: edge.printed("API_KEY"),
      AMQP_URL: broker.url,
      RELAY_NAME: "long",
      DATA_DIR: join(folder, "relay"),
      PORT: String(await freePort()),
    });
    await relay.start();
    const landscape = generateLandscape({ hosts: HOSTS, seed: SEED });
    agents = startAgents(landscape, transportTo(relay.url, edge.printed("API_KEY"), tally));
    answering = await BrokerAgent.start(broker.url, agents[0]?.host.id);
    user = await Client.connect(broker.url);
    const isComplete = async () => {
      const passing = (await plane.hosts()).filter(({ heartbeat }) => heartbeat === "passing");
      expect(passing).toHaveLength(agents.length);
    };
    await vi.waitFor(isComplete, { timeout: 120_000, interval: 1_000 });
  });
  afterAll(async () => {
    for (const agent of agents ?? []) agent.stop();
    await user?.close();
    await answering?.client.close();
    await relay?.end("SIGKILL");
    await edge?.kill({ orphan: false });
    await broker.end();
    rmSync(folder, { recursive: true, force: true });
  });

  const isDead = (hostId: string) => deaths.some((death) => death.hostId === hostId && death.to === null);
  const livesSince = (hostId: string) =>
    Math.max(0, ...deaths.filter((death) => death.hostId === hostId).map(({ to }) => to ?? Date.now()));

  async function restart(kind: (typeof restarts)[number]): Promise<void> {
    const away = 500 + Math.floor(random.next() * 3_500);
    const started = Date.now();
    if (kind.startsWith("relay")) await relay.end(kind === "relay SIGTERM" ? "SIGTERM" : "SIGKILL");
    else if (kind === "edge SIGTERM") await edge.stop();
    else await edge.kill({ orphan: false });
    await pause(away);
    await (kind.startsWith("relay") ? relay.start() : edge.start());
    log(`${kind}: back after ${Date.now() - started} ms`);
  }

  function kill(): void {
    const living = agents.filter(({ host: { id } }) => !isDead(id) && id !== answering.id);
    const agent = living[Math.floor(random.next() * living.length)];
    if (agent === undefined) return;
    agent.setSilent(true);
    deaths.push({ hostId: agent.host.id, from: Date.now(), to: null });
    log(`${agent.host.hostname} dies`);
  }

  function revive(death: Death): void {
    const agent = agents.find(({ host }) => host.id === death.hostId);
    agent?.setSilent(false);
    death.to = Date.now();
    log(`${agent?.host.hostname} is back`);
  }

  /** Those that are lost by now, and those that should be. */
  async function reviveTheLost(): Promise<void> {
    const shown = await plane.hosts().catch(() => []);
    for (const death of deaths.filter(({ to }) => to === null)) {
      const isLost = shown.some(({ id, heartbeat }) => id === death.hostId && heartbeat === "critical");
      const time = Date.now() - death.from;
      if ((isLost && time >= DEAD_FOR) || time >= DEAD_AT_MOST) revive(death);
    }
  }

  /** Looks at all stale marks again and again. @returns the longest time (ms) that one stayed though all its hosts lived */
  async function watchStaleMarks(signal: AbortSignal): Promise<{ longest: number; of: string }> {
    const since = new Map<string, number>();
    let worst = { longest: 0, of: "" };
    while (!signal.aborted) {
      await pause(2_000);
      const marks = await plane.staleMarks().catch(() => null);
      if (marks === null) continue;
      const now = Date.now();
      const names = new Set(marks.map(({ name }) => name));
      for (const name of since.keys()) if (!names.has(name)) since.delete(name);
      for (const { name, hosts } of marks) {
        if (hosts.some(isDead)) since.delete(name);
        else if (!since.has(name)) since.set(name, now);
        const from = since.get(name);
        if (from === undefined) continue;
        const stayed = now - Math.max(from, ...hosts.map(livesSince));
        if (stayed > worst.longest) worst = { longest: stayed, of: name };
      }
    }
    return worst;
  }

  it("lose nobody who lives, and everybody who dies", async () => {
    const stopped = new AbortController();
    const stale = watchStaleMarks(stopped.signal);
    const executions: string[] = [];
    const answered = new Set<string>();
    const answers = setInterval(() => {
      for (const { executionId, groupId } of answering.requests) {
        if (answered.has(executionId)) continue;
        answered.add(executionId);
        answering.answer(executionId, groupId, [[CHECK, "swappiness", 10]]).catch(log);
      }
    }, 250);
    const counts: Record<string, number> = {};
    const end = Date.now() + MINUTES * 60_000;
    for (let round = 0; Date.now() < end; round += 1) {
      const next = Date.now() + ROUND;
      const executionId = crypto.randomUUID();
      executions.push(executionId);
      const request = { executionId, groupId: crypto.randomUUID(), agentId: answering.id, checks: [CHECK] };
      await user.publish("trento.checks", "executions", executionRequested(request));
      await reviveTheLost();
      if (round % 2 === 1) kill();
      await pause(random.next() * 5_000);
      const kind = restarts[round % restarts.length] ?? "relay SIGTERM";
      await restart(kind);
      counts[kind] = (counts[kind] ?? 0) + 1;
      await pause(Math.max(BETWEEN, next - Date.now()));
    }
    while (deaths.some(({ to }) => to === null)) {
      await pause(5_000);
      await reviveTheLost();
    }
    await pause(HEALED_WITHIN);
    stopped.abort();
    const worst = await stale;
    clearInterval(answers);

    const failed = await plane.heartbeats("heartbeat_failed");
    const wrongly = failed.filter(
      ({ hostId, at }) =>
        !deaths.some(
          (death) =>
            death.hostId === hostId && at >= death.from && at <= (death.to ?? Date.now()) + BACK_WITHIN,
        ),
    );
    const delays = deaths.map(({ hostId, from, to }) => {
      const lost = failed.find(
        (one) => one.hostId === hostId && one.at >= from && one.at <= (to ?? Date.now()),
      );
      return lost === undefined ? Number.POSITIVE_INFINITY : lost.at - from;
    });
    const results = await Promise.all(
      executions.map((id) => plane.get(`/api/v2/checks/executions/${id}`, executionSchema).catch(() => null)),
    );
    const passing = results.filter((one) => one?.result === "passing").length;
    const left = await plane.staleMarks();
    const figures = {
      restarts: counts,
      deaths: deaths.length,
      "lost that live": wrongly.length,
      "dead that were not lost": delays.filter((delay) => delay === Number.POSITIVE_INFINITY).length,
      "until lost (s)": delays.map((delay) => Math.round(delay / 1_000)).sort((a, b) => a - b),
      "longest stale mark of the living (s)": Math.round(worst.longest / 1_000),
      executions: `${passing} of ${executions.length} passing`,
      "ends of the relay that nobody asked for": relay.unexpectedEnds.length,
    };
    log(JSON.stringify(figures, null, 2));
    if (worst.longest > 0) log(`longest stale: ${worst.of}`);
    expect(wrongly).toEqual([]);
    expect(Math.max(0, ...delays)).toBeLessThan(LOST_WITHIN);
    expect(worst.longest).toBeLessThan(HEALED_WITHIN);
    expect(left).toEqual([]);
    expect(passing).toBe(executions.length);
    expect(relay.unexpectedEnds).toEqual([]);
    expect((await plane.hosts()).filter(({ heartbeat }) => heartbeat !== "passing")).toEqual([]);
  });
});
