/** The rules of an execution's evaluation, with the real engine. */
import { beforeAll, describe, expect, it } from "vitest";
import { loadRhaiFromDisk } from "../../rhai-wasm/src/node.ts";
import type { CheckDefinition } from "../definition.ts";
import type { Evaluator } from "../evaluator.ts";
import { check, execution, expectation } from "../example.spec.ts";
import { rhaiEvaluator } from "../rhai-evaluator.ts";
import { finish } from "../steps.ts";
import { evaluateAtOnce } from "./evaluate.ts";
import { LONGEST } from "./excerpt.ts";
import { givenUp, taskSteps, weightOf } from "./tasks.ts";

let evaluator: Evaluator;
beforeAll(async () => {
  evaluator = rhaiEvaluator(await loadRhaiFromDisk());
});

const run = (...input: Parameters<typeof execution>) => {
  const { result, check_results, timeout } = evaluateAtOnce(execution(...input), evaluator);
  const [first] = check_results;
  if (first === undefined) throw new Error("the check is not in the result");
  return { result, timeout, first, agents: first.agents_check_results };
};
const evaluationsOf = (...input: Parameters<typeof execution>) =>
  run(...input).agents.flatMap((agent) => ("status" in agent ? agent.expectation_evaluations : []));

describe("an expectation", () => {
  it.each([
    ["true", 5000, "passing"],
    ["false", 3000, "critical"],
  ])("that gives %s", (_, token, result) => {
    const checked = run(check([expectation("facts.token == 5000")]), { a: token });
    expect(checked.result).toBe(result);
    expect(checked.first.expectation_results).toStrictEqual([
      { name: "met", type: "expect", result: result === "passing", failure_message: null },
    ]);
  });

  it("that gives no boolean is not met, and has no message", () => {
    const one = check([expectation("42", { failure_message: "never" })]);
    expect(run(one, { a: 1 }).result).toBe("critical");
    expect(evaluationsOf(one, { a: 1 })).toStrictEqual([
      { name: "met", type: "expect", return_value: 42, failure_message: null },
    ]);
  });

  it("that is not met takes the severity of the check", () => {
    expect(run(check([expectation("false")], { severity: "warning" }), { a: 1 }).result).toBe("warning");
  });

  it.each([
    ["is interpolated", `token is \${facts.token}`, "token is 3000"],
    ["that cannot be interpolated gives way", `\${facts.nothing}`, "Expectation not met"],
    ["with a backtick gives way", "a ` in it", "Expectation not met"],
    ["that is not there is replaced", null, "Expectation not met"],
  ])("has a message that %s", (_, failure_message, told) => {
    const one = check([expectation("facts.token == 5000", { failure_message })]);
    expect(evaluationsOf(one, { a: 3000 })).toMatchObject([{ failure_message: told }]);
  });

  it("sees facts and values, and no environment", () => {
    const values = [{ name: "expected", value: 5000, customized: false }];
    const { result, agents } = run(
      check([expectation("facts.token == values.expected")]),
      { a: 5000 },
      { values },
    );
    expect(result).toBe("passing");
    // They are told with what was found.
    expect(agents).toMatchObject([{ agent_id: "a", status: "executed", values }]);
    expect(evaluationsOf(check([expectation("env.provider")]), { a: 1 })).toMatchObject([
      { type: "variable_not_found" },
    ]);
  });

  it("takes numbers without a fraction for integers", () => {
    expect(run(check([expectation("type_of(facts.token) == `i64`")]), { a: 10.0 }).result).toBe("passing");
  });
});

describe("expect_same", () => {
  const same = (failure_message: string | null = null) =>
    check([expectation("facts.token", { type: "expect_same", failure_message })]);

  it("is met by agents that give the same, whatever the order of keys", () => {
    expect(run(same(), { a: { x: 1, y: [2] }, b: { y: [2], x: 1 } }).result).toBe("passing");
  });

  it("tells its message, as it stands, in the result alone", () => {
    const one = same(`differ \${facts.token}`);
    expect(run(one, { a: 1, b: 2 }).first.expectation_results).toMatchObject([
      { result: false, failure_message: `differ \${facts.token}` },
    ]);
    expect(evaluationsOf(one, { a: 1, b: 2 })).toMatchObject([
      { failure_message: null },
      { failure_message: null },
    ]);
  });

  it("tells 1 from 1.0", () => {
    const one = check([expectation("if facts.token { 1 } else { 1.0 }", { type: "expect_same" })]);
    expect(run(one, { a: true, b: false }).result).toBe("critical");
  });
});

