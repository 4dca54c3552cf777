/** Discoveries that fail are kept, with the reason, for somebody to look at. */
import { beforeAll, describe, expect, it } from "vitest";
import { cloudPayload, hostPayload, saptunePayload } from "../../test/agents.ts";
import {
  Administrator,
  accepted,
  call,
  invalid,
  notFound,
  outcome,
  refused,
  unauthorized,
} from "../../test/api-client.ts";

let admin: Administrator;

beforeAll(async () => {
  admin = await Administrator.signIn();
});

describe("a discovery that fails", () => {
  /** Fewer than 2,000,000 characters, but more than 2 MB: no row of a stream holds it. */
  const tooLarge = {
    ...hostPayload,
    systemd_units: Array.from({ length: 1_500 }, (_, index) => ({
      name: `${index}`.padEnd(1_000, "€"),
      unit_file_state: "enabled",
    })),
  };
  const bad = { ...hostPayload, hostname: 5, extra: ["ü", "\u0000", null] };

  it("is kept with its reason, and can be looked up as it came", async () => {
    const agent = await admin.agent();
    await agent.collect("host_discovery", bad);
    const { latest, failures } = await admin.discoveries(agent.id);
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
    expect(await outcome(agent.collect("host_discovery", hostPayload))).toEqual(accepted);
    for (let count = 0; count < 3; count += 1) await agent.collect("host_discovery", bad);
    await agent.collect("cloud_discovery", { Provider: "aws", Metadata: {} });
    expect(
      (await admin.discoveries(agent.id)).failures.map(({ discovery_type }) => discovery_type).toSorted(),
    ).toEqual(["cloud_discovery", "host_discovery"]);
    expect(await admin.states(agent.id)).toEqual({ host_discovery: ["accepted", null] });
    expect(await agent.version()).toBe(1);
  });

  it("is kept with its reason when its event does not fit, until a good one comes", async () => {
    const agent = await admin.agent();
    expect((await agent.collect("host_discovery", tooLarge)).status).toBe(422);
    const { latest, failures } = await admin.discoveries(agent.id);
    expect(latest).toMatchObject([{ discovery_type: "host_discovery", state: "failed" }]);
    expect(failures).toMatchObject([{ reason: [expect.stringContaining("does not fit")] }]);
    expect(await outcome(agent.collect("host_discovery", hostPayload))).toEqual(accepted);
    expect(await admin.states(agent.id)).toEqual({ host_discovery: ["accepted", null] });
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
    const failure = (await admin.discoveries(agent.id)).failures[0]?.id;
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
