/** Recorded discoveries of 27 hosts, posted to a started server: the end state that they must lead to. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { hostViewSchema } from "../../domain/host/view.ts";
import { type Server, startServer } from "../../tools/start/server.ts";
import { readStreams } from "./stored-data.ts";

const folder = join(import.meta.dirname, "../../../shared/fixtures/scenarios/healthy-27-node-SAP-cluster");
const isThere = existsSync(folder);
if (!isThere) console.log(`Left out: the recorded landscape, since ${"../shared/fixtures"} is not there.`);

const envelopeSchema = z.looseObject({ agent_id: z.string(), discovery_type: z.string() });

function recorded(): { type: string; body: string }[] {
  if (!isThere) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith(".json"))
    .map((name) => readFileSync(join(folder, name), "utf8"))
    .map((body) => ({ type: envelopeSchema.parse(JSON.parse(body)).discovery_type, body }));
}

/** The same order in every run, and not the files' own. */
function shuffled<T>(items: readonly T[]): T[] {
  return items
    .map((item, index) => ({ item, key: (index * 7_919 + 31) % 1_009 }))
    .sort((one, other) => one.key - other.key)
    .map(({ item }) => item);
}

const OF_HOSTS = ["host_discovery", "cloud_discovery", "subscription_discovery", "saptune_discovery"];

describe.skipIf(!isThere)("the recorded landscape of 27 hosts", () => {
  const dataDir = mkdtempSync(join(tmpdir(), "trento-edge-recorded-"));
  let server: Server;
  let token = "";

  beforeAll(async () => {
    server = await startServer({ dataDir, port: 0, quiet: true, adminPassword: "recorded" });
    const session = await fetch(`${server.url}/api/session`, {
      method: "POST",
      body: JSON.stringify({ username: server.adminUser, password: "recorded" }),
      headers: { "Content-Type": "application/json" },
    });
    token = z.object({ access_token: z.string() }).parse(await session.json()).access_token;
  });

  afterAll(() => {
    rmSync(dataDir, { recursive: true, force: true });
  });

  async function post(bodies: readonly string[]): Promise<void> {
    for (const body of bodies) {
      const headers = { "Content-Type": "application/json", "X-Trento-ApiKey": server.apiKey };
      const answer = await fetch(`${server.url}/api/v1/collect`, { method: "POST", body, headers });
      expect(answer.status).toBe(202);
      expect(await answer.json()).toEqual({});
    }
  }

  async function read<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>> {
    const answer = await fetch(`${server.url}${path}`, { headers: { Authorization: `Bearer ${token}` } });
    expect(answer.status).toBe(200);
    return schema.parse(await answer.json());
  }

  const hosts = () => read("/api/v1/hosts", z.array(hostViewSchema));

  async function healths(): Promise<Record<string, number>> {
    const counted = { passing: 0, warning: 0, critical: 0, unknown: 0 };
    for (const { health } of await hosts()) counted[health] += 1;
    return counted;
  }

  it("has its hosts, providers and subscriptions from the discoveries of hosts alone, in any order", async () => {
    await post(shuffled(recorded().filter(({ type }) => OF_HOSTS.includes(type))).map(({ body }) => body));
    const nothingOfSap = { passing: 27, warning: 0, critical: 0, unknown: 0 };
    await expect.poll(healths, { timeout: 10_000 }).toEqual(nothingOfSap);
    const found = await hosts();
    expect(found.map(({ hostname }) => hostname)).toEqual(found.map(({ hostname }) => hostname).sort());
    expect(new Set(found.map(({ agent_version, arch }) => `${agent_version} ${arch}`))).toEqual(
      new Set(["2.1.0 x86_64"]),
    );
    expect(found.filter(({ provider }) => provider === "azure")).toHaveLength(25);
    expect(found.filter(({ hostname }) => hostname === "vmiscsi01")).toHaveLength(3);
    expect(await read("/api/v1/about", z.looseObject({}))).toMatchObject({ sles_subscriptions: 27 });
    expect(found.find(({ id }) => id === "9cd46919-5f19-59aa-993e-cf3736c71053")).toMatchObject({
      hostname: "vmhdbprd01",
      ip_addresses: ["10.80.1.11", "10.80.1.13"],
      netmasks: [24, 24],
      provider: "azure",
      provider_data: {
        data_disk_number: 7,
        vm_size: "Standard_E4s_v3",
        location: "westeurope",
        offer: "sles-sap-15-sp3-byos",
        sku: "gen2",
      },
      saptune_status: { package_version: "3.1.0", tuning_state: "compliant" },
    });
  });

  it("has the health of its hosts once it is known where SAP runs", async () => {
    await post(recorded().map(({ body }) => body));
    await expect
      .poll(healths, { timeout: 10_000 })
      .toEqual({ passing: 11, warning: 12, critical: 4, unknown: 0 });
    const critical = (await hosts()).filter(({ health }) => health === "critical");
    expect(critical.map(({ hostname }) => hostname)).toEqual([
      "vmnwprd01",
      "vmnwprd02",
      "vmnwprd03",
      "vmnwprd04",
    ]);
  });

  it("does not change when everything is posted again", async () => {
    const before = await hosts();
    await post(shuffled(recorded()).map(({ body }) => body));
    expect(await hosts()).toEqual(before);
    await server.stop();
    const events = [...readStreams(dataDir).values()].flat();
    const again = await startServer({ dataDir, port: 0, quiet: true, adminPassword: "recorded" });
    for (const body of recorded().map((file) => file.body)) {
      const headers = { "Content-Type": "application/json", "X-Trento-ApiKey": again.apiKey };
      expect((await fetch(`${again.url}/api/v1/collect`, { method: "POST", body, headers })).status).toBe(
        202,
      );
    }
    await again.stop();
    expect([...readStreams(dataDir).values()].flat()).toEqual(events);
  });
});
