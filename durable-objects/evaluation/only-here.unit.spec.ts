/**
 * Scripts are evaluated, and files of catalogues read, through `Evaluation` alone: what goes round it holds up the whole server,
 * whatever the evaluator does. The simulated agents and the commands that look at catalogues are processes of their own.
 */
import { globSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
/** What runs in the server. */
const product = ["workers", "durable-objects", "party", "domain", "tools/server", "bench/worker.ts"];
const room = "durable-objects/evaluation/";
/** What others see of this room. */
const doors = [`${room}index.ts`, `${room}evaluator.ts`];

/** The engine, and what takes a script or a file to pieces by itself. */
const engine = [
  /^rhai-wasm\//,
  /^checks\/(rhai-)?evaluator\.ts$/,
  /^checks\/catalogue\/(lint|read-check|yaml|places)\.ts$/,
  /^checks\/catalogue\/lint\//,
  /^checks\/evaluation\/(tasks|expectations|agent-check)\.ts$/,
  /^checks\/selection\/condition\.ts$/,
  /^yaml$/,
];
/** What does its work at once, beside what goes through `Evaluation`. */
const names = /AtOnce$|^(allotted|exclusionOf|resolveValues|taskSteps|evaluationHere)$/;

interface Import {
  readonly from: string;
  readonly names: readonly string[];
}

/** Imports and re-exports but those of types, by paths from the root. */
function importsIn(file: string, text: string): Import[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const pathOf = (specifier: string) =>
    specifier.startsWith(".") ? relative(root, join(root, dirname(file), specifier)) : specifier;
  const found: Import[] = [];
  const add = (specifier: ts.Expression | undefined, own: readonly string[]) => {
    if (specifier !== undefined && ts.isStringLiteral(specifier))
      found.push({ from: pathOf(specifier.text), names: own });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword) {
      const bindings = node.importClause?.namedBindings;
      const elements = bindings && ts.isNamedImports(bindings) ? bindings.elements : null;
      const own = elements?.filter(({ isTypeOnly }) => !isTypeOnly) ?? null;
      if (own === null || own.length > 0)
        add(node.moduleSpecifier, own?.map((one) => (one.propertyName ?? one.name).text) ?? ["*"]);
    }
    if (ts.isExportDeclaration(node) && !node.isTypeOnly) add(node.moduleSpecifier, ["*"]);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], ["*"]);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function roundabout(file: string, text: string): string[] {
  return importsIn(file, text).flatMap(({ from, names: own }) => {
    const isEngine = engine.some((one) => one.test(from)) || (from.startsWith(room) && !doors.includes(from));
    const taken = from.startsWith("checks/") ? own.filter((name) => names.test(name)) : [];
    return isEngine ? [`${file}: ${from}`] : taken.map((name) => `${file}: ${name} of ${from}`);
  });
}

describe("the product", () => {
  it("evaluates and reads nowhere but in this room", () => {
    const files = product
      .flatMap((one) => (one.endsWith(".ts") ? [one] : globSync(`${one}/**/*.ts`, { cwd: root })))
      .filter((file) => !file.endsWith(".spec.ts") && !file.startsWith(room));
    expect(files.length).toBeGreaterThan(200);
    expect(files.flatMap((file) => roundabout(file, readFileSync(join(root, file), "utf8")))).toEqual([]);
  });

  it.each([
    ['import { instantiateRhai } from "../../../rhai-wasm/src/index.ts";', "rhai-wasm/src/index.ts"],
    ['import module from "../../../rhai-wasm/wasm/rhai.wasm";', "rhai-wasm/wasm/rhai.wasm"],
    ['import { sharedEvaluator } from "../../../durable-objects/evaluation/rhai.ts";', `${room}rhai.ts`],
    [
      'import { readCheck } from "../../../checks/catalogue/read-check.ts";',
      "checks/catalogue/read-check.ts",
    ],
    ['import { lint } from "../../../checks/catalogue/lint.ts";', "checks/catalogue/lint.ts"],
    ['import * as yaml from "yaml";', "yaml"],
    ['export * from "../../../checks/rhai-evaluator.ts";', "checks/rhai-evaluator.ts"],
    ['const { lint } = await import("../../../checks/catalogue/lint.ts");', "checks/catalogue/lint.ts"],
    [
      'import { readAtOnce as read } from "../../../checks/catalogue/read-catalogue.ts";',
      "readAtOnce of checks/catalogue/read-catalogue.ts",
    ],
    [
      'import { type X, resolveValues } from "../../../checks/selection/values.ts";',
      "resolveValues of checks/selection/values.ts",
    ],
  ])("%s would be seen", (line, told) => {
    expect(roundabout("workers/edge/checks/some.ts", line)).toEqual([`workers/edge/checks/some.ts: ${told}`]);
  });

  it.each([
    'import type { Evaluator } from "../../../checks/evaluator.ts";',
    'import { type ReadCheck } from "../../../checks/catalogue/read-check.ts";',
    'import { readCatalogue } from "../../../checks/catalogue/read-catalogue.ts";',
    'import { evaluationOf } from "../../../durable-objects/evaluation/index.ts";',
  ])("%s is nothing to be told of", (line) => {
    expect(roundabout("workers/edge/checks/some.ts", line)).toEqual([]);
  });
});
