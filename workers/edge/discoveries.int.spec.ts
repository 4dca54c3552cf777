/** What became of discoveries: any order of arrival, repetition, and failures that somebody can look at. */
import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  cloudPayload,
  hostPayload,
  sapPayload,
  saptunePayload,
  subscriptionPayload,
} from "../../test/agents.ts";
import {
  Administrator,
  type ApiAgent,
  accepted,
  call,
  invalid,
  notFound,
  outcome,
  refused,
  unauthorized,
} from "../../test/api-client.ts";

const discoveriesSchema = z.strictObject({
  latest: z.array(
    z.strictObject({
      discovery_type: z.string(),
      received_at: z.iso.datetime(),
      state: z.string(),
      reason: z.string().nullable(),
    }),
  ),
  failures: z.array(
    z.strictObject({
      id: z.guid(),
      discovery_type: z.string(),
      received_at: z.iso.datetime(),
      reason: z.unknown(),
    }),
  ),
});

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

async function read(agent: ApiAgent) {
  const { status, body } = await admin.call("GET", `/api/v1/agents/${agent.id}/discoveries`);
  expect(status).toBe(200);
  return discoveriesSchema.parse(body);
}

async function states(agent: ApiAgent) {
  const { latest } = await read(agent);
  return Object.fromEntries(
    latest.map(({ discovery_type, state, reason }) => [discovery_type, [state, reason]]),
  );
}

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
    expect(await states(agent)).toEqual({
      cloud_discovery: parked,
      subscription_discovery: parked,
      saptune_discovery: parked,
    });
    expect(await admin.host(agent.id)).toBeUndefined();
    expect(await agent.version()).toBe(0);

    await send(agent, ["host_discovery"]);
    const taken = ["accepted", null];
    expect(await states(agent)).toEqual({
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
    expect((await read(agent)).failures).toEqual([]);
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
    const before = await read(agent);
    for (let count = 0; count < 3; count += 1) await send(agent, types);
    expect(await agent.version()).toBe(version);
    expect(await read(agent)).toEqual(before);
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

describe("a discovery that fails", () => {
  /** More than 2 MB: no row of a stream holds it. */
  const tooLarge = {
    ...hostPayload,
    systemd_units: Array.from({ length: 2_500 }, (_, index) => ({
      name: `${index}`.padEnd(1_000, "x"),
      unit_file_state: "enabled",
    })),
  };
  const bad = { ...hostPayload, hostname: 5, extra: ["ü", "\u0000", null] };

  it("is kept with its reason, and can be looked up as it came", async () => {
    const agent = await admin.agent();
    await agent.collect("host_discovery", bad);
    const { latest, failures } = await read(agent);
    expect(latest).toEqual([]);
    const [failure] = failures;
    expect(failures).toHaveLength(1);
    expect(failure).toMatchObject({
      discovery_type: "host_discovery",
      reason: [{ path: ["hostname"], message: "is invalid" }],
    });
    const path = `/api/v1/agents/${agent.id}/discoveries/failures/${failure?.id}`;
    expect(await outcome(admin.call("GET", path))).toEqual({
      status: 200,
      body: { agent_id: agent.id, discovery_type: "host_discovery", payload: bad },
    });
  });

  it("is kept once however often it comes, and takes nothing from what was good", async () => {
    const agent = await admin.agent();
    await send(agent, ["host_discovery"]);
    for (let count = 0; count < 3; count += 1) await agent.collect("host_discovery", bad);
    await agent.collect("cloud_discovery", { Provider: "nobody" });
    expect((await read(agent)).failures.map(({ discovery_type }) => discovery_type).toSorted()).toEqual([
      "cloud_discovery",
      "host_discovery",
    ]);
    expect(await states(agent)).toEqual({ host_discovery: ["accepted", null] });
    expect(await agent.version()).toBe(1);
  });

  it("is kept with its reason when its event does not fit, until a good one comes", async () => {
    const agent = await admin.agent();
    expect((await agent.collect("host_discovery", tooLarge)).status).toBe(422);
    const { latest, failures } = await read(agent);
    expect(latest).toMatchObject([{ discovery_type: "host_discovery", state: "failed" }]);
    expect(failures).toMatchObject([{ reason: [expect.stringContaining("does not fit")] }]);
    await send(agent, ["host_discovery"]);
    expect(await states(agent)).toEqual({ host_discovery: ["accepted", null] });
  });

  it("is answered in Trento's words when its event does not fit", async () => {
    const agent = await admin.agent();
    const words = refused(422, "Unprocessable Entity", "Unable to handle discovery.");
    expect(await outcome(agent.collect("host_discovery", tooLarge))).toEqual(words);
    expect(await outcome(agent.collect("host_discovery", tooLarge))).toEqual(words);
  });
});

describe("looking up", () => {
  const id = crypto.randomUUID();
  const path = `/api/v1/agents/${id}/discoveries`;

  it("finds nothing of an agent that never sent any", async () => {
    expect((await admin.call("GET", path)).body).toEqual({ latest: [], failures: [] });
    expect(await outcome(admin.call("GET", `${path}/failures/${id}`))).toEqual(notFound);
  });

  it("does not find another agent's failure", async () => {
    const agent = await admin.agent();
    await agent.collect("saptune_discovery", { ...saptunePayload, saptune_installed: 5 });
    await agent.collect("cloud_discovery", cloudPayload);
    const failure = (await read(agent)).failures[0]?.id;
    expect(failure).toBeDefined();
    expect(await outcome(admin.call("GET", `${path}/failures/${failure}`))).toEqual(notFound);
  });

  it("answers 422 for what is no UUID, 401 without a token", async () => {
    expect(await outcome(admin.call("GET", "/api/v1/agents/5/discoveries"))).toEqual(
      invalid(["/id", "has invalid format"]),
    );
    expect(await outcome(admin.call("GET", `${path}/failures/5`))).toEqual(
      invalid(["/failure_id", "has invalid format"]),
    );
    expect(await outcome(call("GET", path))).toEqual(unauthorized);
    expect(await outcome(call("GET", `${path}/failures/${id}`))).toEqual(unauthorized);
  });
});
