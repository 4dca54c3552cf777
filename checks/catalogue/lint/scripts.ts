/** Scripts and messages of a check: whether they compile, and name what the check declares. */
import type { CheckDefinition, Expectation } from "../../definition.ts";
import type { Evaluator } from "../../evaluator.ts";
import type { Path } from "../keys.ts";
import type { Findings } from "./findings.ts";
import { namesUsed } from "./names-used.ts";

interface Script {
  readonly path: Path;
  readonly source: string;
}

function scriptsOf({ when, exclude, values, expectations }: CheckDefinition): Script[] {
  return [
    ...(when === null ? [] : [{ path: ["when"], source: when }]),
    ...(exclude === null ? [] : [{ path: ["exclude"], source: exclude }]),
    ...values.flatMap(({ conditions }, index) =>
      conditions.map(({ expression }, place) => ({
        path: ["values", index, "conditions", place, "when"],
        source: expression,
      })),
    ),
    ...expectations.map(({ type, expression }, index) => ({
      path: ["expectations", index, type],
      source: expression,
    })),
  ];
}

function messagesOf({ failure_message, warning_message }: Expectation, at: Path): Script[] {
  return Object.entries({ failure_message, warning_message }).flatMap(([key, source]) =>
    source === null ? [] : [{ path: [...at, key], source }],
  );
}

/** The engine's own place is that within the script, and would be taken for one of the file. */
function reasonOf(message: string): string {
  return message.replace(/^Syntax error: /, "").replace(/ \(line \d+, position \d+\)$/, "");
}

/** A message is a text between backticks, which are not written: its first line begins one character later. */
function inMessage<P extends { readonly line: number; readonly column: number }>(place: P): P {
  return place.line === 1 ? { ...place, column: Math.max(place.column - 1, 1) } : place;
}

/** Functions that Rhai has got since 1.21, which Wanda runs: checks are often written for both. */
const newer = /\b(?<name>sort_desc|order|order_desc)\s*\(/;

function lintNewer({ path, source }: Script, found: Findings): void {
  const match = newer.exec(source);
  if (match === null) return;
  const before = source.slice(0, match.index).split("\n");
  const place = { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  found.warningInText(path, place, `calls ${match.groups?.name}, which Wanda's Rhai (1.21) does not have`);
}

export function lintScripts(check: CheckDefinition, evaluator: Evaluator, found: Findings): void {
  for (const script of scriptsOf(check)) {
    const { path, source } = script;
    lintNewer(script, found);
    const error = evaluator.checkSyntax(source);
    if (error !== null) found.errorInText(path, error, `does not compile: ${reasonOf(error.message)}`);
  }
}

export function lintMessages(check: CheckDefinition, evaluator: Evaluator, found: Findings): void {
  check.expectations.forEach((expectation, index) => {
    const { type, expression, failure_message, warning_message } = expectation;
    const at = ["expectations", index];
    for (const { path, source } of messagesOf(expectation, at)) {
      const error = evaluator.checkSyntax(`\`${source}\``);
      if (error !== null)
        found.errorInText(path, inMessage(error), `cannot be filled in: ${reasonOf(error.message)}`);
    }
    if (type === "expect_same" && failure_message?.includes("${"))
      found.error(
        [...at, "failure_message"],
        "is for all targets at once, and is shown without filling it in",
      );
    if (type !== "expect_enum" && warning_message !== null)
      found.error([...at, "warning_message"], "is never shown: it is for an expect_enum alone");
    if (type === "expect_enum" && !["passing", "warning"].every((word) => expression.includes(word)))
      found.error([...at, type], 'must be able to give "passing" and "warning"');
  });
}

/** Facts and values are known in expectations and their messages alone. */
export function lintNamesUsed(check: CheckDefinition, found: Findings): void {
  const declared = {
    facts: new Set(check.facts.map(({ name }) => name)),
    values: new Set(check.values.map(({ name }) => name)),
  };
  check.expectations.forEach((expectation, index) => {
    const { type, expression } = expectation;
    const at = ["expectations", index];
    const undeclared = (source: string) =>
      namesUsed(source).filter(({ kind, name }) => !declared[kind].has(name));
    for (const used of undeclared(expression))
      found.errorInText([...at, type], used, `names ${used.kind}.${used.name}, which is not declared`);
    if (type === "expect_same") return;
    for (const { path, source } of messagesOf(expectation, at)) {
      for (const used of undeclared(`\`${source}\``))
        found.errorInText(path, inMessage(used), `names ${used.kind}.${used.name}, which is not declared`);
    }
  });
}