describe("expect_enum", () => {
  const graded = check([
    expectation("facts.token", {
      type: "expect_enum",
      failure_message: `bad: \${facts.token}`,
      warning_message: `so so: \${facts.token}`,
    }),
  ]);

  it.each([
    ["passing", "passing", null],
    ["warning", "warning", "so so: warning"],
    ["critical", "critical", "bad: critical"],
    ["anything", "critical", "bad: anything"],
    [7, "critical", "bad: 7"],
    [null, "critical", "bad: "],
  ])("takes %s for %s", (token, result, message) => {
    expect(run(graded, { a: token }).result).toBe(result);
    expect(evaluationsOf(graded, { a: token })).toMatchObject([
      { return_value: result, failure_message: message },
    ]);
  });

  it("takes the worst of all agents, and its own grade before the severity", () => {
    const warned = { ...graded, severity: "critical" as const };
    expect(run(warned, { a: "passing", b: "warning" }).result).toBe("warning");
  });
});

describe("what could not be judged", () => {
  it("an agent that did not answer makes the check critical, whatever its severity", () => {
    const one = check([expectation("true")], { severity: "warning" });
    const { result, timeout, first } = run(one, { a: 1 }, { silent: ["b"] });
    expect({ result, timeout }).toStrictEqual({ result: "critical", timeout: ["b"] });
    expect(first.expectation_results).toMatchObject([{ result: false }]);
    expect(first.agents_check_results[1]).toStrictEqual({
      agent_id: "b",
      facts: null,
      type: "timeout",
      message: "Agent timed out during the execution",
    });
  });

  it("a fact with an error gives the severity of the check", () => {
    const one = check([expectation("true")], { severity: "warning" });
    const input = execution(one, { a: 1 });
    const error = { type: "value-not-found", message: "no totem.token" };
    const facts = new Map([["a", [{ check_id: one.id, name: "token", error }]]]);
    const { result, check_results } = evaluateAtOnce({ ...input, facts }, evaluator);
    expect(result).toBe("warning");
    expect(check_results[0]?.agents_check_results).toStrictEqual([
      {
        agent_id: "a",
        facts: [{ check_id: one.id, name: "token", ...error }],
        type: "fact_gathering_error",
        message: "Fact gathering error occurred during the execution",
      },
    ]);
  });

  it("a fact that the agent left out is an error, and the check does not vanish", () => {
    const one = check([expectation("true")]);
    const input = { ...execution(one, { a: 1 }), facts: new Map([["a", []]]) };
    const { result, check_results } = evaluateAtOnce(input, evaluator);
    expect(result).toBe("critical");
    expect(check_results[0]?.agents_check_results).toMatchObject([
      { type: "fact_gathering_error", facts: [{ name: "token", type: "fact_not_gathered" }] },
    ]);
  });

  it("facts that nobody asked for are passed over, and of a doubled one the first counts", () => {
    const one = check([expectation("facts.token == 1 && facts.keys() == [`token`]")]);
    const facts = new Map([
      [
        "a",
        [
          { check_id: one.id, name: "token", value: 1 },
          { check_id: one.id, name: "token", value: 2 },
          { check_id: one.id, name: "other", value: 3 },
          { check_id: "ED6E99", name: "token", value: 4 },
        ],
      ],
    ]);
    expect(evaluateAtOnce({ ...execution(one, { a: 1 }), facts }, evaluator).result).toBe("passing");
  });

  it("one agent's error makes the expectation unmet for all", () => {
    const one = check([expectation("facts.token.x == 1")]);
    expect(run(one, { a: { x: 1 }, b: {} }).first.expectation_results).toMatchObject([{ result: false }]);
  });
});

