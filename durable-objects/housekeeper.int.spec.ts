/** What may be stuck is looked at after every start and once a day, and goes on. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { hostPayload, TestAgent } from "../test/agents.ts";
import { ExecutionUnderTest, ended } from "../test/checks-under-test.ts";
import { checksGroupStub } from "./checks-group.ts";
import { tenantDirectory } from "./directory.ts";
import { LOST_AFTER } from "./heartbeat-watch/loss.ts";
import { PAGE, rounds } from "./housekeeper/rounds.ts";
import { hostStub } from "./streams.ts";
import { webhookStub } from "./webhook.ts";

type Housekeeper = ReturnType<typeof newHousekeeper>;

function newHousekeeper() {
  return env.HOUSEKEEPER.getByName(crypto.randomUUID());
}

function times(housekeeper: Housekeeper): Promise<Record<string, number>> {
  return runInDurableObject(housekeeper, (_, { storage }) =>
    Object.fromEntries(
      storage.sql
        .exec<{ purpose: string; at: number }>("SELECT purpose, at FROM wake_ups")
        .toArray()
        .map(({ purpose, at }) => [purpose, at]),
    ),
  );
}

/** Rings for what it is to do next, without waiting for the time. */
async function ringFor(housekeeper: Housekeeper, purpose: string): Promise<void> {
  await runInDurableObject(housekeeper, (_, { storage }) => {
    storage.sql.exec("UPDATE wake_ups SET at = 1 WHERE purpose = ?", purpose);
  });
  await runDurableObjectAlarm(housekeeper);
}

/** @returns in how many alarms */
async function lookAround(housekeeper: Housekeeper): Promise<number> {
  for (let alarms = 0; ; alarms += 1) {
    if (!("look" in (await times(housekeeper)))) return alarms;
    await ringFor(housekeeper, "look");
  }
}

async function startAndLook(): Promise<void> {
  const housekeeper = newHousekeeper();
  await housekeeper.start("a run");
  await lookAround(housekeeper);
}

/** As the platform leaves it: an object has its times, and nothing rings. */
async function forgetAlarm(object: Parameters<typeof evictDurableObject>[0]): Promise<void> {
  await runInDurableObject(object, (_, { storage }) => storage.deleteAlarm());
  await evictDurableObject(object);
}

const alarmOf = (object: Parameters<typeof evictDurableObject>[0]) =>
  runInDurableObject(object, (_, { storage }) => storage.getAlarm());

