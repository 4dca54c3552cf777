/** Evaluation in another process: the same as here, and what becomes of work that is lost there. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { allowanceOfSelection } from "../../checks/allowance.ts";
import { readCatalogue } from "../../checks/catalogue/read-catalogue.ts";
import { Allotment } from "../../checks/evaluation/allotment.ts";
import { evaluateExecution } from "../../checks/evaluation/evaluate.ts";
import { check, execution, expectation } from "../../checks/example.spec.ts";
import { planExecution } from "../../checks/planning/plan.ts";
import { concerning } from "../../checks/selection/applies.ts";
import { resolveAll } from "../../checks/selection/values.ts";
import { exampleExecutions } from "../../test/catalogue-examples.ts";
import { ExecutionUnderTest, ended } from "../../test/checks-under-test.ts";
import { EvaluationElsewhere, type EvaluatorStub } from "./elsewhere.ts";
import { here } from "./here.ts";

const evaluator = env.EVALUATOR_OF_TESTS as unknown as EvaluatorStub;
const elsewhere = new EvaluationElsewhere(evaluator);

const ENDLESS = "loop {}";
const allotment = (evaluation = elsewhere) => new Allotment(evaluation, allowanceOfSelection);

describe("what is evaluated elsewhere comes to the same", () => {
  it("for all examples of our own catalogue", async () => {
    const inputs = exampleExecutions();
    expect(inputs.length).toBeGreaterThan(100);
    for (const input of inputs)
      expect(await evaluateExecution(input, elsewhere)).toStrictEqual(await evaluateExecution(input, here));
  });

  it("for scripts that hurt, and steps that are used up together", async () => {
    const expectations = [
      ...["1 / 0", "throw 7", "facts.", "let a = `x`; loop { a += a; }", "fn f() { f() } f()", "0.1 + 0.2"],
      ...Array.from({ length: 90 }, () => ENDLESS),
      ...["let n = 0; while n < 20000 { n += 1; } true", "facts.token", "|x| x"],
    ].map((expression, index) => expectation(expression, { name: `e${index}`, type: "expect_same" }));
    const input = execution(check(expectations), { a: [1.5, null, "ü\u{1f600}"], b: { x: -1 } });
    const there = await evaluateExecution(input, elsewhere);
    expect(there).toStrictEqual(await evaluateExecution(input, here));
    expect(JSON.stringify(there)).toContain("steps that they share");
  });

  it("for what is planned, filtered and read", async () => {
    const values = [
      {
        name: "v",
        default: 1,
        customization_disabled: false,
        conditions: [
          { value: 2, expression: ENDLESS },
          { value: 3, expression: 'env.provider == "azure"' },
        ],
      },
    ];
    const checks = [
      check([], { id: "A", when: ENDLESS }),
      check([], { id: "B", when: 'env.provider == "azure"', values }),
      check([], { id: "C", exclude: "host.left_out", values }),
      check([], { id: "D", exclude: "host.nothing" }),
    ];
    const catalogue = { name: "own", version: "1", checks };
    const targets = ["one", "two"].map((agent_id, index) => ({
      agent_id,
      checks: ["A", "B", "C", "D"],
      attributes: { left_out: index === 1 },
    }));
    const request = {
      execution_id: "e",
      group_id: "g",
      target_type: "host",
      env: { provider: "azure" },
      targets,
    };
    const files = [
      { name: "B.yaml", content: "id: [" },
      { name: "A.yaml", content: "a: 1\na: 2" },
    ];
    const [there, own] = await Promise.all(
      [elsewhere, here].map(async (evaluation) => {
        const warnings: string[] = [];
        const plan = await planExecution(request, [catalogue], new Map(), evaluation, (one) =>
          warnings.push(one),
        );
        const found = await concerning(checks, request.env, new Allotment(evaluation, allowanceOfSelection));
        const resolved = await resolveAll(
          found,
          request.env,
          () => new Map(),
          new Allotment(evaluation, allowanceOfSelection),
        );
        return { plan, warnings, found, resolved, read: await readCatalogue(files, evaluation) };
      }),
    );
    expect(there).toStrictEqual(own);
    expect(there?.plan?.definitions.map(({ id }) => id)).toStrictEqual(["B", "C", "D"]);
    expect(there?.plan?.values.B).toStrictEqual([{ name: "v", value: 3, customized: false }]);
    expect(there?.plan?.excluded).toHaveLength(1);
    expect(there?.warnings).toHaveLength(2);
    expect(there?.read.defects).toHaveLength(2);
  });

  it("for an execution of the product", async () => {
    const one = new ExecutionUnderTest(1);
    const kinds: string[] = [];
    await runInDurableObject(one.object, (instance) => {
      const EVALUATOR: EvaluatorStub = {
        fetch: (url) => evaluator.fetch(url),
        work: (kind, ...rest) => {
          kinds.push(kind);
          return evaluator.work(kind, ...rest);
        },
      };
      Reflect.set(instance, "env", { ...Reflect.get(instance, "env"), EVALUATOR });
    });
    await one.start();
    await one.tells(one.agents[0]);
    await ended(one);
    expect(await one.results()).toMatchObject([{ result: "passing" }]);
    expect(kinds).toEqual(["expectations"]);
  });
});

/** An evaluator that a hostile script holds up, and that dies of it. */
class Fragile {
  readonly calls: string[][] = [];
  away = 0;
  readonly #isHeldUp: (names: readonly string[], call: number) => boolean;
  readonly #death: "ends" | "stands still";

