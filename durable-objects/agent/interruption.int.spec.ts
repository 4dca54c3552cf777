/** What is not known to hold after something came between. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import {
  applicationPayload,
  applicationServer,
  databasePayload,
  hostPayload,
  messageServer,
  TestAgent,
} from "../../test/agents.ts";
import { eventTypes, newPlace, quiet } from "../../test/landscape.ts";
import { HostObject } from "../host.ts";
import { hostStub } from "../streams.ts";
import { Discoveries } from "./discoveries.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

it("a host that was restored is not complete: the same discovery is dispatched once more", async () => {
  const agent = await new TestAgent().register();
  await hostStub(env, agent.id).execute({
    stream: { type: "host", id: agent.id },
    command: {
      type: "RequestHostDeregistration",
      data: { host_id: agent.id, requested_at: "2026-01-01T00:00:00.000Z" },
    },
    commandId: crypto.randomUUID(),
    metadata: { correlationId: "c", causationId: null, actor: "user:1" },
  });
  await expect.poll(() => agent.events()).toContain("HostTombstoned");
  const { version } = await hostStub(env, agent.id).describe();
  const followed = () =>
    env.DB.prepare("SELECT version FROM checkpoints WHERE stream = ? AND subscriber = 'process-manager'")
      .bind(`host/${agent.id}`)
      .first<number>("version");
  // Nobody makes it forget anything any more.
  await expect.poll(followed).toBeGreaterThanOrEqual(version - 1);
  await agent.collect("host_discovery", hostPayload);
  expect(await agent.events()).toContain("HostRestored");
  expect(await agent.holds("host_discovery", hostPayload)).toBe(false);
  await agent.collect("host_discovery", hostPayload);
  expect(await agent.holds("host_discovery", hostPayload)).toBe(true);
});

it("what was dispatched before everything was to be forgotten is not known to hold after it", async () => {
  const agent = new TestAgent();
  const execute = HostObject.prototype.execute;
  vi.spyOn(HostObject.prototype, "execute").mockImplementationOnce(async function (
    this: HostObject,
    request,
  ) {
    await env.AGENT.getByName(agent.id).forget();
    return execute.call(this, request);
  });
  expect(await agent.collect("host_discovery", hostPayload)).toMatchObject({ status: "accepted" });
  expect(await agent.holds("host_discovery", hostPayload)).toBe(false);
  await agent.collect("host_discovery", hostPayload);
  expect(await agent.holds("host_discovery", hostPayload)).toBe(true);
});

/** The agent's object stops when it has stored what came, and has not told anybody of it. */
async function interrupt(agent: TestAgent, payload: unknown): Promise<void> {
  const stop = await runInDurableObject(agent.object, (_, state) => async () => {
    await state.storage.sync();
    state.abort("it stops here");
  });
  const { receive } = Discoveries.prototype;
  const stopping = vi.spyOn(Discoveries.prototype, "receive").mockImplementation(async function (
    this: Discoveries,
    discovery,
    body,
  ) {
    await receive.call(this, discovery, body);
    await stop();
  });
  await expect(agent.collect("sap_system_discovery", payload)).rejects.toThrow();
  stopping.mockRestore();
}

it.each(["application", "database"] as const)(
  "what was interrupted, and is heard again for the sake of the %s layer, is said in both",
  async (layer) => {
    const [below, own] = [newPlace(), newPlace()];
    const database = await new TestAgent().register(below.address);
    await database.collect("sap_system_discovery", databasePayload(below.label, [below.tenant]));
    const agent = await new TestAgent().register();
    await quiet(below, database.id, agent.id);
    const payload = [
      ...databasePayload(own.label, [own.tenant]),
      ...applicationPayload(below.address, below.tenant, [
        messageServer("GREEN", "01"),
        applicationServer("GREEN", "02"),
      ]),
    ];
    await interrupt(agent, payload);
    expect(await agent.states()).toMatchObject({ sap_system_discovery: "dispatching" });
    expect(await eventTypes("database", own.databaseId)).toEqual([]);
    expect(await eventTypes("sap_system", below.systemId)).toEqual([]);

    await agent.object.hearAgain(layer, "c");
    expect(await eventTypes("database", own.databaseId)).toContain("DatabaseRegistered");
    expect(await eventTypes("sap_system", below.systemId)).toContain("SapSystemRegistered");
    expect(await agent.states()).toMatchObject({ sap_system_discovery: "accepted" });
    expect(await agent.holds("sap_system_discovery", payload)).toBe(true);
  },
);
