/** An execution that crashes on the way, and one that has grown old. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { ToRelay } from "../../checks/relay-messages.ts";
import { ExecutionUnderTest, ended } from "../../test/checks-under-test.ts";

describe("a crash", () => {
  it("after the start loses nothing: the targets are asked, and the time runs", async () => {
    const execution = new ExecutionUnderTest();
    await execution.start({}, 200);
    await evictDurableObject(execution.object);
    await ended(execution);
    expect(await execution.summary()).toMatchObject({ result: "critical" });
  });

  it("between two answers loses neither", async () => {
    const execution = new ExecutionUnderTest();
    const [one, two] = execution.agents;
    await execution.start();
    await execution.tells(one);
    await evictDurableObject(execution.object);
    await execution.tells(two);
    await evictDurableObject(execution.object);
    await ended(execution);
    expect(await execution.summary()).toMatchObject({ result: "passing", timeout: [] });
  });

  it("in the middle of the evaluation costs a repetition", async () => {
    const execution = new ExecutionUnderTest(1);
    await execution.start();
    await runInDurableObject(execution.object, (instance) => {
      // The first write of the end fails, as it would when the object died before it.
      const own = Object.getPrototypeOf(Object.getPrototypeOf(instance));
      let failures = 1;
      Object.assign(instance, {
        handle(request: { command: { type: string } }) {
          if (request.command.type === "CompleteExecution" && failures-- > 0) throw new Error("it died");
          return own.handle.call(instance, request);
        },
      });
    });
    await execution.tells(execution.agents[0]);
    await ended(execution);
    expect(await execution.events()).toEqual(["ExecutionStarted", "TargetAnswered", "ExecutionCompleted"]);
    expect(await execution.results()).toMatchObject([{ result: "passing" }]);
  });
});

describe("an execution whose alarm was forgotten", () => {
  /** As the platform leaves it: the times are there, and nothing rings. */
  const forget = (execution: ExecutionUnderTest) =>
    runInDurableObject(execution.object, async (_, { storage }) => {
      // A fraction, as older versions kept.
      storage.sql.exec("UPDATE wake_ups SET at = ?", Date.now() - 60_000.0627);
      await storage.deleteAlarm();
    });

  const isToAsk = (execution: ExecutionUnderTest) =>
    runInDurableObject(
      execution.object,
      (_, { storage }) =>
        storage.sql.exec("SELECT 1 FROM wake_ups WHERE purpose = 'ask'").toArray().length > 0,
    );

  async function stuck(): Promise<ExecutionUnderTest> {
    const execution = new ExecutionUnderTest(1);
    await execution.start({}, 60_000);
    // The alarm that asks sets the next when it has ended.
    await expect.poll(() => isToAsk(execution)).toBe(false);
    await forget(execution);
    await evictDurableObject(execution.object);
    return execution;
  }

  it("goes on when somebody looks", async () => {
    const execution = await stuck();
    await execution.stub.look(null);
    await ended(execution);
    expect(await execution.summary()).toMatchObject({ result: "critical" });
  });

  it("goes on when its group asks whether it runs, and the group is free again", async () => {
    const execution = await stuck();
    expect(await execution.stub.status()).toBe("running");
    await ended(execution);
  });

  it("is looked at without harm where there is none, and where it is erased", async () => {
    const nothing = new ExecutionUnderTest(1);
    await nothing.stub.look({});
    expect(await nothing.stub.status()).toBe("not_started");
  });
});

describe("asking the targets", () => {
  it("is repeated where it fails, until all are asked", async () => {
    const execution = new ExecutionUnderTest(1);
    const asked: string[] = [];
    await runInDurableObject(execution.object, (instance) => {
      const own = Reflect.get(instance, "env");
      const ask = async () => {
        asked.push("asked");
        if (asked.length === 1) throw new Error("it cannot be reached");
      };
      Reflect.set(instance, "env", { ...own, AGENT: { getByName: () => ({ ask }) } });
    });
    await execution.start();
    await expect.poll(() => asked.length).toBe(2);
    const purposes = await runInDurableObject(execution.object, (_, { storage }) =>
      storage.sql.exec("SELECT purpose FROM wake_ups ORDER BY purpose").toArray(),
    );
    expect(purposes).toEqual([{ purpose: "deadline" }, { purpose: "delivery" }]);
  });
});

