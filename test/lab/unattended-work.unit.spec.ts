/**
 * Promises that are let go. A promise of which nobody hears ends the process when it rejects, or is lost without a word: so no
 * `void` stands before one, but where it is known why it cannot reject.
 */
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const folders = ["checks", "domain", "durable-objects", "party", "rhai-wasm", "tools", "ui/src", "workers"];

/** The platform resets an object whose alarm could not be written, and with it what was written beside it. */
const alarm = [
  "void this.#storage.setAlarm",
  "void this.#storage.deleteAlarm",
  "void this.ctx.storage.setAlarm",
];
/** By its contract it resolves, whatever becomes of the queries. */
const queries = [
  "void client.invalidateQueries",
  "void client.refetchQueries",
  "void this.#client.invalidateQueries",
];
/** They catch all that they do. */
const catching = [
  "ui/src/lab/over-the-past.tsx: void run()",
  "ui/src/live/paced.ts: void run()",
  "tools/simulate/agents.ts: void this.#send(",
  // Room for a body is given sooner or later, and is never refused.
  "tools/server/front/bodies.ts: void untilThereIsRoom.then(",
  "tools/server/front/bodies.ts: void Promise.resolve(untilThereIsRoom).then(",
];

function voidsIn(file: string): string[] {
  const text = readFileSync(join(root, file), "utf8");
  if (!/\bvoid [a-z(#]/i.test(text)) return [];
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found: string[] = [];
  const visit = (node: ts.Node) => {
    if (ts.isVoidExpression(node)) found.push(`${file}: ${node.getText(source).replaceAll(/\s+/g, " ")}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

describe("promises", () => {
  it("are not let go where they may reject", () => {
    const files = folders.flatMap((folder) => globSync(`${folder}/**/*.{ts,tsx}`, { cwd: root }));
    const product = files.filter((file) => !/node_modules|\.spec\.tsx?$|\.d\.ts$|\.gen\./.test(file));
    expect(product.length).toBeGreaterThan(300);
    const known = [...alarm, ...queries].map((text) => `: ${text}`);
    const unknown = product
      .flatMap(voidsIn)
      .filter((one) => ![...known, ...catching].some((text) => one.includes(text)));
    expect(unknown).toEqual([]);
    // All files are read.
  }, 60_000);
});
