/** What the evaluator is given: nothing that it could do harm with. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../build.ts";
import { evaluatorConfig } from "./evaluator-config.ts";
import { wranglerSettings } from "./wrangler-settings.ts";

it("has neither storage nor secrets nor network, and one way in", () => {
  const folder = mkdtempSync(join(tmpdir(), "evaluator-"));
  const bundle = join(folder, "index.js");
  writeFileSync(bundle, "");
  writeFileSync(join(folder, "rhai.wasm"), "");
  const wrangler = wranglerSettings(join(root, "wrangler.toml"));
  const text = evaluatorConfig({ wrangler, bundle, modules: "/modules", socket: "/run/evaluator.sock" });
  rmSync(folder, { recursive: true });
  expect(text).not.toMatch(/disk|fromEnvironment|bindings|durableObject|external/);
  expect(text).toContain('(name = "internet", network = (allow = []))');
  expect(text.match(/address = /g)).toHaveLength(1);
  expect(text).toContain('address = "unix:/run/evaluator.sock"');
  expect(text).toContain('service = (name = "product", entrypoint = "Evaluator")');
  expect(text).toContain(`embed "${bundle}"`);
  expect(text).toContain('name = "rhai.wasm"');
  expect(text).toContain(wrangler.compatibilityDate);
});
