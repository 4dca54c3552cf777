/** A server as it is installed: what the container's image holds, with the packages that it runs on and no others. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { build } from "../../tools/server/build.ts";
import { freePort, ServerProcess } from "./server-process.ts";

const root = join(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "trento-edge-installed-"));
const app = join(folder, "app");
let server: ServerProcess | null = null;

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })),
});

/** Paths of the packages that `npm ci --omit=dev` installs, each with what is installed within it. */
function packages(): string[] {
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8")));
  return Object.entries(lock.packages).flatMap(([path, { dev }]) =>
    path.lastIndexOf("node_modules/") === 0 && dev !== true && existsSync(join(root, path)) ? [path] : [],
  );
}

/** What the image takes from the stage that builds, beside the packages. */
function copied(): string[] {
  const lines = readFileSync(join(root, "Containerfile"), "utf8").matchAll(/^COPY --from=build (.+) \S+$/gm);
  const paths = [...lines].flatMap(([, sources = ""]) => sources.split(" "));
  return paths.map((path) => path.replace("/app/", "")).filter((path) => path !== "node_modules");
}

beforeAll(async () => {
  await build(() => {});
  for (const path of copied()) {
    cpSync(join(root, path), join(app, path), {
      recursive: true,
      filter: (source) => !/node_modules|\.spec\.ts$/.test(source),
    });
  }
  // In one go: a file of two names, as a package's program, stays one.
  const script = 'tar -cf - "$@" | tar -xf - -C "$0"';
  execFileSync("sh", ["-c", script, app, ...packages(), "node_modules/.bin/node"], { cwd: root });
}, 300_000);

afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it("needs less than 400 MB of packages", () => {
  const kilobytes = execFileSync("du", ["-sk", join(app, "node_modules")], { encoding: "utf8" });
  expect(Number.parseInt(kilobytes, 10)).toBeLessThan(400_000);
});

it("has none of what it is built with", () => {
  for (const name of ["vite", "wrangler", "miniflare", "typescript", "react"]) {
    expect(existsSync(join(app, "node_modules", name))).toBe(false);
  }
});

const hasSystemd = spawnSync("systemd-analyze", ["--version"]).status === 0;

it.runIf(hasSystemd)("has a unit that systemd takes without a word, and finds little exposed", () => {
  const text = readFileSync(join(root, "tools/server/trento-edge.service"), "utf8");
  const unit = join(folder, "trento-edge.service");
  writeFileSync(unit, text.replaceAll("/opt/trento-edge", app));
  const verified = spawnSync("systemd-analyze", ["verify", unit], { encoding: "utf8" });
  expect(`${verified.stdout}${verified.stderr}`).toBe("");
  const looked = spawnSync("systemd-analyze", ["security", "--offline=true", "--threshold=35", unit]);
  expect(looked.status).toBe(0);
});

it("serves, and shows its pages", async () => {
  expect(lstatSync(join(app, "dist/ui/index.html")).isFile()).toBe(true);
  server = new ServerProcess(await freePort(), { DATA_DIR: join(folder, "data") }, app);
  await server.start();
  expect((await fetch(`${server.url}/api/readyz`)).status).toBe(200);
  expect(await (await fetch(server.url)).text()).toContain('<div id="root">');
  await server.stop();
});

it("says what to do when it is not built", async () => {
  rmSync(join(app, "dist"), { recursive: true });
  const unbuilt = new ServerProcess(await freePort(), { DATA_DIR: join(folder, "other") }, app);
  await expect(unbuilt.start()).rejects.toThrow(/npm run build/);
});
