/** `kill -9` of a started server, with writes in flight: nothing that was acknowledged is lost, nothing is doubled. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { AgentOfTests, listHosts } from "./agent-of-tests.ts";
import { freePort, ServerProcess } from "./server-process.ts";
import { readReadModel, readStreams } from "./stored-data.ts";

const ROUNDS = 5;
const AGENTS = 25;
/** Acknowledged writes after which the server is killed, each round. */
const WRITES = 150;

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

it(`loses and doubles nothing in ${ROUNDS} kills`, async () => {
  const agents = Array.from({ length: AGENTS }, (_, index) => new AgentOfTests(index));
  await server.start();
  const apiKey = server.printed("API_KEY");
  const password = server.printed("ADMIN_PASSWORD");

  for (let round = 0; round < ROUNDS; round += 1) {
    let written = 0;
    let killed: Promise<void> | null = null;
    const write = async (agent: AgentOfTests) => {
      while (killed === null) {
        if (await agent.change(server.url, apiKey)) written += 1;
        // The others have requests under way at this moment.
        if (written >= WRITES) killed ??= server.kill({ orphan: round % 2 === 1 });
      }
    };
    await Promise.all(agents.map(write));
    await killed;
    await server.start();
  }

  // Nobody posts any more: what is missing can come from the streams alone.
  await expect
    .poll(
      async () => {
        const versions = new Map(
          (await listHosts(server.url, password)).map((host) => [host.id, host.agent_version]),
        );
        return agents.filter(
          (agent) => Number(versions.get(agent.id) ?? 0) < (agent.acknowledged.at(-1) ?? 0),
        ).length;
      },
      { timeout: 60_000, interval: 500 },
    )
    .toBe(0);
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
