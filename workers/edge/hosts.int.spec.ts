/** The list of hosts. */
import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { hostPayload, subscriptionPayload } from "../../test/agents.ts";
import { Administrator, call, done, outcome, unauthorized } from "../../test/api-client.ts";

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

afterEach(() => {
  vi.useRealTimers();
});

async function registered(payload: object = {}) {
  const agent = await admin.agent();
  await agent.collect("host_discovery", { ...hostPayload, ...payload });
  return agent;
}

describe("GET /api/v1/hosts", () => {
  it("is empty at first", async () => {
    expect(await outcome(admin.call("GET", "/api/v1/hosts"))).toEqual({ status: 200, body: [] });
  });

  it("is for users alone", async () => {
    expect(await outcome(call("GET", "/api/v1/hosts"))).toEqual(unauthorized);
  });

  it("shows every field of a host, and no other", async () => {
    const before = Date.now();
    const agent = await registered({
      ip_addresses: ["127.0.0.1", "10.0.0.5", "fe80::1", "10.0.0.6"],
      netmasks: [8, 24, 64, "16"],
      arch: "X86_64",
      fully_qualified_domain_name: "vmhdbprd01.example.org",
      systemd_units: [{ name: "pacemaker.service", unit_file_state: "enabled" }],
      last_boot_timestamp: "2026-01-02T03:04:05+01:00",
    });
    await agent.collect("cloud_discovery", {
      Provider: "azure",
      Metadata: {
        compute: {
          name: "vm",
          resourceGroupName: "group",
          location: "westeurope",
          vmSize: "Standard_E4s_v3",
          offer: "sles-sap-15-sp6",
          sku: "gen2",
          osProfile: { adminUsername: "cloudadmin" },
          storageProfile: { dataDisks: [{}, {}] },
        },
      },
    });
    await agent.collect("subscription_discovery", subscriptionPayload);
    await agent.collect("saptune_discovery", {
      saptune_installed: true,
      package_version: "3.1.0",
      status: { result: { "package version": "3.1.0", "tuning state": "compliant" } },
    });
    await agent.beat();
    await admin.call("POST", `/api/v1/hosts/${agent.id}/tags`, { json: { value: "prod" } });
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const times = { inserted_at: time, updated_at: time };
    await expect
      .poll(() => admin.host(agent.id))
      .toEqual({
        id: agent.id,
        hostname: "vmhdbprd01",
        ip_addresses: ["10.0.0.5", "10.0.0.6"],
        netmasks: [24, 16],
        agent_version: "3.0.0",
        arch: "x86_64",
        health: "passing",
        heartbeat: "passing",
        stale_at: null,
        last_heartbeat_timestamp: time,
        cluster_id: null,
        cluster_host_status: null,
        provider: "azure",
        provider_data: {
          vm_name: "vm",
          resource_group: "group",
          location: "westeurope",
          vm_size: "Standard_E4s_v3",
          data_disk_number: 2,
          offer: "sles-sap-15-sp6",
          sku: "gen2",
          admin_username: "cloudadmin",
        },
        tags: [
          { id: expect.any(Number), value: "prod", resource_id: agent.id, resource_type: "host", ...times },
        ],
        sles_subscriptions: [
          {
            host_id: agent.id,
            identifier: "SLES_SAP",
            arch: "x86_64",
            version: "15.6",
            status: "Registered",
            subscription_status: null,
            type: null,
            starts_at: null,
            expires_at: null,
          },
        ],
        selected_checks: [],
        saptune_status: {
          package_version: "3.1.0",
          configured_version: null,
          tuning_state: "compliant",
          services: [],
          enabled_notes: [],
          applied_notes: [],
          enabled_solution: null,
          applied_solution: null,
          staging: null,
        },
        systemd_units: [{ name: "pacemaker.service", unit_file_state: "enabled" }],
        last_boot_timestamp: "2026-01-02T02:04:05.000Z",
        deregistered_at: null,
        ...times,
      });
    const seen = Date.parse((await admin.host(agent.id))?.last_heartbeat_timestamp ?? "");
    expect(seen).toBeGreaterThanOrEqual(before);
    expect(seen).toBeLessThanOrEqual(Date.now());
  });

  it("knows the time of a heartbeat, and of the next one", async () => {
    const agent = await registered();
    const lastSeen = async () => (await admin.host(agent.id))?.last_heartbeat_timestamp;
    await expect.poll(lastSeen).toBeNull();
    await agent.beat();
    const first = await lastSeen();
    expect(first).toEqual(expect.any(String));
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 3_000 });
    await agent.beat();
    expect(Date.parse((await lastSeen()) ?? "")).toBeGreaterThanOrEqual(Date.parse(first ?? "") + 3_000);
  });

  it("is ordered by name", async () => {
    const names = ["order-c", "order-a", "order-d", "order-b", "order-10", "order-9"];
    const agents = await Promise.all(names.map((hostname) => registered({ hostname })));
    const listed = async () =>
      (await admin.hosts()).map(({ hostname }) => hostname).filter((name) => name.startsWith("order-"));
    await expect.poll(listed).toEqual(names.toSorted());
    await agents[0]?.collect("host_discovery", { ...hostPayload, hostname: "order-aa" });
    await expect.poll(listed).toEqual(["order-10", "order-9", "order-a", "order-aa", "order-b", "order-d"]);
  });

  it("hides hosts that were never registered, or are gone", async () => {
    const [parked, gone, here] = [await admin.agent(), await registered(), await registered()];
    await parked.collect("subscription_discovery", subscriptionPayload);
    await expect.poll(() => admin.host(gone.id)).toBeDefined();
    expect(await outcome(admin.call("DELETE", `/api/v1/hosts/${gone.id}`))).toEqual(done);
    await expect.poll(() => admin.host(gone.id)).toBeUndefined();
    await expect.poll(() => admin.host(here.id)).toBeDefined();
    expect(await admin.host(parked.id)).toBeUndefined();
  });

  it("shows subscriptions in the order in which the agent tells them", async () => {
    const agent = await registered();
    const [subscription] = subscriptionPayload;
    const shown = async () =>
      (await admin.host(agent.id))?.sles_subscriptions.map(({ identifier }) => identifier);
    for (const order of [
      ["SLES_SAP", "sle-module-basesystem", "sle-ha", "a-module"],
      ["sle-ha", "SLES_SAP", "a-module", "sle-module-basesystem"],
    ]) {
      await agent.collect(
        "subscription_discovery",
        order.map((identifier) => ({ ...subscription, identifier })),
      );
      await expect.poll(shown).toEqual(order);
    }
  });

  it("shows plain addresses where no netmasks came", async () => {
    const agent = await registered({ netmasks: null });
    await expect
      .poll(() => admin.host(agent.id))
      .toMatchObject({ ip_addresses: ["10.80.1.11"], netmasks: [null] });
  });
});
