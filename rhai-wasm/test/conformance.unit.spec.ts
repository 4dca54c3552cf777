/** The WebAssembly build gives what the same engine gives natively (`crate/src/bin/conformance`), to the last bit. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadRhaiFromDisk } from "../src/node.ts";
import { exactOf, scopeOf } from "./exact-json.ts";

const folder = join(import.meta.dirname, "../conformance");
const rhai = await loadRhaiFromDisk();

interface Expected {
  readonly value?: unknown;
  readonly error?: { readonly kind: string; readonly message: string; readonly line: number | null };
}

function parts(text: string): { scope: ReturnType<typeof scopeOf>; script: string } {
  if (!text.startsWith("//! ")) return { scope: {}, script: text };
  const end = text.indexOf("\n");
  return { scope: scopeOf(text.slice("//! ".length, end)), script: text.slice(end + 1) };
}

function outcomeOf(text: string): unknown {
  const { scope, script } = parts(text);
  const compiled = rhai.tryCompile(script);
  const outcome = compiled.ok ? compiled.value.tryEvaluate(scope, { results: "exact" }) : compiled;
  if (outcome.ok) return { value: outcome.value };
  const { kind, message, line, column } = outcome.error;
  return { error: { kind, message, line, column } };
}

let total = 0;

for (const file of readdirSync(join(folder, "cases"))) {
  const cases = readFileSync(join(folder, "cases", file), "utf8")
    .trimEnd()
    .split("\n//---\n");
  const lines = readFileSync(join(folder, "expected", file.replace(".rhai", ".jsonl")), "utf8")
    .trim()
    .split("\n");
  total += cases.length;
  describe(file, () => {
    it("has an expected outcome for every case", () => {
      expect(lines).toHaveLength(cases.length);
    });
    it.each(cases.map((text, index) => [text, lines[index] ?? ""]))("%s", (text, line) => {
      const expected: Expected = JSON.parse(line);
      expect(outcomeOf(text)).toStrictEqual(
        expected.error === undefined ? { value: exactOf(expected.value) } : { error: expected.error },
      );
    });
  });
}

it("has hundreds of cases", () => {
  expect(total).toBeGreaterThan(600);
});
