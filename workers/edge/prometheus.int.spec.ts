/** Targets for Prometheus. */
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { hostPayload } from "../../test/agents.ts";
import { Administrator, call } from "../../test/api-client.ts";

const targetsSchema = z.array(
  z.strictObject({
    targets: z.array(z.string()),
    labels: z.strictObject({ agentID: z.guid(), hostname: z.string(), exporter_name: z.string() }),
  }),
);

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

async function registered(payload: object) {
  const agent = await admin.agent();
  await agent.collect("host_discovery", { ...hostPayload, ...payload });
  await expect.poll(() => admin.host(agent.id)).toBeDefined();
  return agent;
}

/** Asked as Prometheus does: without any credentials. */
async function targets() {
  const { status, body } = await call("GET", "/api/v1/prometheus/targets");
  expect(status).toBe(200);
  return targetsSchema.parse(body);
}

async function targetsOf(id: string) {
  return (await targets()).filter(({ labels }) => labels.agentID === id);
}

function target(agentID: string, hostname: string, exporter_name: string, address: string) {
  return { targets: [address], labels: { agentID, hostname, exporter_name } };
}

describe("GET /api/v1/prometheus/targets", () => {
  it("is an empty list at first", async () => {
    expect(await targets()).toEqual([]);
  });

  it("names the node exporter on the first address by default", async () => {
    const { id } = await registered({ hostname: "h1", ip_addresses: ["127.0.0.1", "10.0.0.5", "10.0.0.6"] });
    expect(await targetsOf(id)).toEqual([target(id, "h1", "node_exporter", "10.0.0.5:9100")]);
    const withNull = await registered({ hostname: "h2", prometheus_targets: null });
    expect(await targetsOf(withNull.id)).toEqual([
      target(withNull.id, "h2", "node_exporter", "10.80.1.11:9100"),
    ]);
  });

  it("falls back to the name of a host without addresses", async () => {
    const { id } = await registered({ hostname: "h3", ip_addresses: [], netmasks: [] });
    expect(await targetsOf(id)).toEqual([target(id, "h3", "node_exporter", "h3:9100")]);
  });

  it("names each exporter that the agent named", async () => {
    const { id } = await registered({
      hostname: "h4",
      prometheus_mode: "pull",
      prometheus_targets: { node_exporter: "10.0.0.9:9100", hana_exporter: "10.0.0.9:9668" },
    });
    const found = await targetsOf(id);
    expect(found).toHaveLength(2);
    expect(found).toContainEqual(target(id, "h4", "node_exporter", "10.0.0.9:9100"));
    expect(found).toContainEqual(target(id, "h4", "hana_exporter", "10.0.0.9:9668"));
  });

  it("leaves out what is no host with a port", async () => {
    const { id } = await registered({
      hostname: "no host\nat all",
      prometheus_targets: {
        good: "exporter.example.com:9100",
        path: "x/../../y",
        pathAndPort: "10.0.0.9:9100/x",
        noPort: "10.0.0.9",
        lines: "10.0.0.9:9100\nx",
        user: "a@10.0.0.9:9100",
      },
    });
    expect((await targetsOf(id)).map(({ targets }) => targets)).toEqual([["exporter.example.com:9100"]]);
    const nameless = await registered({ hostname: "no host", ip_addresses: [], netmasks: [] });
    expect(await targetsOf(nameless.id)).toEqual([]);
  });

  it("names none where the agent named none", async () => {
    const { id } = await registered({ prometheus_targets: {} });
    expect(await targetsOf(id)).toEqual([]);
  });

  it("leaves out hosts that push, until they are pulled from again", async () => {
    const agent = await registered({ hostname: "h5", prometheus_mode: "push" });
    expect(await targetsOf(agent.id)).toEqual([]);
    await agent.collect("host_discovery", { ...hostPayload, hostname: "h5", prometheus_mode: "pull" });
    await expect
      .poll(() => targetsOf(agent.id))
      .toEqual([target(agent.id, "h5", "node_exporter", "10.80.1.11:9100")]);
  });

  it("leaves out hosts that are gone", async () => {
    const { id } = await registered({ hostname: "h6" });
    expect(await targetsOf(id)).toHaveLength(1);
    await admin.call("DELETE", `/api/v1/hosts/${id}`);
    await expect.poll(() => targetsOf(id)).toEqual([]);
  });
});
