/** What other users of the machine find of a running server: its port, and nothing else. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { AgentOfTests } from "./agent-of-tests.ts";
import { freePort, ServerProcess } from "./server-process.ts";

const lockSchema = z.object({ server: z.int(), runtime: z.array(z.int()), run: z.string() });
const secretsSchema = z.looseObject({
  accessTokenSecret: z.string(),
  refreshTokenSecret: z.string(),
  settingsSecret: z.string(),
});

let parent = "";
let server: ServerProcess | null = null;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), "trento-edge-closed-"));
});
afterEach(async () => {
  await server?.stop();
  server = null;
  rmSync(parent, { recursive: true, force: true });
});

async function start(dataDir: string) {
  const port = await freePort();
  server = new ServerProcess(port, { DATA_DIR: dataDir, ADMIN_PASSWORD: "known to its owner" });
  await server.start();
  const lock = lockSchema.parse(JSON.parse(readFileSync(join(dataDir, "server.lock"), "utf8")));
  return { running: server, port, ...lock };
}

const all = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name));

/** Those of whom others may know more than that they are there. */
const open = (folder: string) =>
  [folder, ...all(folder)].filter((path) => {
    const info = statSync(path);
    const mode = info.mode & 0o777;
    // Sockets lie in a closed directory.
    return info.isDirectory() ? mode !== 0o700 : info.isFile() && mode !== 0o600;
  });

/** Ports on which a process listens. */
function portsOf(pid: number): number[] {
  const links = readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return readlinkSync(`/proc/${pid}/fd/${fd}`);
    } catch {
      return "";
    }
  });
  const lines = ["tcp", "tcp6"].flatMap((name) => readFileSync(`/proc/net/${name}`, "utf8").split("\n"));
  return lines.flatMap((line) => {
    const fields = line.trim().split(/\s+/);
    const [, local = "", , state] = fields;
    const isListening = state === "0A" && links.includes(`socket:[${fields[9]}]`);
    return isListening ? [Number.parseInt(local.split(":").at(-1) ?? "", 16)] : [];
  });
}

describe("a data directory", () => {
  it("is its owner's alone, whatever it was before, with all that is written", async () => {
    const dataDir = join(parent, "data");
    mkdirSync(join(dataDir, "d1"), { recursive: true });
    writeFileSync(join(dataDir, "notes"), "of an earlier version");
    for (const [path, mode] of [
      ["", 0o777],
      ["d1", 0o755],
      ["notes", 0o644],
    ] as const)
      chmodSync(join(dataDir, path), mode);
    const { running } = await start(dataDir);
    await new AgentOfTests(1).change(running.url, running.printed("API_KEY"));
    expect(all(dataDir).filter((path) => path.endsWith(".sqlite")).length).toBeGreaterThan(3);
    expect(open(dataDir)).toEqual([]);
    await server?.stop();
    expect(existsSync(join(dataDir, "run"))).toBe(false);
  });

  it("far down has its sockets elsewhere, where nobody else gets in either", async () => {
    const dataDir = join(parent, "d".repeat(60), "data");
    const { run, running } = await start(dataDir);
    expect(dirname(run)).toBe(tmpdir());
    expect(basename(run)).toMatch(/^trento-edge-run-/);
    expect(open(run)).toEqual([]);
    expect(await new AgentOfTests(1).change(running.url, running.printed("API_KEY"))).toBe(true);
    await running.kill({ orphan: false });
    expect(existsSync(run)).toBe(true);
    await running.start();
    expect(existsSync(run)).toBe(false);
  });
});

describe.skipIf(process.platform !== "linux")("a running server", () => {
  it("listens on its port alone", async () => {
    const { server: front, runtime, port } = await start(join(parent, "data"));
    expect(runtime.length).toBeGreaterThan(0);
    expect(portsOf(front)).toEqual([port]);
    expect(runtime.flatMap(portsOf)).toEqual([]);
  });

  it.skipIf(process.getuid?.() !== 0)("lets another user see nothing of it", async () => {
    // The way there is open: what is closed is the server's doing.
    chmodSync(parent, 0o755);
    const dataDir = join(parent, "data");
    const { server: front, runtime, run } = await start(dataDir);
    const wanted = [
      `ls ${dataDir}`,
      `ls ${run}`,
      `cat ${dataDir}/secrets.json`,
      `cat ${run}/runtime.capnp`,
      ...[front, ...runtime].map((pid) => `cat /proc/${pid}/environ`),
    ];
    const seenBy = (...user: string[]) =>
      wanted.filter((command) => {
        const [program = "", ...args] = [...user, "sh", "-c", command];
        return spawnSync(program, args, { stdio: "ignore" }).status === 0;
      });
    expect(seenBy("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--")).toEqual([]);
    expect(seenBy("env")).toEqual(wanted);
  });

  it("has its secrets in one file, and on no command line", async () => {
    const dataDir = join(parent, "data");
    const { server: front, runtime, running } = await start(dataDir);
    const file = join(dataDir, "secrets.json");
    const secrets = secretsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    const wanted = [
      secrets.accessTokenSecret,
      secrets.refreshTokenSecret,
      secrets.settingsSecret,
      "known to its owner",
    ];
    const holds = (path: string) => wanted.some((secret) => readFileSync(path).includes(secret));
    const files = () => all(dataDir).filter((path) => statSync(path).isFile());
    // Just now it was written that they have been told.
    await expect.poll(() => files().filter(holds)).toEqual([file]);
    expect(files().some((path) => path.endsWith("runtime.capnp"))).toBe(true);
    expect([front, ...runtime].map((pid) => `/proc/${pid}/cmdline`).filter(holds)).toEqual([]);
    expect(wanted.filter((secret) => running.output.includes(secret))).toEqual([]);
  });
});
