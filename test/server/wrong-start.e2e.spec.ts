/** Starts that cannot be: each says in a sentence what is wrong, ends with 1, and leaves what was there as it was. */
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort, ServerProcess } from "./server-process.ts";

const root = join(import.meta.dirname, "../..");
const main = [join(root, "node_modules/.bin/node"), "tools/server/main.ts"];
const isRoot = process.getuid?.() === 0;
/** A file system of its own can be had for one process. */
const canMount = spawnSync("unshare", ["-m", "true"]).status === 0;

let parent = "";
let dataDir = "";
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "trento-edge-wrong-start-"));
  dataDir = join(parent, "data");
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

async function start(
  environment: Record<string, string> = {},
  [command = "", ...args]: readonly string[] = main,
): Promise<{ readonly code: number | null; readonly said: string }> {
  const child = spawn(command, args, {
    cwd: root,
    env: { ...process.env, PORT: String(await freePort()), DATA_DIR: dataDir, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const code = new Promise<number | null>((resolve) => child.on("exit", resolve));
  const [, said] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { code: await code, said: said.trim() };
}

/** Runs it where the data directory is a file system that a script mounts. */
const within = (mount: string) => ["unshare", "-m", "sh", "-c", `${mount} && exec "$@"`, "sh", ...main];

describe("a data directory", () => {
  it("that is a file, or lies in one", async () => {
    writeFileSync(dataDir, "mine");
    const said = (path: string) => `the data directory ${path} is no directory: DATA_DIR chooses another one`;
    expect(await start()).toEqual({ code: 1, said: said(dataDir) });
    const inside = join(dataDir, "inside");
    expect(await start({ DATA_DIR: inside })).toEqual({ code: 1, said: said(inside) });
    expect(readFileSync(dataDir, "utf8")).toBe("mine");
  });

  it("of another user", async () => {
    mkdirSync(dataDir);
    if (isRoot) chownSync(dataDir, 65_534, 65_534);
    const other = isRoot ? { path: dataDir, uid: 65_534 } : { path: "/", uid: 0 };
    expect(await start({ DATA_DIR: other.path })).toEqual({
      code: 1,
      said: `the data directory ${other.path} belongs to another user (${other.uid}, and this is ${process.getuid?.()}): DATA_DIR chooses another one`,
    });
  });

  it("that all users share", async () => {
    mkdirSync(dataDir);
    chmodSync(dataDir, 0o1777);
    expect(await start()).toEqual({
      code: 1,
      said: `the data directory ${dataDir} is shared by all users: DATA_DIR chooses one of the server's own`,
    });
  });

  it.skipIf(!canMount)("that can only be read", async () => {
    mkdirSync(dataDir);
    expect(await start({}, within('mount -t tmpfs -o ro,mode=0700 none "$DATA_DIR"'))).toEqual({
      code: 1,
      said: `the data directory ${dataDir} is on a file system that can only be read: DATA_DIR chooses another one`,
    });
  });

  it.skipIf(!canMount)("that is full", async () => {
    mkdirSync(dataDir);
    const full =
      'mount -t tmpfs -o size=8k,mode=0700 none "$DATA_DIR" && head -c 8k /dev/zero > "$DATA_DIR/x"';
    expect(await start({}, within(full))).toEqual({
      code: 1,
      said: `the data directory ${dataDir} is on a file system that is full: DATA_DIR chooses another one`,
    });
  });

  it("that a running server uses", async () => {
    const running = new ServerProcess(await freePort(), { DATA_DIR: dataDir });
    await running.start();
    try {
      const { code, said } = await start();
      expect(code).toBe(1);
      expect(said).toMatch(new RegExp(`^${dataDir} is in use by the server with process id \\d+$`));
      expect((await fetch(`${running.url}/api/readyz`)).status).toBe(200);
    } finally {
      await running.stop();
    }
  });

  it("with half a lock", async () => {
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, "server.lock"), '{"server":12');
    expect(await start()).toEqual({
      code: 1,
      said: `${join(dataDir, "server.lock")} cannot be read: make sure that no server uses this directory, and remove it`,
    });
    expect(readFileSync(join(dataDir, "server.lock"), "utf8")).toBe('{"server":12');
  });

  it.each([
    ["half of its secrets", '{"accessTokenSecret":"abc"'],
    ["no secrets in their file", ""],
    ["secrets of which one is missing", '{"accessTokenSecret":"abc","adminPasswordHash":null}'],
  ])("with %s", async (_, content) => {
    mkdirSync(dataDir);
    const file = join(dataDir, "secrets.json");
    writeFileSync(file, content);
    const { code, said } = await start();
    expect(code).toBe(1);
    expect(said).toMatch(/^\S*secrets\.json is damaged: put it back from a backup, or remove it .*$/);
    expect(said.startsWith(file)).toBe(true);
    expect(readFileSync(file, "utf8")).toBe(content);
    // The next start does not find a server that is none.
    expect(existsSync(join(dataDir, "server.lock"))).toBe(false);
  });
});

describe("certificates to be trusted", () => {
  it("that are none", async () => {
    const file = join(parent, "certificates.pem");
    writeFileSync(file, "-----BEGIN CERTIFICATE-----\nnone\n-----END CERTIFICATE-----\n");
    const { code, said } = await start({ NODE_EXTRA_CA_CERTS: file });
    expect(code).toBe(1);
    // Node itself has a word about them, too.
    expect(said.split("\n").at(-1)).toContain(`NODE_EXTRA_CA_CERTS names ${file}, which cannot be read: `);
    expect(existsSync(dataDir)).toBe(false);
  });
});
