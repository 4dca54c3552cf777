/** What is not known to hold after something came between. */
import { env } from "cloudflare:workers";
import { afterEach, expect, it, vi } from "vitest";
import { hostPayload, TestAgent } from "../../test/agents.ts";
import { HostObject } from "../host.ts";
import { hostStub } from "../streams.ts";

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