  constructor(
    isHeldUp: (names: readonly string[], call: number) => boolean,
    death: "ends" | "stands still" = "ends",
  ) {
    this.#isHeldUp = isHeldUp;
    this.#death = death;
  }

  /** Which are tried is told by the names of the files. */
  readonly evaluation = new EvaluationElsewhere(
    {
      fetch: async () => {
        this.away -= 1;
        if (this.away >= 0) throw new Error("Network connection lost.");
        return new Response(null, { status: 204 });
      },
      work: async (kind, tasks, left, limit) => {
        const names = tasks.map((task) => ("name" in task ? task.name : ""));
        this.calls.push(names);
        if (!this.#isHeldUp(names, this.calls.length)) return here.work(kind, tasks, left);
        expect(limit).toBe(1_000);
        if (this.#death === "ends") throw new Error("Network connection lost.");
        return new Promise(() => {});
      },
    },
    { call: 1_000, grace: 1_000, return: 3_000 },
  );
}

const file = (id: string) => ({
  name: `${id}.yaml`,
  content: `id: ${id}\nname: n\ngroup: g\ndescription: d\nremediation: r\nfacts: []\nexpectations: []\n`,
});
const files = (count: number) => Array.from({ length: count }, (_, index) => file(`F${100 + index}`));
const isHostile = (names: readonly string[]) => names.includes("F101.yaml");

describe("a task that takes too long", () => {
  it.each(["ends", "stands still"] as const)(
    "is tried twice, and holds up nothing else, where the evaluator %s",
    async (death) => {
      const fragile = new Fragile(isHostile, death);
      const { checks, defects } = await readCatalogue(files(3), fragile.evaluation);
      expect(checks.map(({ id }) => id)).toEqual(["F100", "F102"]);
      expect(defects).toEqual([
        {
          file: "F101.yaml",
          line: 1,
          column: 1,
          message: "Reading the file took too long, and was given up",
        },
      ]);
      expect(fragile.calls).toEqual([
        ["F100.yaml", "F101.yaml", "F102.yaml"],
        ["F100.yaml"],
        ["F101.yaml"],
        ["F102.yaml"],
      ]);
    },
  );

  it("is one in ten calls at most: then what is left is not tried", async () => {
    const fragile = new Fragile(() => true);
    const { checks, defects } = await readCatalogue(files(150), fragile.evaluation);
    expect(checks).toEqual([]);
    expect(defects).toHaveLength(150);
    expect(fragile.calls).toHaveLength(10);
  });

  it("is a condition that does not hold, and an exclusion that leaves out nothing and is told", async () => {
    const { evaluation } = new Fragile(() => true);
    expect(await concerning([check([], { when: "true" })], { a: 1 }, allotment(evaluation))).toEqual([]);
    expect(await allotment(evaluation).work("exclusions", [{ exclude: "true", host: {} }])).toEqual([
      { isExcluded: false, warning: "The expression took too long, and was given up" },
    ]);
  });

  it("is an error of its check on that target in the result of an execution", async () => {
    const one = new ExecutionUnderTest(2);
    let calls = 0;
    await runInDurableObject(one.object, (instance) => {
      const EVALUATOR: EvaluatorStub = {
        fetch: async () => new Response(null),
        work: async (kind, tasks, left) => {
          calls += 1;
          const told = tasks.flatMap((task) => ("facts" in task ? task.facts : []));
          if (told.some((fact) => "value" in fact && fact.value === 1)) throw new Error("connection lost");
          return here.work(kind, tasks, left);
        },
      };
      Reflect.set(instance, "env", { ...Reflect.get(instance, "env"), EVALUATOR });
    });
    await one.start();
    await one.tells(one.agents[0], 1);
    await one.tells(one.agents[1], 5_000);
    await ended(one);
    const [result] = (await one.results()) ?? [];
    expect(result?.result).toBe("critical");
    const byAgent = new Map(result?.agents_check_results.map((agent) => [agent.agent_id, agent]));
    expect(byAgent.get(one.agents[0] ?? "")).toMatchObject({
      status: "executed",
      expectation_evaluations: [
        {
          name: "large_enough",
          type: "took_too_long",
          message: "The scripts of this check took too long on this target, and were given up",
        },
      ],
    });
    expect(byAgent.get(one.agents[1] ?? "")).toMatchObject({
      expectation_evaluations: [{ return_value: true }],
    });
    expect(calls).toBe(3);
    expect((await one.events()).filter((type) => type === "ExecutionCompleted")).toHaveLength(1);
  });

  it("is given up by the evaluator itself, between two scripts", async () => {
    const task = { env: {}, expressions: Array.from({ length: 100 }, () => ENDLESS) };
    const left = { each: 150_000, shared: 100_000_000, patience: 1 };
    const outcome = await evaluator.work("conditions", [task], left, 5).catch(String);
    expect(outcome).toContain("took too long");
    expect((await evaluator.fetch("http://evaluator/")).status).toBe(204);
  });
});

describe("an evaluator that dies", () => {
  it("in the middle costs one repetition, and loses nothing", async () => {
    const fragile = new Fragile((_, call) => call === 2);
    fragile.away = 3;
    const { checks, defects } = await readCatalogue(files(250), fragile.evaluation);
    expect(defects).toEqual([]);
    expect(checks).toEqual((await readCatalogue(files(250), here)).checks);
    const tries = Map.groupBy(fragile.calls.flat(), (name) => name);
    expect(Math.max(...[...tries.values()].map(({ length }) => length))).toBe(2);
  });

  it("and does not come back is no fault of what was to be evaluated", async () => {
    const fragile = new Fragile(() => true);
    fragile.away = 1_000;
    await expect(readCatalogue(files(1), fragile.evaluation)).rejects.toMatchObject({
      message: "the evaluator is away",
      retryable: true,
    });
    expect(fragile.calls).toHaveLength(1);
  });
});

it("while it takes its time, the execution can be read, and what comes late is told so", async () => {
  const one = new ExecutionUnderTest(2);
  let isUnderWay = false;
  await runInDurableObject(one.object, (instance) => {
    const EVALUATOR: EvaluatorStub = {
      fetch: async () => new Response(null),
      work: async (kind, tasks, left) => {
        isUnderWay = true;
        while (isUnderWay) await scheduler.wait(5);
        return here.work(kind, tasks, left);
      },
    };
    Reflect.set(instance, "env", { ...Reflect.get(instance, "env"), EVALUATOR });
  });
  await one.start({}, 500);
  await one.tells(one.agents[0]);
  await expect.poll(() => isUnderWay).toBe(true);
  expect(await one.stub.details()).toMatchObject({ check_results: null });
  expect(await one.tells(one.agents[0])).toEqual({ type: "accepted" });
  expect(await one.tells(one.agents[1])).toEqual({ type: "refused", detail: "The execution has ended" });
  isUnderWay = false;
  await ended(one);
  expect(await one.summary()).toMatchObject({ result: "critical", timeout: [one.agents[1]] });
});

it("has one call under way at a time, whoever asks", async () => {
  let underWay = 0;
  let most = 0;
  const evaluation = new EvaluationElsewhere({
    fetch: async () => new Response(null),
    work: async (kind, tasks, left) => {
      underWay += 1;
      most = Math.max(most, underWay);
      await scheduler.wait(1);
      underWay -= 1;
      return here.work(kind, tasks, left);
    },
  });
  const read = await Promise.all(Array.from({ length: 8 }, () => readCatalogue(files(101), evaluation)));
  expect(read.map(({ checks }) => checks.length)).toEqual(Array.from({ length: 8 }, () => 101));
  expect(most).toBe(1);
});
