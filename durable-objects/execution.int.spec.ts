/** An execution of checks: asked, answered, evaluated and kept, whatever happens on the way. */
import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { expectation } from "../checks/example.spec.ts";
import { ExecutionUnderTest, ended, tokenCheck } from "../test/checks-under-test.ts";

describe("an execution", () => {
  it("ends when its last target has answered, and says what it found", async () => {
    const execution = new ExecutionUnderTest();
    const [one, two] = execution.agents;
    expect(await execution.start()).toBe("started");
    expect(await execution.tells(one)).toEqual({ type: "accepted" });
    expect(await execution.stub.status()).toBe("running");
    expect(await execution.tells(two, 4_000)).toEqual({ type: "accepted" });
    await ended(execution);
    expect(await execution.events()).toEqual([
      "ExecutionStarted",
      "TargetAnswered",
      "TargetAnswered",
      "ExecutionCompleted",
    ]);
    expect(await execution.summary()).toEqual({
      execution_id: execution.id,
      group_id: execution.groupId,
      target_type: "nothing of the landscape",
      result: "critical",
      timeout: [],
      critical_count: 1,
      warning_count: 0,
      passing_count: 0,
    });
    const [result] = (await execution.results()) ?? [];
    expect(result).toMatchObject({ check_id: tokenCheck.id, result: "critical", customized: false });
    const found = new Map(result?.agents_check_results.map((each) => [each.agent_id, each]));
    expect(found.get(one ?? "")).toMatchObject({
      facts: [{ check_id: tokenCheck.id, name: "token", value: 5_000 }],
      expectation_evaluations: [{ return_value: true, failure_message: null }],
    });
    expect(found.get(two ?? "")).toMatchObject({
      expectation_evaluations: [{ return_value: false, failure_message: "The token is 4000" }],
    });
  });

  it("is in the read model while it runs and when it has ended", async () => {
    const execution = new ExecutionUnderTest();
    await execution.start();
    await execution.tells(execution.agents[0]);
    const answered = JSON.stringify(execution.agents.slice(0, 1));
    await expect.poll(() => execution.row()).toMatchObject({ status: "running", result: null, answered });
    await execution.tells(execution.agents[1]);
    await expect
      .poll(() => execution.row())
      .toMatchObject({
        group_id: execution.groupId,
        status: "completed",
        result: "passing",
        answered: JSON.stringify(execution.agents),
        timeout: "[]",
        passing_count: 1,
        completed_at: expect.any(String),
      });
  });

  it("keeps the checks and the catalogues that it ran", async () => {
    const execution = new ExecutionUnderTest(1);
    await execution.start();
    await execution.tells(execution.agents[0]);
    await ended(execution);
    expect((await execution.stub.details())?.plan).toEqual(execution.plan());
  });

  it("starts once, whatever is asked for the second time", async () => {
    const execution = new ExecutionUnderTest(1);
    await execution.start();
    expect(await execution.start({ definitions: [], targets: [] })).toBe("started_before");
    expect(await execution.events()).toEqual(["ExecutionStarted"]);
    await execution.tells(execution.agents[0]);
    await ended(execution);
    expect(await execution.start()).toBe("started_before");
  });

  it("has no more targets and checks than an event holds", async () => {
    const execution = new ExecutionUnderTest(1);
    const checks = Array.from({ length: 60_000 }, (_, index) => `CHECK${index}`);
    expect(await execution.start({ targets: [{ agent_id: "one", checks, attributes: {} }] })).toBe(
      "too_large",
    );
    expect(await execution.stub.describe()).toEqual({ name: null, version: 0 });
  });

  it("ends at once where everything is excluded", async () => {
    const execution = new ExecutionUnderTest(1);
    const [agent_id = ""] = execution.agents;
    await execution.start({
      excluded: [{ check_id: tokenCheck.id, agent_id, expression: "host.is_majority_maker" }],
    });
    await ended(execution);
    expect(await execution.summary()).toMatchObject({ result: "passing", timeout: [], passing_count: 1 });
    expect(await execution.results()).toMatchObject([
      { agents_check_results: [{ status: "excluded", exclude_expression: "host.is_majority_maker" }] },
    ]);
  });
});

describe("when the time is up", () => {
  it("a target that has not answered fails its checks, and the others keep their results", async () => {
    const execution = new ExecutionUnderTest();
    const [one, two] = execution.agents;
    await execution.start();
    await execution.tells(one);
    await runInDurableObject(execution.object, (_, state) => {
      state.storage.sql.exec("UPDATE wake_ups SET at = 1 WHERE purpose = 'deadline'");
    });
    await execution.ring();
    await ended(execution);
    expect(await execution.summary()).toMatchObject({ result: "critical", timeout: [two] });
    const [result] = (await execution.results()) ?? [];
    expect(result?.agents_check_results).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ agent_id: one, status: "executed" }),
        {
          agent_id: two,
          facts: null,
          type: "timeout",
          message: "Agent timed out during the execution",
        },
      ]),
    );
    expect(await execution.tells(two)).toEqual({ type: "refused", detail: "The execution has ended" });
  });

  it("it ends by itself", async () => {
    const execution = new ExecutionUnderTest();
    await execution.start({}, 50);
    await ended(execution);
    expect(await execution.summary()).toMatchObject({ timeout: [...execution.agents].sort() });
  });
});

