/** Agents some of whose discoveries are not in force: the list, the room, the activity log and the metrics tell the same. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { agentViewSchema } from "../../domain/agent/view.ts";
import { RoomClient } from "../../party/room-client.spec.ts";
import { clusterPayload, hostPayload } from "../../test/agents.ts";
import { Administrator, type ApiAgent, call, done, outcome, unauthorized } from "../../test/api-client.ts";
import { breakDown, mend } from "../../test/landscape.ts";

let admin: Administrator;
let room: RoomClient<"agents">;

beforeAll(async () => {
  admin = await Administrator.signIn();
  room = await RoomClient.enter("agents", admin.token);
});
afterAll(() => room.leave());
afterEach(mend);

const listSchema = z.array(z.strictObject(agentViewSchema.shape));
const listed = async ({ id }: ApiAgent) =>
  listSchema.parse((await admin.call("GET", "/api/v1/agents")).body).find((agent) => agent.id === id);
const wrongCluster = { ...clusterPayload("a cluster"), DC: "perhaps" };
const ofCluster = {
  discovery_type: "ha_cluster_discovery",
  state: "refused",
  issues: [{ field: "/payload/DC", message: "is invalid" }],
};

async function entriesOf({ id }: ApiAgent) {
  const { body } = await admin.call("GET", `/api/v1/activity_log?first=100&search=${id}`);
  return z.object({ data: z.array(z.looseObject({ type: z.string(), severity: z.string() })) }).parse(body)
    .data;
}

describe("a discovery that is refused", () => {
  it("is listed, told and logged with its field and since when, until it is accepted", async () => {
    const agent = await admin.agent();
    await agent.collect("host_discovery", hostPayload);
    expect((await agent.collect("ha_cluster_discovery", wrongCluster)).status).toBe(422);
    await expect
      .poll(() => listed(agent))
      .toMatchObject({
        hostname: hostPayload.hostname,
        open_discoveries: [{ ...ofCluster, since: expect.stringMatching(/Z$/) }],
      });
    await expect.poll(async () => room.latest(agent.id)).toEqual(await listed(agent));
    await expect
      .poll(() => entriesOf(agent))
      .toContainEqual(
        expect.objectContaining({
          type: "discovery_refused",
          severity: "warning",
          metadata: expect.objectContaining({
            host_id: agent.id,
            hostname: hostPayload.hostname,
            issues: ofCluster.issues,
            discovery_type: ofCluster.discovery_type,
          }),
        }),
      );
    await agent.collect("ha_cluster_discovery", null);
    await expect.poll(() => listed(agent)).toBeUndefined();
    await expect.poll(() => room.latest(agent.id)).toBeNull();
  });

  it("is counted", async () => {
    const agent = await admin.agent();
    await agent.collect("ha_cluster_discovery", wrongCluster);
    const authorization = `Bearer ${await admin.apiKey()}`;
    const metrics = async () => String((await call("GET", "/metrics", { headers: { authorization } })).body);
    await expect
      .poll(metrics)
      .toMatch(/^trento_edge_open_discoveries\{.*type="ha_cluster_discovery".*\} [1-9]/m);
  });
});

describe("a discovery that the server cannot apply", () => {
  it("is taken, and when that lasts listed, told, logged and counted as delayed, until it is applied", async () => {
    const agent = await admin.agent();
    breakDown("host", agent.id, "throws");
    expect((await agent.collect("host_discovery", hostPayload)).status).toBe(202);
    // It is tried again without the agent, twice within some seconds: what lasts so long is told of.
    await expect
      .poll(() => listed(agent))
      .toMatchObject({
        open_discoveries: [
          {
            discovery_type: "host_discovery",
            state: "delayed",
            issues: [{ field: null, message: "Error: host is broken" }],
          },
        ],
      });
    await expect.poll(async () => room.latest(agent.id)).toEqual(await listed(agent));
    const authorization = `Bearer ${await admin.apiKey()}`;
    const metrics = async () => String((await call("GET", "/metrics", { headers: { authorization } })).body);
    await expect.poll(metrics).toMatch(/^trento_edge_open_discoveries\{.*state="delayed".*\} [1-9]/m);
    expect((await agent.collect("host_discovery", hostPayload)).status).toBe(202);
    mend();
    expect((await agent.collect("host_discovery", hostPayload)).status).toBe(202);
    await expect.poll(() => listed(agent)).toBeUndefined();
    await expect.poll(() => room.latest(agent.id)).toBeNull();
    const logged = (await entriesOf(agent)).map(({ type, severity }) => `${severity} ${type}`);
    expect(logged).toContain("info discovery_delayed");
    expect(logged.join()).not.toContain("refused");
    expect(await admin.states(agent.id)).toEqual({ host_discovery: ["accepted", null] });
  });
});

describe("a host that cannot be registered", () => {
  it("is listed by the name that it tells, and can be dismissed", async () => {
    const agent = await admin.agent();
    await agent.collect("host_discovery", { ...hostPayload, hostname: "newcomer", os_version: null });
    await expect
      .poll(() => listed(agent))
      .toMatchObject({
        hostname: "newcomer",
        open_discoveries: [{ issues: [{ field: "/payload/os_version", message: "can't be blank" }] }],
      });
    const path = `/api/v1/agents/${agent.id}/discoveries`;
    expect(await outcome(admin.call("DELETE", path))).toEqual(done);
    await expect.poll(() => listed(agent)).toBeUndefined();
    expect(await entriesOf(agent)).toContainEqual(
      expect.objectContaining({
        type: "discoveries_dismissed",
        actor: "admin",
        metadata: expect.objectContaining({ host_id: agent.id, correlation_id: expect.any(String) }),
      }),
    );
    expect(await outcome(admin.call("DELETE", path))).toEqual(done);
  });
});

it("is for those who are signed in", async () => {
  expect(await outcome(call("GET", "/api/v1/agents"))).toEqual(unauthorized);
  expect(await outcome(call("DELETE", `/api/v1/agents/${crypto.randomUUID()}/discoveries`))).toEqual(
    unauthorized,
  );
});
