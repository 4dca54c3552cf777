/** What becomes of discoveries in any order of arrival, and of those that come again. */
import { beforeAll, describe, expect, it } from "vitest";
import { hostPayload, sapPayload, subscriptionPayload } from "../../test/agents.ts";
import { Administrator, type ApiAgent, accepted, outcome } from "../../test/api-client.ts";

const discoveries = {
  host_discovery: hostPayload,
  cloud_discovery: { Provider: "azure", Metadata: { compute: { name: "vm" } } },
  subscription_discovery: subscriptionPayload,
  saptune_discovery: { saptune_installed: true, package_version: "3.0.0", status: null },
  sap_system_discovery: sapPayload,
} as const;
type Sent = keyof typeof discoveries;
const types = Object.keys(discoveries).filter((type): type is Sent => type in discoveries);

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

/** The host as it is shown, less what differs from one to the next by nature. */
async function shown(agent: ApiAgent) {
  const host = await admin.host(agent.id);
  if (host === undefined) return undefined;
  const { id, inserted_at, updated_at, sles_subscriptions, ...rest } = host;
  return {
    ...rest,
    sles_subscriptions: sles_subscriptions.map(({ host_id, ...subscription }) => subscription),
  };
}

async function send(agent: ApiAgent, order: readonly Sent[]): Promise<void> {
  for (const type of order) expect(await outcome(agent.collect(type, discoveries[type]))).toEqual(accepted);
}

const settled = { provider: "azure", health: "warning", saptune_status: { package_version: "3.0.0" } };

describe("discoveries that come before their host", () => {
  it("are taken, shown as parked, and applied when the host comes", async () => {
    const agent = await admin.agent();
    await send(agent, ["cloud_discovery", "subscription_discovery", "saptune_discovery"]);
    const parked = ["parked", "host_not_registered"];
    expect(await admin.states(agent.id)).toEqual({
      cloud_discovery: parked,
      subscription_discovery: parked,
      saptune_discovery: parked,
    });
    expect(await admin.host(agent.id)).toBeUndefined();
    expect(await agent.version()).toBe(0);

    await send(agent, ["host_discovery"]);
    const taken = ["accepted", null];
    expect(await admin.states(agent.id)).toEqual({
      host_discovery: taken,
      cloud_discovery: taken,
      subscription_discovery: taken,
      saptune_discovery: taken,
    });
    await expect
      .poll(() => shown(agent))
      .toMatchObject({
        provider: "azure",
        provider_data: { vm_name: "vm" },
        sles_subscriptions: [{ identifier: "SLES_SAP" }],
        saptune_status: { package_version: "3.0.0" },
      });
    expect((await admin.discoveries(agent.id)).failures).toEqual([]);
  });

  it.each<Sent[][]>([
    [
      [
        "saptune_discovery",
        "sap_system_discovery",
        "host_discovery",
        "cloud_discovery",
        "subscription_discovery",
      ],
    ],
    [
      [
        "sap_system_discovery",
        "subscription_discovery",
        "cloud_discovery",
        "saptune_discovery",
        "host_discovery",
      ],
    ],
    [
      [
        "cloud_discovery",
        "host_discovery",
        "saptune_discovery",
        "subscription_discovery",
        "sap_system_discovery",
      ],
    ],
  ])("end in the same host in the order %j", async (...order) => {
    const [usual, other] = [await admin.agent(), await admin.agent()];
    await send(usual, types);
    await send(other, order.flat());
    await expect.poll(() => shown(usual)).toMatchObject(settled);
    await expect.poll(() => shown(other)).toEqual(await shown(usual));
  });

  it("end in the same host when all come at once", async () => {
    const [usual, other] = [await admin.agent(), await admin.agent()];
    await send(usual, types);
    await Promise.all(types.toReversed().map((type) => send(other, [type])));
    await expect.poll(() => shown(usual)).toMatchObject(settled);
    await expect.poll(() => shown(other)).toEqual(await shown(usual));
  });
});

describe("the same discovery again", () => {
  it("changes nothing", async () => {
    const agent = await admin.agent();
    await send(agent, types);
    const version = await agent.version();
    const before = await admin.discoveries(agent.id);
    for (let count = 0; count < 3; count += 1) await send(agent, types);
    expect(await agent.version()).toBe(version);
    expect(await admin.discoveries(agent.id)).toEqual(before);
  });

  it("changes nothing when it is written in another way", async () => {
    const agent = await admin.agent();
    await send(agent, ["host_discovery"]);
    const version = await agent.version();
    const reversed = Object.fromEntries(Object.entries(hostPayload).toReversed());
    expect(await outcome(agent.collect("host_discovery", { ...reversed, cpu_count: "4" }))).toEqual(accepted);
    expect(await agent.version()).toBe(version);
  });

  it("adds one event when something is new", async () => {
    const agent = await admin.agent();
    await send(agent, ["host_discovery"]);
    const version = await agent.version();
    expect(await outcome(agent.collect("host_discovery", { ...hostPayload, cpu_count: 8 }))).toEqual(
      accepted,
    );
    expect(await agent.version()).toBe(version + 1);
  });
});