describe("exclusion", () => {
  const left = [{ check_id: "ED6E01", agent_id: "b", expression: "host.is_majority_maker" }];

  it("is told after those that were executed", () => {
    const { result, agents } = run(check([expectation("true")]), { a: 1 }, { excluded: left });
    expect(result).toBe("passing");
    expect(agents.map((agent) => "status" in agent && agent.status)).toStrictEqual(["executed", "excluded"]);
  });

  it("everywhere makes the check pass", () => {
    const { first } = run(check([expectation("false")]), {}, { excluded: left });
    expect(first).toMatchObject({ result: "passing", expectation_results: [] });
  });
});

describe("scripts that hurt", () => {
  it.each([
    ["loop", "loop {}", "too_many_operations"],
    ["recur", "fn f() { f() } f()", "stack_overflow"],
    ["allocate", "let a = `x`; loop { a += a; }", "data_too_large"],
    ["divide by zero", "1 / 0", "arithmetic"],
    ["ask for what is not there", "facts.nothing", "property_not_found"],
    ["do not compile", "facts.", "parsing"],
    ["throw", "throw 1", "runtime"],
  ])("those that %s are an error of their own", (_, expression, type) => {
    const one = check([expectation(expression), expectation("true", { name: "other" })]);
    const { result, first } = run(one, { a: 1 });
    expect(result).toBe("critical");
    expect(evaluationsOf(one, { a: 1 })[0]).toMatchObject({ name: "met", type });
    expect(first.expectation_results).toMatchObject([
      { name: "met", result: false },
      { name: "other", result: true },
    ]);
  });

  it("facts that nest too deep are an error of every script", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 500; level += 1) deep = [deep];
    expect(evaluationsOf(check([expectation("true")]), { a: deep })).toMatchObject([
      { type: "data_too_large" },
    ]);
  });

  const long = "let a = `x`; for i in 0..15 { a += a; }";
  const cut = `${"x".repeat(LONGEST)}… (of 32768 characters)`;

  it.each([
    ["a return value", `${long} a`, { return_value: cut }],
    ["an error", `${long} throw a`, { message: expect.stringMatching(/… \(of \d+ characters\)$/) }],
  ])("of %s that is too long the beginning is kept", (_, expression, kept) => {
    expect(evaluationsOf(check([expectation(expression)]), { a: 1 })).toMatchObject([kept]);
  });

  it("of a message that is too long the beginning is kept", () => {
    const one = check([expectation("false", { failure_message: `\${facts.token}` })]);
    expect(evaluationsOf(one, { a: "x".repeat(32_768) })).toMatchObject([{ failure_message: cut }]);
  });

  it("values that differ only beyond what is kept are not the same", () => {
    const one = check([expectation("facts.token", { type: "expect_same" })]);
    const begin = "x".repeat(LONGEST + 10);
    expect(run(one, { a: `${begin}1`, b: `${begin}2` }).result).toBe("critical");
  });

  it("a value without a counterpart in JSON is null", () => {
    expect(evaluationsOf(check([expectation("|x| x")]), { a: 1 })).toMatchObject([{ return_value: null }]);
  });
});

it("an execution takes the worst of its checks, in the order of their ids", () => {
  const good = check([expectation("true")], { id: "ED6E02", facts: [] });
  const bad = check([expectation("false")], { id: "ED6E01", facts: [], severity: "warning" });
  const input = {
    checks: [good, bad],
    values: new Map(),
    targets: [{ agent_id: "a", checks: [good.id, bad.id] }],
    facts: new Map([["a", []]]),
    excluded: [],
  };
  const { result, check_results } = evaluateAtOnce(input, evaluator);
  expect(result).toBe("warning");
  expect(check_results.map(({ check_id }) => check_id)).toStrictEqual(["ED6E01", "ED6E02"]);
});

it("an execution without checks passes", () => {
  const nothing = { checks: [], values: new Map(), targets: [], facts: new Map(), excluded: [] };
  expect(evaluateAtOnce(nothing, evaluator)).toStrictEqual({
    result: "passing",
    check_results: [],
    timeout: [],
  });
});

