/** Text of Cap'n Proto, as the runtime's own parser reads it. */
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { Raw, textOf } from "./capnp-text.ts";
import { workerd } from "./workerd.ts";

it("writes structs, lists and what stands as it is, and leaves out what is not there", () => {
  expect(textOf({ a: "x", b: [true, { c: new Raw("embed .d") }], e: undefined })).toBe(
    '(a = "x", b = [true, (c = embed .d)])',
  );
});

it.each([
  ["quotes", 'a "quoted" \\ word'],
  ["lines", "first\nsecond\tthird\r"],
  ["what no key types", "\u0000\u0001\u001f\u007f"],
  ["digits after it", "\u00019"],
  ["other alphabets", "žluťoučký 漢字 🐎"],
])("writes text with %s so that it is read as it was", (_, text) => {
  const folder = mkdtempSync(join(tmpdir(), "trento-edge-capnp-"));
  try {
    const file = join(folder, "text.capnp");
    writeFileSync(
      file,
      `using Workerd = import "/workerd/workerd.capnp";\nconst config :Workerd.Config = ${textOf({
        services: [
          { name: "main", worker: { compatibilityDate: "2026-07-01", modules: [{ name: "a.js", text }] } },
        ],
      })};\n`,
    );
    // A compiled configuration holds the bytes of its texts as they are.
    const compiled = execFileSync(workerd, ["compile", "--config-only", file]);
    expect(compiled.includes(`${text}\0`)).toBe(true);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
