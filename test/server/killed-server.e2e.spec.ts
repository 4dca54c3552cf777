/**
 * `kill -9` of a started server, of its runtime, and of both, with writes in flight: nothing that was acknowledged is lost, nothing is
 * doubled. `KILLS` says how often (6).
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { AgentOfTests, listHosts } from "./agent-of-tests.ts";
import { freePort, ServerProcess } from "./server-process.ts";
import { readReadModel, readStreams } from "./stored-data.ts";

const KILLS = Number(process.env.KILLS ?? 6);
const AGENTS = 25;
/** Acknowledged writes after which the server is killed, each round. */
const WRITES = 150;
const EVENTUALLY = { timeout: 60_000, interval: 500 };

const dataDir = mkdtempSync(join(tmpdir(), "trento-edge-killed-"));
let server: ServerProcess;

beforeAll(async () => {
  server = new ServerProcess(await freePort(), { DATA_DIR: dataDir, REDELIVERY_DELAY_MS: "1000" });
});

afterAll(async () => {
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

const payloadSchema = z.object({ agent_version: z.string() });

/** What is killed, in turns; and what it takes until somebody is served again. */
const ways: readonly ((server: ServerProcess) => Promise<void>)[] = [
  async (server) => {
    await server.kill({ orphan: true });
    await server.start();
  },
  async (server) => {
    await server.killRuntime();
    // It is started again by the server.
    await expect.poll(() => statusOf(`${server.url}/api/readyz`), EVENTUALLY).toBe(200);
  },
  async (server) => {
    await Promise.all([server.killRuntime(), server.kill({ orphan: false })]);
    await server.start();
  },
];

const statusOf = (url: string) =>
  fetch(url).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    },
    () => 0,
  );

it(`loses and doubles nothing in ${KILLS} kills`, { timeout: 420_000 + KILLS * 30_000 }, async () => {
  const agents = Array.from({ length: AGENTS }, (_, index) => new AgentOfTests(index));
  await server.start();
  const apiKey = server.printed("API_KEY");
  const password = server.printed("ADMIN_PASSWORD");

  for (let round = 0; round < KILLS; round += 1) {
    let written = 0;
    let killed: Promise<void> | null = null;
    const kill = ways[round % ways.length] ?? (() => Promise.resolve());
    const write = async (agent: AgentOfTests) => {
      while (killed === null) {
        if (await agent.change(server.url, apiKey)) written += 1;
        // The others have requests under way at this moment.
        if (written >= WRITES) killed ??= kill(server);
      }
    };
    await Promise.all(agents.map(write));
    await killed;
  }

  const behind = async () => {
    const hosts = await listHosts(server.url, password);
    const versions = new Map(hosts.map((host) => [host.id, Number(host.agent_version)]));
    return agents.flatMap(({ id, hostname, acknowledged }) => {
      const [shown, told] = [versions.get(id) ?? 0, acknowledged.at(-1) ?? 0];
      return shown < told ? [`${hostname} is at ${shown} of ${told}`] : [];
    });
  };
  // Nobody posts any more: what is missing can come from the streams alone. Their alarms wait longer each time that they find somebody
  // behind, which under this load is often.
  await expect.poll(behind, { ...EVENTUALLY, timeout: 5 * 60_000 }).toEqual([]);
  // What was taken although nobody was told so comes before a last one.
  for (const agent of agents) expect(await agent.change(server.url, apiKey)).toBe(true);
  await expect.poll(behind, EVENTUALLY).toEqual([]);
  await server.stop();

  const streams = readStreams(dataDir);
  const { hosts, checkpoints } = readReadModel(dataDir);
  for (const { id, acknowledged } of agents) {
    const events = streams.get(id) ?? [];
    expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1));
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
    const changes = events
      .filter(({ type }) => type === "HostRegistered" || type === "HostDetailsUpdated")
      .map(({ data }) => Number(payloadSchema.parse(JSON.parse(data)).agent_version));
    expect(new Set(changes).size).toBe(changes.length);
    expect(changes).toEqual(expect.arrayContaining(acknowledged));
    expect(hosts.get(id)).toEqual({ agentVersion: String(changes.at(-1)), version: events.length });
    expect(checkpoints.get(id)).toBe(events.length);
  }
  expect(streams.size).toBe(AGENTS);
});
