/** Discoveries as large as they may be: what was accepted is shown, and holds up nothing that follows. */
import { beforeAll, describe, expect, it } from "vitest";
import { hostPayload } from "../../test/agents.ts";
import { Administrator, accepted, outcome } from "../../test/api-client.ts";

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

const names = (count: number) => Array.from({ length: count }, (_, index) => `${index}`.padEnd(1_000, "x"));

function withUnits(count: number) {
  return {
    ...hostPayload,
    systemd_units: names(count).map((name) => ({ name, unit_file_state: "enabled" })),
  };
}

function saptuneWithNotes(count: number) {
  const result = { "package version": "3.1.0", "Notes enabled": names(count) };
  return { saptune_installed: true, package_version: "3.1.0", status: { result } };
}

describe("a large discovery", () => {
  it("of a host is shown", async () => {
    const agent = await admin.agent();
    expect(await outcome(agent.collect("host_discovery", withUnits(450)))).toEqual(accepted);
    await expect.poll(async () => (await admin.host(agent.id))?.systemd_units).toHaveLength(450);
  });

  it("of two thousand subscriptions is shown", async () => {
    const agent = await admin.agent();
    await agent.collect("host_discovery", hostPayload);
    const subscriptions = Array.from({ length: 2_000 }, (_, index) => ({
      identifier: `product-${index}`,
      arch: "x86_64",
      version: "15.6",
      status: "Registered",
    }));
    expect(await outcome(agent.collect("subscription_discovery", subscriptions))).toEqual(accepted);
    await expect.poll(async () => (await admin.host(agent.id))?.sles_subscriptions).toHaveLength(2_000);
  });

  it("together with another does not keep the host from being shown as it is", async () => {
    const agent = await admin.agent();
    expect(await outcome(agent.collect("host_discovery", withUnits(470)))).toEqual(accepted);
    const { status } = await agent.collect("saptune_discovery", saptuneWithNotes(470));
    expect([202, 422]).toContain(status);
    await agent.beat();
    await expect
      .poll(async () => (await admin.host(agent.id))?.heartbeat, { timeout: 3_000 })
      .toBe("passing");
  });
});