describe("an answer", () => {
  it("counts once: the first", async () => {
    const execution = new ExecutionUnderTest();
    const [one, two] = execution.agents;
    await execution.start();
    await execution.tells(one, 5_000);
    expect(await execution.tells(one, 1)).toEqual({ type: "accepted" });
    expect(await execution.stub.status()).toBe("running");
    await execution.tells(two);
    await ended(execution);
    expect(await execution.tells(one, 1)).toEqual({ type: "accepted" });
    expect(await execution.summary()).toMatchObject({ result: "passing" });
  });

  it("of two that come at the same moment counts once too", async () => {
    const execution = new ExecutionUnderTest();
    const [one] = execution.agents;
    await execution.start();
    await Promise.all([execution.tells(one), execution.tells(one), execution.tells(one)]);
    expect(await execution.events()).toEqual(["ExecutionStarted", "TargetAnswered"]);
  });

  it("is refused from one that was not asked, for another group, and for no execution", async () => {
    const execution = new ExecutionUnderTest();
    const [one = ""] = execution.agents;
    const none = { type: "refused", detail: "There is no such execution" };
    expect(await execution.tells(one)).toEqual(none);
    await execution.start();
    expect(await execution.tells("somebody")).toEqual({
      type: "refused",
      detail: "The agent is no target of the execution",
    });
    const other = execution.answer([], { group_id: crypto.randomUUID() });
    expect(await execution.stub.receiveFacts(one, other)).toEqual({
      type: "refused",
      detail: "The execution is one of another group",
    });
    expect(await execution.events()).toEqual(["ExecutionStarted"]);
    expect(await new ExecutionUnderTest().tells(one)).toEqual(none);
  });

  it("may hold facts of checks that nobody selected, and may lack those that were", async () => {
    const execution = new ExecutionUnderTest(1);
    const [one = ""] = execution.agents;
    await execution.start();
    const stray = { check_id: "UNKNOWN", name: "token", value: 1 };
    expect(await execution.stub.receiveFacts(one, execution.answer([stray]))).toEqual({ type: "accepted" });
    await ended(execution);
    expect(await execution.results()).toMatchObject([
      {
        result: "critical",
        agents_check_results: [{ type: "fact_gathering_error", facts: [{ type: "fact_not_gathered" }] }],
      },
    ]);
  });

  it("that is too large to be kept fails the checks, and the execution goes on", async () => {
    const execution = new ExecutionUnderTest(1);
    await execution.start();
    await execution.tells(execution.agents[0], "x".repeat(4_500_000));
    await ended(execution);
    expect(await execution.results()).toMatchObject([
      {
        agents_check_results: [
          {
            type: "fact_gathering_error",
            facts: [{ type: "facts_too_large", message: expect.stringContaining("of 4000000 at most") }],
          },
        ],
      },
    ]);
  });

  it.each<[string, string, object]>([
    ["loops", "loop {}", { type: "too_many_operations" }],
    ["recurses", "fn f() { f() } f()", { type: "stack_overflow" }],
    ["allocates", 'let s = "x"; loop { s += s; }', { type: "data_too_large" }],
    ["divides by zero", "1 / 0", { type: "arithmetic" }],
    ["misses a fact", "facts.nothing", { type: "property_not_found" }],
    ["returns a text", '"yes"', { return_value: "yes", failure_message: null }],
    ["asks for eval", 'eval("1")', { type: "parsing" }],
  ])("over which a script %s has a result, and so have the others", async (_, expression, evaluation) => {
    const execution = new ExecutionUnderTest(1);
    const odd = {
      ...tokenCheck,
      id: "ODD",
      expectations: [expectation(expression), ...tokenCheck.expectations],
    };
    const definitions = [tokenCheck, odd].map((one) => ({ ...one, catalogue: "own" }));
    const [agent_id = ""] = execution.agents;
    const values = [{ name: "least", value: 5_000, customized: false }];
    await execution.start({
      definitions,
      targets: [{ agent_id, checks: [tokenCheck.id, "ODD"], attributes: {} }],
      values: { [tokenCheck.id]: values, ODD: values },
    });
    const facts = [tokenCheck.id, "ODD"].map((check_id) => ({ check_id, name: "token", value: 5_000 }));
    await execution.stub.receiveFacts(agent_id, execution.answer(facts));
    await ended(execution);
    expect(await execution.results()).toMatchObject([
      { check_id: tokenCheck.id, result: "passing" },
      {
        check_id: "ODD",
        result: "critical",
        agents_check_results: [
          { expectation_evaluations: [expect.objectContaining(evaluation), { return_value: true }] },
        ],
      },
    ]);
  });
});
