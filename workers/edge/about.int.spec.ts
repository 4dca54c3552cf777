/** What this installation tells of itself. */
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { version } from "../../package.json";
import { hostPayload } from "../../test/agents.ts";
import { Administrator, call, outcome, unauthorized } from "../../test/api-client.ts";

const aboutSchema = z.strictObject({
  version: z.literal(version),
  flavor: z.literal("Community"),
  sles_subscriptions: z.int(),
  wanda_version: z.string(),
  checks_version: z.string(),
  postgres_version: z.null(),
  rabbitmq_version: z.null(),
  prometheus_version: z.null(),
});

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

async function subscriptions(): Promise<number> {
  const { status, body } = await admin.call("GET", "/api/v1/about");
  expect(status).toBe(200);
  return aboutSchema.parse(body).sles_subscriptions;
}

const subscription = (identifier: string) => ({
  identifier,
  arch: "x86_64",
  version: "15.6",
  status: "Registered",
});

async function registered(...identifiers: string[]) {
  const agent = await admin.agent();
  await agent.collect("host_discovery", hostPayload);
  await agent.collect("subscription_discovery", identifiers.map(subscription));
  await expect
    .poll(async () => (await admin.host(agent.id))?.sles_subscriptions)
    .toHaveLength(identifiers.length);
  return agent;
}

describe("GET /api/v1/about", () => {
  it("counts the SLES_SAP of registered hosts alone", async () => {
    expect(await subscriptions()).toBe(0);
    const one = await registered("SLES_SAP", "sle-module-basesystem");
    const other = await registered("sle-ha", "SLES_SAP");
    await registered("SLES");
    const parked = await admin.agent();
    await parked.collect("subscription_discovery", [subscription("SLES_SAP")]);
    expect(await subscriptions()).toBe(2);

    await one.collect("subscription_discovery", [subscription("sle-module-basesystem")]);
    await expect.poll(subscriptions).toBe(1);

    await admin.call("DELETE", `/api/v1/hosts/${other.id}`);
    await expect.poll(subscriptions).toBe(0);
    await expect
      .poll(async () => {
        await other.collect("host_discovery", hostPayload);
        return subscriptions();
      })
      .toBe(1);
  });

  it("is for users alone", async () => {
    expect(await outcome(call("GET", "/api/v1/about"))).toEqual(unauthorized);
  });
});
