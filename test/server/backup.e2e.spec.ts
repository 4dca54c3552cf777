/** A server that is saved while agents write to it, and one that is made of what was saved. */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { AgentOfTests, listHosts } from "./agent-of-tests.ts";
import { freePort, ServerProcess } from "./server-process.ts";
import { readReadModel, readStreams } from "./stored-data.ts";

const AGENTS = 20;
/** Acknowledged writes before each backup. */
const WRITES = 100;

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "trento-edge-saved-"));
const dataDir = join(folder, "data");
const agents = Array.from({ length: AGENTS }, (_, index) => new AgentOfTests(index));
let server: ServerProcess;
let restored: ServerProcess | null = null;
let apiKey = "";
let password = "";

beforeAll(async () => {
  server = new ServerProcess(await freePort(), { DATA_DIR: dataDir, REDELIVERY_DELAY_MS: "1000" });
  await server.start();
  apiKey = server.printed("API_KEY");
  password = server.printed("ADMIN_PASSWORD");
});

afterAll(async () => {
  await server.stop();
  await restored?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** As a person does. */
async function run(script: "backup" | "restore", dataDir: string, target: string): Promise<string> {
  const node = join(root, "node_modules/.bin/node");
  const { stdout } = await promisify(execFile)(node, [join(root, `tools/server/${script}.ts`), target], {
    env: { ...process.env, DATA_DIR: dataDir },
  });
  return stdout;
}

const payloadSchema = z.object({ agent_version: z.string() });

function changesOf(events: readonly { type: string; data: string }[]): number[] {
  return events
    .filter(({ type }) => type === "HostRegistered" || type === "HostDetailsUpdated")
    .map(({ data }) => Number(payloadSchema.parse(JSON.parse(data)).agent_version));
}

/** Hosts whose read model or checkpoint is not where their stream is; of a copy, since the server has the files open. */
async function behind(serverDir: string): Promise<string[]> {
  const copy = join(folder, "looked-at");
  rmSync(copy, { recursive: true, force: true });
  await run("backup", serverDir, copy);
  const streams = readStreams(join(copy, "data"));
  const { hosts, checkpoints } = readReadModel(join(copy, "data"));
  return [...streams].flatMap(([id, events]) => {
    const expected = { agentVersion: String(changesOf(events).at(-1)), version: events.length };
    const host = hosts.get(id);
    const isThere = host?.agentVersion === expected.agentVersion && host.version === expected.version;
    return isThere && checkpoints.get(id) === events.length ? [] : [id];
  });
}

it("is saved under load as of one moment, and goes on elsewhere from there", async () => {
  let isOver = false;
  let written = 0;
  const write = async (agent: AgentOfTests) => {
    while (!isOver) if (await agent.change(server.url, apiKey)) written += 1;
  };
  const writing = Promise.all(agents.map(write));
  const saved: { target: string; before: (number | undefined)[]; after: (number | undefined)[] }[] = [];
  const last = () => agents.map(({ acknowledged }) => acknowledged.at(-1));
  for (const round of [1, 2, 3]) {
    await expect.poll(() => written, { timeout: 60_000 }).toBeGreaterThan(round * WRITES);
    const target = join(folder, `saved-${round}`);
    const before = last();
    expect(await run("backup", dataDir, target)).toMatch(/^Saved \d+ files, .* stood still for \d+ ms\.\n$/);
    saved.push({ target, before, after: last() });
  }
  isOver = true;
  await writing;
  // Whoever wrote meanwhile waited, and was not refused: numbers that were not acknowledged would be missing here.
  for (const { acknowledged } of agents)
    expect(acknowledged).toEqual(acknowledged.map((_, index) => index + 1));

  for (const { target, before, after } of saved) {
    // Whoever reads a database writes to its files.
    const copy = `${target}-copy`;
    cpSync(target, copy, { recursive: true });
    const streams = readStreams(join(copy, "data"));
    expect(streams.size).toBe(AGENTS);
    for (const [index, { id }] of agents.entries()) {
      const events = streams.get(id) ?? [];
      expect(events.map(({ version }) => version)).toEqual(events.map((_, position) => position + 1));
      const changes = changesOf(events);
      expect(changes).toEqual(changes.map((_, position) => position + 1));
      expect(changes.length).toBeGreaterThanOrEqual(before[index] ?? 0);
      // One more may be under way.
      expect(changes.length).toBeLessThanOrEqual((after[index] ?? 0) + 1);
    }
  }

  const [, second] = saved;
  const restoredDir = join(folder, "restored");
  await run("restore", restoredDir, second?.target ?? "");
  const other = new ServerProcess(await freePort(), { DATA_DIR: restoredDir, REDELIVERY_DELAY_MS: "1000" });
  restored = other;
  await other.start();
  await expect.poll(() => behind(restoredDir), { timeout: 60_000, interval: 500 }).toEqual([]);
  const hosts = await listHosts(other.url, password);
  expect(hosts.map(({ id }) => id).sort()).toEqual(agents.map(({ id }) => id).sort());
  // The key is the same, and the streams go on.
  expect(await agents[0]?.post(other.url, apiKey, 1_000_000)).toBe(202);
  await expect
    .poll(async () => (await listHosts(other.url, password)).map(({ agent_version }) => agent_version), {
      timeout: 60_000,
    })
    .toContain("1000000");
});

it("is restored into no directory that is in use, and saved into none that is there", async () => {
  const target = join(folder, "saved-1");
  await expect(run("restore", dataDir, target)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/is in use by the server with process id \d+\n$/),
  });
  await expect(run("backup", dataDir, target)).rejects.toMatchObject({
    code: 1,
    stderr: `${target} is there already, and is not overwritten\n`,
  });
  await expect(run("backup", join(folder, "nothing"), join(folder, "other"))).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/has no secrets.json\n$/),
  });
  expect(existsSync(join(folder, "other"))).toBe(false);
  expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
});