describe("a name that is given twice", () => {
  const judged = (one: CheckDefinition, told: unknown) => {
    const { first } = run(one, { a: told });
    return { result: first.result, agents: first.agents_check_results };
  };

  it.each([[["true", "false"]], [["false", "true"]], [["true", "true"]]])(
    "to expectations that give %j, judges nothing",
    (sources) => {
      const { result, agents } = judged(check(sources.map((source) => expectation(source))), 1);
      expect(result).toBe("critical");
      const error = {
        name: "met",
        type: "repeated_name",
        message: "expectations.1.name is that of expectations.0 too: met",
      };
      expect(agents).toMatchObject([{ expectation_evaluations: [error, error] }]);
    },
  );

  it("to facts or values, likewise", () => {
    const fact = { name: "token", gatherer: "hosts@v1", argument: "" };
    const twice = check([expectation("true")], { facts: [fact, { ...fact, argument: "other" }] });
    expect(judged(twice, 1)).toMatchObject({
      result: "critical",
      agents: [{ expectation_evaluations: [{ message: "facts.1.name is that of facts.0 too: token" }] }],
    });
    const value = { name: "least", default: 1, conditions: [], customization_disabled: false };
    expect(judged(check([expectation("true")], { values: [value, value] }), 1).result).toBe("critical");
  });
});

describe("a check that never ends", () => {
  it("takes from the others what all share, and nothing that is theirs", () => {
    const endless = Array.from({ length: 120 }, (_, index) => expectation("loop { }", { name: `e${index}` }));
    const sound = expectation("let n = 0; while n < 1000 { n += 1; } facts.token == 1", { name: "sound" });
    const evaluations = evaluationsOf(check([...endless, sound]), { a: 1 });
    expect(evaluations.at(-1)).toMatchObject({ name: "sound", return_value: true });
    expect(evaluations[0]).toMatchObject({ type: "too_many_operations", message: /^Too many operations/ });
    expect(evaluations[119]).toMatchObject({
      type: "too_many_operations",
      message:
        "The scripts have used up the steps that they share, and this one takes more than the 10000 left to each",
    });
  });

  it("can be left between any two scripts", () => {
    const task = { expectations: [expectation("true"), expectation("false")], facts: [], values: [] };
    const steps = taskSteps("expectations", task, evaluator);
    expect(steps.next().done).toBe(false);
    expect(steps.next().done).toBe(false);
    expect(finish(steps)).toHaveLength(2);
  });
});

describe("work that takes too long", () => {
  it("is given up: each says so in its own way", () => {
    const expectations = [expectation("true", { name: "one" }), expectation("true", { name: "two" })];
    expect(givenUp("expectations", { expectations, facts: [], values: [] })).toMatchObject([
      { evaluation: { name: "one", message: expect.stringContaining("given up") } },
      { evaluation: { name: "two", message: expect.stringContaining("given up") } },
    ]);
    expect(givenUp("conditions", { env: {}, expressions: ["true"] })).toBeNull();
    expect(givenUp("exclusions", { exclude: "true", host: {} })).toEqual({
      isExcluded: false,
      warning: "The expression took too long, and was given up",
    });
    expect(givenUp("files", { name: "a.yaml", content: "" })).toEqual({
      check: null,
      defects: [
        { file: "a.yaml", line: 1, column: 1, message: "Reading the file took too long, and was given up" },
      ],
    });
  });

  it("weighs as much as it has scripts, or as its file has characters", () => {
    expect(
      weightOf("expectations", { expectations: [expectation("1"), expectation("2")], facts: [], values: [] }),
    ).toBe(2);
    expect(weightOf("conditions", { env: {}, expressions: ["1", "2", "3"] })).toBe(3);
    expect(weightOf("exclusions", { exclude: "true", host: {} })).toBe(1);
    const weigh = (length: number) => weightOf("files", { name: "a", content: "x".repeat(length) });
    expect([0, 2_500, 25_000].map(weigh)).toEqual([1, 2, 11]);
  });
});
