/** An execution whose tasks are done elsewhere, call by call. */
import { beforeAll, describe, expect, it } from "vitest";
import { loadRhaiFromDisk } from "../../rhai-wasm/src/node.ts";
import { allowanceOfExecution } from "../allowance.ts";
import type { Evaluator } from "../evaluator.ts";
import { check, execution, expectation } from "../example.spec.ts";
import { rhaiEvaluator } from "../rhai-evaluator.ts";
import { evaluateAtOnce, evaluateExecution } from "./evaluate.ts";
import { evaluationAtOnce } from "./evaluation.ts";

let evaluator: Evaluator;
beforeAll(async () => {
  evaluator = rhaiEvaluator(await loadRhaiFromDisk());
});

describe("an execution in calls", () => {
  const twoTargets = () =>
    execution(
      check([
        expectation("false", { failure_message: `no \${facts.token}` }),
        expectation("facts.token", { type: "expect_same", name: "same" }),
      ]),
      { b: 2, a: 1 },
      { silent: ["c"] },
    );

  it("comes to the same", async () => {
    const input = twoTargets();
    expect(await evaluateExecution(input, evaluationAtOnce(evaluator))).toStrictEqual(
      evaluateAtOnce(input, evaluator),
    );
  });

  it("has one target in a call, in the order of their ids, and what others have left of the steps", async () => {
    const calls: { told: unknown; shared: number }[] = [];
    const evaluation = evaluationAtOnce(evaluator);
    const endless = check([expectation("loop {}"), expectation("loop {}", { name: "again" })]);
    await evaluateExecution(execution(endless, { b: 2, a: 1 }), {
      ...evaluation,
      work: (kind, tasks, left) => {
        const facts = tasks.flatMap((task) => ("facts" in task ? task.facts : []));
        calls.push({ told: facts.map((fact) => "value" in fact && fact.value), shared: left.shared });
        return evaluation.work(kind, tasks, left);
      },
    });
    expect(calls.map(({ told }) => told)).toStrictEqual([[1], [2]]);
    const [first, second] = calls.map(({ shared }) => shared);
    expect(first).toBe(allowanceOfExecution.shared);
    // Two scripts that used up all that one may.
    expect(second).toBeLessThan(allowanceOfExecution.shared - 2 * (140_000 - allowanceOfExecution.each));
  });

  it("has no call of more than a hundred scripts, but of a check that has more", async () => {
    const sizes: number[] = [];
    const evaluation = evaluationAtOnce(evaluator);
    const many = (id: string, count: number) =>
      check(
        Array.from({ length: count }, (_, index) => expectation("true", { name: `e${index}` })),
        { id },
      );
    const checks = [many("A", 60), many("B", 40), many("C", 1), many("D", 150), many("E", 1)];
    const { result } = await evaluateExecution(
      {
        checks,
        values: new Map(),
        targets: [{ agent_id: "a", checks: checks.map(({ id }) => id) }],
        facts: new Map([["a", checks.map(({ id: check_id }) => ({ check_id, name: "token", value: 1 }))]]),
        excluded: [],
      },
      {
        ...evaluation,
        work: (kind, tasks, left) => {
          sizes.push(tasks.flatMap((task) => ("expectations" in task ? task.expectations : [])).length);
          return evaluation.work(kind, tasks, left);
        },
      },
    );
    expect(result).toBe("passing");
    expect(sizes).toStrictEqual([100, 1, 150, 1]);
  });
});
