/** A data directory of an earlier version, which ran on Miniflare: taken over as it is, and taken back as it has become. */
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { beginOf } from "../../tools/server/data/processes.ts";
import { AgentOfTests } from "./agent-of-tests.ts";
import { startOnMiniflare } from "./miniflare-server.ts";
import { freePort, ServerProcess } from "./server-process.ts";
import { readReadModel, readStreams } from "./stored-data.ts";

const PASSWORD = "the same all the time";
const VARIABLES = { WEBHOOK_ALLOWED_HOSTS: "127.0.0.1", REDELIVERY_DELAY_MS: "1000" };
const EVENTUALLY = { timeout: 60_000, interval: 250 };

const dataDir = join(mkdtempSync(join(tmpdir(), "trento-edge-takeover-")), "data");
const heard: { readonly headers: Record<string, string>; readonly body: string }[] = [];
let receiver: Server;

beforeAll(async () => {
  receiver = createServer(async (request, response) => {
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
    );
    heard.push({ headers, body: await text(request) });
    response.end();
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  receiver.close();
  rmSync(join(dataDir, ".."), { recursive: true, force: true });
});

const tokenSchema = z.object({ access_token: z.string() });
const hostSchema = z.object({
  id: z.string(),
  hostname: z.string(),
  agent_version: z.string(),
  tags: z.array(z.looseObject({ value: z.string() })),
});

/** Somebody who has signed in. */
async function administratorOf(url: string) {
  const session = await fetch(`${url}/api/session`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ username: "admin", password: PASSWORD }),
  });
  const { access_token } = tokenSchema.parse(await session.json());
  const call = async (method: string, path: string, json?: object) => {
    const headers = { Authorization: `Bearer ${access_token}`, "Content-Type": "application/json" };
    const body = json === undefined ? null : JSON.stringify(json);
    const answer = await fetch(`${url}${path}`, { method, headers, body });
    if (!answer.ok) throw new Error(`${method} ${path} was answered with ${answer.status}`);
    return answer.json();
  };
  return {
    call,
    hosts: async () => z.array(hostSchema).parse(await call("GET", "/api/v1/hosts")),
  };
}

const changeAll = async (agents: readonly AgentOfTests[], url: string, apiKey: string) => {
  const taken = await Promise.all(agents.map((agent) => agent.change(url, apiKey)));
  expect(taken).toEqual(agents.map(() => true));
};
/** What the hosts' agents have told last. */
const toldBy = (agents: readonly AgentOfTests[]) =>
  Object.fromEntries(agents.map(({ id, acknowledged }) => [id, String(acknowledged.at(-1))]));
const shownBy = async (url: string) => {
  const hosts = await (await administratorOf(url)).hosts();
  return Object.fromEntries(hosts.map(({ id, agent_version }) => [id, agent_version]));
};

async function killOutright(server: ServerProcess): Promise<void> {
  const { runtime } = z
    .object({ runtime: z.array(z.int()) })
    .parse(JSON.parse(readFileSync(join(dataDir, "server.lock"), "utf8")));
  await server.kill({ orphan: false });
  await expect.poll(() => runtime.filter((pid) => beginOf(pid) !== null), EVENTUALLY).toEqual([]);
}

it("goes from Miniflare to the runtime itself, and back, with all that is in it", async () => {
  const agents = Array.from({ length: 12 }, (_, index) => new AgentOfTests(index));
  const [early, late] = [agents.slice(0, 8), agents.slice(8)];
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;

  let old = await startOnMiniflare(dataDir, PASSWORD, VARIABLES);
  const { apiKey } = old;
  await changeAll(early, old.url, apiKey);
  const before = await administratorOf(old.url);
  await expect.poll(() => shownBy(old.url), EVENTUALLY).toEqual(toldBy(early));
  const tagged = early[0]?.id ?? "";
  await before.call("POST", `/api/v1/hosts/${tagged}/tags`, { value: "kept" });
  const made = await before.call("POST", "/api/v1/webhooks", { url, event_types: ["host_registered"] });
  const { secret } = z.object({ secret: z.string() }).parse(made);
  const shown = await before.hosts();
  await old.stop();

  const server = new ServerProcess(await freePort(), {
    DATA_DIR: dataDir,
    ADMIN_PASSWORD: PASSWORD,
    ...VARIABLES,
  });
  await server.start();
  expect(statSync(dataDir).mode & 0o777).toBe(0o700);
  expect(server.output).not.toContain(apiKey);
  // At once: nothing is made anew.
  expect(await (await administratorOf(server.url)).hosts()).toEqual(shown);
  expect(shown.find(({ id }) => id === tagged)?.tags.map(({ value }) => value)).toEqual(["kept"]);
  await changeAll(agents, server.url, apiKey);
  await expect.poll(() => shownBy(server.url), EVENTUALLY).toEqual(toldBy(agents));
  await expect.poll(() => heard.length, EVENTUALLY).toBe(late.length);
  const hooked = heard.map(({ body, headers }) =>
    z.object({ data: z.object({ hostname: z.string() }) }).parse(new Webhook(secret).verify(body, headers)),
  );
  expect(hooked.map(({ data }) => data.hostname).sort()).toEqual(late.map(({ hostname }) => hostname));
  // What was acknowledged just now is in streams, and perhaps nowhere else.
  await changeAll(agents, server.url, apiKey);
  await killOutright(server);

  old = await startOnMiniflare(dataDir, PASSWORD, VARIABLES);
  expect(old.apiKey).toBe(apiKey);
  await expect.poll(() => shownBy(old.url), EVENTUALLY).toEqual(toldBy(agents));
  await changeAll(early, old.url, apiKey);
  await expect.poll(() => shownBy(old.url), EVENTUALLY).toEqual(toldBy(agents));
  await old.stop();

  await server.start();
  expect(await shownBy(server.url)).toEqual(toldBy(agents));
  await server.stop();

  const streams = readStreams(dataDir);
  const { hosts, checkpoints } = readReadModel(dataDir);
  for (const { id, acknowledged } of agents) {
    const events = streams.get(id) ?? [];
    expect(events.map(({ version }) => version)).toEqual(events.map((_, index) => index + 1));
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
    expect(hosts.get(id)).toEqual({ agentVersion: String(acknowledged.at(-1)), version: events.length });
    expect(checkpoints.get(id)).toBe(events.length);
  }
  expect(streams.size).toBe(agents.length);
});