describe("its end", () => {
  it("is told to relays when it can be read, and not before", async () => {
    const execution = new ExecutionUnderTest(1);
    let isShown = false;
    let looks = 0;
    const told: string[] = [];
    await runInDurableObject(execution.object, (instance) => {
      const prepare = () => ({ bind: () => null, all: async () => ({ results: [{ name: "one" }] }) });
      const batch = async () => {
        looks += 1;
        return [{ results: [{ subscriber: "projector", version: isShown ? 3 : 2 }] }, { results: [] }];
      };
      const tell = async (messages: readonly ToRelay[]) => {
        told.push(...messages.map(({ message }) => message.type));
      };
      const own = Reflect.get(instance, "env");
      Reflect.set(instance, "env", {
        ...own,
        DB: { prepare, batch },
        RELAY: { getByName: () => ({ tell }) },
      });
    });
    await execution.start();
    await execution.tells(execution.agents[0]);
    await ended(execution);
    await expect.poll(() => looks).toBeGreaterThan(2);
    expect(told).toContain("ExecutionStarted");
    expect(told).not.toContain("ExecutionCompleted");
    isShown = true;
    await expect.poll(() => told).toContain("ExecutionCompleted");
  });
});

describe("a crash while the checkpoints are read", () => {
  it("leaves a time for the delivery, until the delivery itself has ended", async () => {
    const execution = new ExecutionUnderTest(1);
    await execution.start({}, 60 * 60_000);
    await execution.events();
    let isReached = false;
    // The database does not answer: the object waits, and would be found so after a crash.
    await runInDurableObject(execution.object, (instance, { storage }) => {
      Reflect.set(instance, "redeliver", () => {
        isReached = true;
        return new Promise(() => {});
      });
      storage.sql.exec("UPDATE wake_ups SET at = ? WHERE purpose = 'delivery'", Date.now());
      void storage.setAlarm(Date.now() + 1);
    });
    await expect.poll(() => isReached).toBe(true);
    const found = await runInDurableObject(execution.object, async (_, { storage }) => ({
      at: Number(storage.sql.exec("SELECT at FROM wake_ups WHERE purpose = 'delivery'").one().at),
      alarm: await storage.getAlarm(),
    }));
    expect(found.at).toBeGreaterThan(Date.now());
    expect(found.alarm).toBe(found.at);
  });

  it("is no reason to wake once more where all have caught up", async () => {
    const execution = new ExecutionUnderTest(1);
    await execution.start({}, 60 * 60_000);
    await expect.poll(() => execution.row()).toMatchObject({ status: "running" });
    await runInDurableObject(execution.object, async (instance, { storage }) => {
      storage.sql.exec("UPDATE wake_ups SET at = 1 WHERE purpose = 'delivery'");
      await instance.alarm?.();
      const left = storage.sql.exec("SELECT purpose FROM wake_ups").toArray();
      expect(left).toEqual([{ purpose: "deadline" }]);
    });
  });
});

describe("an execution that was kept long enough", () => {
  const isOld = (execution: ExecutionUnderTest) =>
    runInDurableObject(execution.object, (_, state) => {
      state.storage.sql.exec("UPDATE wake_ups SET at = 1 WHERE purpose = 'retention'");
    });

  async function past(groupId: string) {
    const execution = new ExecutionUnderTest(1);
    await execution.start({ group_id: groupId, targets: [] });
    await ended(execution);
    await expect.poll(() => execution.row()).toMatchObject({ status: "completed" });
    return execution;
  }

  it("goes, and leaves nothing behind", async () => {
    const groupId = crypto.randomUUID();
    const old = await past(groupId);
    await past(groupId);
    await isOld(old);
    await old.ring();
    expect(await old.row()).toBeNull();
    expect(await old.stub.details()).toBeNull();
    expect(await old.stub.describe()).toEqual({ name: null, version: 0 });
    await runInDurableObject(old.object, async (_, state) => {
      expect(await state.storage.getAlarm()).toBeNull();
    });
    const { results } = await env.DB.prepare("SELECT * FROM checkpoints WHERE stream = ?")
      .bind(`execution:${old.id}`)
      .all();
    expect(results).toEqual([]);
  });

  it("stays while it is the last of its group", async () => {
    const only = await past(crypto.randomUUID());
    await isOld(only);
    await only.ring();
    expect(await only.row()).not.toBeNull();
    expect(await only.stub.status()).toBe("completed");
  });
});
