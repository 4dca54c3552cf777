/** What notices a mistake, in a tree of three files. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { Copy } from "./trial.ts";

const other = "other.unit.spec.ts";
const files = {
  "package.json": '{ "type": "module" }',
  "vitest.config.ts": `export default {
    test: { projects: [{ test: { name: "unit", include: ["**/*.unit.spec.ts"] } }] },
  };`,
  [other]: 'import { it } from "vitest"; it("is sound", () => {});',
  "one.ts": "export const one = () => 1;",
  "deep/one.unit.spec.ts": `import { expect, it } from "vitest";
    import { one } from "../one.ts";
    it("is one", () => expect(one()).toBe(1));`,
} as const;
const spec = "deep/one.unit.spec.ts";
const PATIENCE = 120_000;

let origin: string;
let copy: Copy;

beforeEach(() => {
  origin = mkdtempSync(join(tmpdir(), "trento-edge-tree-"));
  mkdirSync(join(origin, "deep"));
  for (const [path, text] of Object.entries(files)) writeFileSync(join(origin, path), text);
  symlinkSync(join(import.meta.dirname, "..", "..", "node_modules"), join(origin, "node_modules"));
});
afterEach(() => {
  copy.remove();
  rmSync(origin, { recursive: true, force: true });
});

it("is the test that fails, as long as the mistake is there", { timeout: PATIENCE }, async () => {
  copy = new Copy(origin, Object.keys(files));
  expect(await copy.run("unit", [spec])).toBeNull();
  copy.put("one.ts", "export const one = () => 2;");
  expect(await copy.run("unit", [spec])).toEqual({ spec, what: `${spec} > is one` });
  copy.restore("one.ts");
  expect(await copy.run("unit", [spec])).toBeNull();
  copy.put("one.ts", "export const two = () => 1; throw new Error('it does not load');");
  expect(await copy.run("unit", [spec])).toEqual({ spec, what: `${spec} > it does not load` });
  // It says nothing of others.
  expect(await copy.run("unit", [other])).toBeNull();
});

it("is that specs run for ever", { timeout: PATIENCE }, async () => {
  copy = new Copy(origin, Object.keys(files), { unit: 5_000, workerd: 5_000 });
  copy.put("one.ts", "export const one = () => { for (;;); };");
  expect(await copy.run("unit", [spec])).toMatchObject({
    spec: null,
    what: expect.stringContaining("too long"),
  });
});
