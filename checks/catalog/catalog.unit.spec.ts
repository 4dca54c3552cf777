/** The own catalogue: every check can be read, tells what it is about, and judges its examples as they say. */
import { beforeAll, describe, expect, it } from "vitest";
import { loadRhaiFromDisk } from "../../rhai-wasm/src/node.ts";
import { readAtOnce } from "../catalogue/read-catalogue.ts";
import type { Evaluator } from "../evaluator.ts";
import { rhaiEvaluator } from "../rhai-evaluator.ts";
import { evaluate, exampleFiles, examplesOf, messagesOf, yamlFiles } from "./examples.spec.ts";

const { checks, defects } = readAtOnce(yamlFiles());
/** What is said where a check's own message could not be put together. */
const NOT_MET = "Expectation not met";

let evaluator: Evaluator;
beforeAll(async () => {
  evaluator = rhaiEvaluator(await loadRhaiFromDisk());
});

it("has no defects, and an example file for each check and no other", () => {
  expect(defects).toStrictEqual([]);
  expect(checks.length).toBeGreaterThanOrEqual(30);
  expect(exampleFiles().sort()).toStrictEqual(checks.map(({ id }) => `${id}.yaml`));
});

describe.each(checks)("$id $name", (check) => {
  it("says what it concerns, what to do, and where that is written", () => {
    expect(check.id).toMatch(/^ED6E[0-9A-F]{2}$/);
    expect(["cluster", "host"]).toContain(check.metadata?.target_type);
    // Clients show it as the line of a result.
    expect(check.description).toMatch(/^[^\n#]{5,100}$/);
    expect(check.remediation).toMatch(/^## Why\n\n.{20}[\s\S]*\n## What to do\n\n\S/);
    expect(check.remediation).toMatch(/## References\n\n- \[.+\]\(https:\/\/.+\)/);
    for (const { failure_message } of check.expectations) expect(failure_message).toBeTruthy();
  });

  it("has scripts and messages that compile", () => {
    const scripts = [
      ...check.expectations.map(({ expression }) => expression),
      ...check.values.flatMap(({ conditions }) => conditions.map(({ expression }) => expression)),
      ...(check.exclude === null ? [] : [check.exclude]),
      ...check.expectations
        .flatMap(({ failure_message, warning_message }) => [failure_message, warning_message])
        .flatMap((message) => (message === null ? [] : [`\`${message}\``])),
    ];
    for (const script of scripts) expect(evaluator.checkSyntax(script)).toBeNull();
  });

  it("declares the facts and values that it uses, and uses those that it declares", () => {
    const text = [
      ...check.expectations.map(
        ({ expression, failure_message, warning_message }) =>
          `${expression} ${failure_message} ${warning_message}`,
      ),
    ].join(" ");
    const used = (kind: string) =>
      new Set([...text.matchAll(new RegExp(`\\b${kind}\\.(\\w+)`, "g"))].map(([, n]) => n));
    expect([...used("facts")].sort()).toStrictEqual(check.facts.map(({ name }) => name).sort());
    expect([...used("values")].sort()).toStrictEqual(check.values.map(({ name }) => name).sort());
  });

  const examples = examplesOf(check.id);

  it("has examples that pass and that do not", () => {
    const results = new Set(examples.map(({ result }) => (result === "passing" ? "passing" : "not")));
    expect([...results].sort()).toStrictEqual(["not", "passing"]);
  });

  it("has an example for every value that differs by environment", () => {
    for (const { conditions } of check.values) {
      for (const { expression } of conditions) {
        expect(
          examples.filter(({ env }) => {
            const outcome = evaluator.prepare({ env }).evaluate(expression);
            return outcome.ok && outcome.value === true;
          }),
        ).not.toHaveLength(0);
      }
    }
  });

  it.each(examples)("$result: $name", (example) => {
    const result = evaluate(check, example, evaluator);
    const messages = messagesOf(result);
    expect({ result: result.result, messages }).toMatchObject({ result: example.result });
    expect(messages).not.toContain(NOT_MET);
    for (const wanted of example.messages) expect(messages.join("\n")).toContain(wanted);
  });
});