beforeEach(() => {
  vi.spyOn(console, "error").mockReturnValue();
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe("housekeeping", () => {
  it("begins with a look after each start, one for all isolates of it, and then comes every midnight", async () => {
    const housekeeper = newHousekeeper();
    await housekeeper.start("one");
    const { midnight = 0, look = 0 } = await times(housekeeper);
    expect(midnight % 86_400_000).toBe(0);
    expect(midnight - Date.now()).toBeGreaterThan(0);
    expect(midnight - Date.now()).toBeLessThanOrEqual(86_400_000);
    expect(look - Date.now()).toBeLessThanOrEqual(5_000);
    expect(await lookAround(housekeeper)).toBeGreaterThan(rounds.length);
    await housekeeper.start("one");
    expect(await times(housekeeper)).toEqual({ midnight });
    await housekeeper.start("another");
    expect(Object.keys(await times(housekeeper)).sort()).toEqual(["look", "midnight"]);
  });

  it("looks once a day where nobody knows what was started", async () => {
    const housekeeper = newHousekeeper();
    await housekeeper.start(null);
    const { midnight } = await times(housekeeper);
    expect(await times(housekeeper)).toEqual({ midnight });
    await ringFor(housekeeper, "midnight");
    expect(await times(housekeeper)).toEqual({ midnight, look: expect.any(Number) });
  });

  it("sets its own alarm anew where it is forgotten", async () => {
    const housekeeper = newHousekeeper();
    await housekeeper.start(null);
    await forgetAlarm(housekeeper);
    await housekeeper.start(null);
    expect(await alarmOf(housekeeper)).toBe((await times(housekeeper)).midnight);
  });

  it("goes on after the pages that fail", async () => {
    const housekeeper = newHousekeeper();
    await housekeeper.start("a run");
    await env.DB.prepare("ALTER TABLE executions RENAME TO executions_away").run();
    await ringFor(housekeeper, "look");
    await env.DB.prepare("ALTER TABLE executions_away RENAME TO executions").run();
    expect((await times(housekeeper)).look).toBeGreaterThan(Date.now() + 9 * 60_000);
    expect(await lookAround(housekeeper)).toBeGreaterThan(rounds.length);
  });
});

describe("after a look goes on", () => {
  it("an execution whose deadline is past", async () => {
    const execution = new ExecutionUnderTest(1);
    await execution.start({}, 60 * 60_000);
    await expect.poll(() => execution.row()).toMatchObject({ status: "running" });
    await runInDurableObject(execution.object, (_, { storage }) => {
      // Older versions kept fractions.
      storage.sql.exec("UPDATE wake_ups SET at = ?", Date.now() - 60_000.0627);
    });
    await forgetAlarm(execution.object);
    // It may be within its time.
    await startAndLook();
    expect((await execution.state()).status).toBe("running");
    await forgetAlarm(execution.object);
    await env.DB.prepare("UPDATE executions SET started_at = '2026-01-01T00:00:00.000Z' WHERE id = ?")
      .bind(execution.id)
      .run();
    await startAndLook();
    await ended(execution);
  });

  it("the delivery of an end that nobody has followed", async () => {
    const execution = new ExecutionUnderTest(1);
    await execution.start({ targets: [] });
    await expect.poll(() => execution.row()).toMatchObject({ status: "completed" });
    const checkpoint = () =>
      env.DB.prepare("SELECT version FROM checkpoints WHERE stream = ? AND subscriber = 'process-manager'")
        .bind(`execution/${execution.id}`)
        .first("version");
    await expect.poll(checkpoint).toBe(2);
    await runInDurableObject(execution.object, (_, { storage }) => {
      storage.sql.exec("DELETE FROM wake_ups WHERE purpose = 'delivery'");
      storage.sql.exec("DELETE FROM outbox");
    });
    await env.DB.prepare("DELETE FROM checkpoints WHERE stream = ? AND subscriber = 'process-manager'")
      .bind(`execution/${execution.id}`)
      .run();
    await forgetAlarm(execution.object);
    await startAndLook();
    await runInDurableObject(execution.object, (_, { storage }) => {
      expect(storage.sql.exec("SELECT purpose FROM wake_ups ORDER BY purpose").toArray()).toEqual([
        { purpose: "delivery" },
        { purpose: "retention" },
      ]);
    });
  });

  it.each([
    ["a host", "host", hostPayload, () => env.HOST, ["outbox"]],
    [
      "an agent with a discovery that is refused",
      "agent",
      { ...hostPayload, os_version: "" },
      () => env.AGENT,
      // Its times are kept beside the alarm, which is set anew by them alone.
      ["outbox", "wake_ups"],
    ],
  ] as const)("the stream of %s of which a subscriber is behind", async (_, type, payload, objects, kept) => {
    const agent = new TestAgent();
    await agent.collect("host_discovery", payload);
    const stream = `${type}/${agent.id}`;
    const row = () =>
      env.DB.prepare("SELECT version FROM checkpoints WHERE stream = ? AND subscriber = 'projector'")
        .bind(stream)
        .first<number>("version");
    await expect.poll(row).toBeGreaterThan(0);
    const object = objects().getByName(agent.id);
    await runInDurableObject(object, (_, { storage }) => {
      for (const table of kept) storage.sql.exec(`DELETE FROM ${table}`);
    });
    await forgetAlarm(object);
    await startAndLook();
    expect(await alarmOf(object)).toBeNull();
    await env.DB.prepare("UPDATE checkpoints SET previous = version, version = 0 WHERE stream = ?")
      .bind(stream)
      .run();
    await startAndLook();
    expect(await alarmOf(object)).toBeGreaterThan(Date.now());
  });

  it("a stream of whose events the rooms may not have heard", async () => {
    const agent = await new TestAgent().register();
    const row = () =>
      env.DB.prepare("SELECT version FROM checkpoints WHERE stream = ? AND subscriber = 'projector'")
        .bind(`host/${agent.id}`)
        .first<number>("version");
    await expect.poll(row).toBeGreaterThan(0);
    const host = env.HOST.getByName(agent.id);
    await runInDurableObject(host, (_, { storage }) => {
      storage.sql.exec("DELETE FROM outbox");
    });
    await forgetAlarm(host);
    await startAndLook();
    expect(await alarmOf(host)).toBeNull();
    await env.DB.prepare("INSERT INTO untold (stream, version) VALUES (?, 1)").bind(`host/${agent.id}`).run();
    await startAndLook();
    expect(await alarmOf(host)).toBeGreaterThan(Date.now());
  });

  it("an endpoint for which messages wait", async () => {
    const id = crypto.randomUUID();
    await env.DB.prepare(
      `INSERT INTO webhook_endpoints (id, url, description, event_types, enabled, signature, secret, inserted_at, updated_at)
       VALUES (?, 'https://example.com', '', '["*"]', 0, 'hmac', '', '2026-01-01', '2026-01-01')`,
    )
      .bind(id)
      .run();
    const endpoint = env.WEBHOOK.getByName(id);
    await webhookStub(env, id).enqueue(id, [{ id: "one", type: "trento.host.registered", body: "{}" }]);
    await runInDurableObject(endpoint, (_, { storage }) => {
      storage.sql.exec("UPDATE deliveries SET status = 'waiting', next_at = ?", Date.now() + 3_600_000.7);
    });
    await forgetAlarm(endpoint);
    await startAndLook();
    expect(await alarmOf(endpoint)).toBeGreaterThan(Date.now() + 3_500_000);
    await env.DB.prepare("DELETE FROM webhook_endpoints WHERE id = ?").bind(id).run();
  });

  it("a target for which checks are selected", async () => {
    const agent = new TestAgent();
    await agent.collect("host_discovery", hostPayload);
    const group = env.CHECKS_GROUP.getByName(agent.id);
    await hostStub(env, agent.id).execute({
      stream: { type: "host", id: agent.id },
      command: { type: "SelectHostChecks", data: { host_id: agent.id, checks: ["156F64"] } },
      commandId: crypto.randomUUID(),
      metadata: { correlationId: "c", causationId: null, actor: "user:1" },
    });
    await expect
      .poll(() =>
        env.DB.prepare("SELECT selected_checks FROM hosts WHERE id = ?")
          .bind(agent.id)
          .first("selected_checks"),
      )
      .toBe('["156F64"]');
    const schedule = () =>
      runInDurableObject(group, (_, { storage }) => {
        storage.sql.exec("CREATE TABLE IF NOT EXISTS wake_ups (purpose TEXT PRIMARY KEY, at REAL NOT NULL)");
        return storage.sql.exec("SELECT at FROM wake_ups").toArray().length;
      });
    await expect.poll(schedule).toBe(1);
    await forgetAlarm(group);
    await startAndLook();
    expect(await alarmOf(group)).not.toBeNull();
    // Nobody told it that it is to be checked.
    await runInDurableObject(group, (_, { storage }) => {
      storage.sql.exec("DELETE FROM wake_ups");
      storage.kv.delete("target");
    });
    await forgetAlarm(group);
    await startAndLook();
    expect(await alarmOf(group)).not.toBeNull();
    expect(checksGroupStub(env, agent.id)).toBeDefined();
  });

  it("a directory in which somebody was called", async () => {
    const tenant = `T${crypto.randomUUID()}`;
    await env.DB.prepare(
      "INSERT INTO databases (id, sid, tenants, inserted_at, updated_at) VALUES (?, 'PRD', ?, '2026-01-01', '2026-01-01')",
    )
      .bind(crypto.randomUUID(), JSON.stringify([{ name: tenant }]))
      .run();
    const directory = env.DIRECTORY.getByName(`tenant/${tenant}`);
    await tenantDirectory(env, tenant).wait(crypto.randomUUID(), "10.0.0.1");
    await runInDurableObject(directory, (_, { storage }) => {
      storage.sql.exec("UPDATE waiters SET due = ?", Date.now() + 3_600_000);
    });
    await startAndLook();
    expect(await alarmOf(directory)).toBeGreaterThan(Date.now());
  });

  it("a watch of hosts that are shown as alive, and that it does not know of", async () => {
    const agent = new TestAgent();
    await agent.collect("host_discovery", hostPayload);
    await hostStub(env, agent.id).execute({
      stream: { type: "host", id: agent.id },
      command: { type: "UpdateHeartbeat", data: { host_id: agent.id, heartbeat: "passing" } },
      commandId: crypto.randomUUID(),
      metadata: { correlationId: "c", causationId: null, actor: "user:1" },
    });
    await expect
      .poll(() =>
        env.DB.prepare("SELECT heartbeat FROM hosts WHERE id = ?").bind(agent.id).first("heartbeat"),
      )
      .toBe("passing");
    await startAndLook();
    await expect
      .poll(async () => (await agent.hostState()).heartbeat, { timeout: LOST_AFTER + 15_000 })
      .toBe("critical");
  });
});

describe("a look over more than a page", () => {
  it("reaches all of them, in pages, and goes on where one cannot be reached", async () => {
    const label = crypto.randomUUID();
    const names = Array.from(
      { length: PAGE * 2 + 1 },
      (_, index) => `${label}-${String(index).padStart(4, "0")}`,
    );
    await env.DB.prepare(
      `INSERT INTO webhook_endpoints (id, url, description, event_types, enabled, signature, secret, inserted_at, updated_at)
       SELECT value, 'https://example.com', '', '["*"]', 0, 'hmac', '', '2026-01-01', '2026-01-01' FROM json_each(?)`,
    )
      .bind(JSON.stringify(names))
      .run();
    const seen: string[] = [];
    const housekeeper = newHousekeeper();
    await housekeeper.start("a run");
    await runInDurableObject(housekeeper, (instance) => {
      const own = Reflect.get(instance, "env");
      const getByName = (id: string) => ({
        look: async () => {
          seen.push(id);
          if (id.endsWith("7")) throw new Error("it cannot be reached");
        },
      });
      Reflect.set(instance, "env", { ...own, WEBHOOK: { getByName } });
    });
    await lookAround(housekeeper);
    expect(seen.filter((id) => id.startsWith(label)).sort()).toEqual(names);
    await env.DB.prepare("DELETE FROM webhook_endpoints").run();
  });
});
