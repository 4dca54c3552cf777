/** An execution that crashes on the way, and one that has grown old. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
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
