/** Saving a directory and making one of what was saved. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { backUp } from "../backup.ts";
import { beginOf } from "../data/processes.ts";
import { restore } from "../restore.ts";
import { DirectoryCopy } from "./directory-copy.ts";
import { standingStill } from "./standstill.ts";

let root = "";
let dataDir = "";
let target = "";
let restored = "";
const children: ChildProcess[] = [];

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "trento-edge-backup-"));
  dataDir = join(root, "data");
  target = join(root, "saved");
  restored = join(root, "restored");
  put("secrets.json", "{}");
  put("d1/a.sqlite", "rows");
  put("d1/a.sqlite-wal", "more rows");
  put("d1/a.sqlite-shm", "shared memory");
  put("durable-objects/Host/b.sqlite", "events");
  put("run/http.sock.txt", "of the running server");
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(root, { recursive: true, force: true });
});

function put(path: string, content: string, folder = dataDir): void {
  mkdirSync(join(folder, path, ".."), { recursive: true });
  writeFileSync(join(folder, path), content, { mode: 0o644 });
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(folder, path)).isFile())
    .sort();
}

/** As if this process were a server. */
function lock(runtime: readonly number[], folder = dataDir): void {
  const begins = Object.fromEntries([process.pid, ...runtime].map((pid) => [pid, beginOf(pid)]));
  put("server.lock", JSON.stringify({ server: process.pid, runtime, begins }), folder);
}

const SAVED = ["d1/a.sqlite", "d1/a.sqlite-wal", "durable-objects/Host/b.sqlite", "secrets.json"];

describe("a backup", () => {
  it("is all but what belongs to the running server, and comes back the same, for its user alone", async () => {
    expect((await backUp(dataDir, target)).files).toBe(4);
    expect(await restore(target, restored)).toBe(4);
    expect(filesOf(restored)).toEqual(SAVED);
    for (const path of SAVED) {
      expect(readFileSync(join(restored, path), "utf8")).toBe(readFileSync(join(dataDir, path), "utf8"));
      for (const folder of [join(target, "data"), restored]) {
        expect(statSync(join(folder, path)).mode & 0o777).toBe(0o600);
        expect(statSync(join(folder, path, "..")).mode & 0o777).toBe(0o700);
      }
    }
    expect(statSync(join(target, "manifest.json")).mode & 0o777).toBe(0o600);
  });

  it("overwrites nothing, and leaves nothing of one that failed", async () => {
    mkdirSync(target);
    await expect(backUp(dataDir, target)).rejects.toThrow(`${target} is there already`);
    await expect(backUp(join(root, "nothing"), join(root, "other"))).rejects.toThrow("has no secrets.json");
    await expect(backUp(dataDir, join(dataDir, "saved"))).rejects.toThrow("lies within the data directory");
    await expect(backUp(dataDir, join(root, "no", "such"))).rejects.toThrow(
      `${join(root, "no")} is not there`,
    );
    symlinkSync(join(root, "elsewhere"), join(dataDir, "linked"));
    await expect(backUp(dataDir, join(root, "other"))).rejects.toThrow(
      /linked is neither a file nor a directory/,
    );
    expect(readdirSync(root).sort()).toEqual(["data", "saved"]);
  });

  it("refuses a lock that cannot be read", async () => {
    put("server.lock", '{"server":');
    await expect(backUp(dataDir, target)).rejects.toThrow(/server.lock cannot be read/);
  });
});

describe("a restore", () => {
  beforeEach(() => backUp(dataDir, target));

  it("goes into an empty directory, and into none that is not", async () => {
    mkdirSync(restored);
    await restore(target, restored);
    await expect(restore(target, restored)).rejects.toThrow(
      `${restored} is not empty, and is not overwritten`,
    );
    lock([], restored);
    await expect(restore(target, restored)).rejects.toThrow(
      `in use by the server with process id ${process.pid}`,
    );
  });

  it.each<[string, () => void, RegExp]>([
    ["there is none", () => rmSync(target, { recursive: true }), /saved is not there/],
    ["it is not whole", () => rmSync(join(target, "manifest.json")), /no backup, or not a whole one/],
    [
      "the list is no JSON",
      () => put("manifest.json", "{", target),
      /manifest.json is damaged: it is not JSON/,
    ],
    [
      "the list is another",
      () => put("manifest.json", '{"format":2}', target),
      /manifest.json is damaged: format/,
    ],
    [
      "a file is missing",
      () => rmSync(join(target, "data/d1/a.sqlite")),
      /not whole: d1\/a.sqlite is missing/,
    ],
    [
      "a file is longer",
      () => appendFileSync(join(target, "data/d1/a.sqlite"), "!"),
      /damaged: d1\/a.sqlite has 5 bytes instead of 4/,
    ],
    [
      "a file is another",
      () => writeFileSync(join(target, "data/d1/a.sqlite"), "rowz"),
      /damaged: d1\/a.sqlite is not what was saved/,
    ],
    ["there is one too many", () => put("data/d1/b", "", target), /damaged: nothing is said of d1\/b/],
    [
      "a path leads elsewhere",
      () => {
        const list = JSON.parse(readFileSync(join(target, "manifest.json"), "utf8"));
        list.files[0].path = "../../evil";
        put("manifest.json", JSON.stringify(list), target);
      },
      /manifest.json is damaged: files.0.path: must lie within the backup/,
    ],
  ])("says why it does nothing: %s", async (_case, damage, reason) => {
    damage();
    await expect(restore(target, restored)).rejects.toThrow(reason);
    expect(existsSync(restored) ? readdirSync(restored) : []).toEqual([]);
  });
});

describe("a copy", () => {
  it("takes in each round what changed, came and went", () => {
    const copied = join(root, "copied");
    const copy = new DirectoryCopy(dataDir, copied);
    expect(copy.round().files).toBe(4);
    rmSync(join(dataDir, "d1/a.sqlite-wal"));
    put("durable-objects/Host/c.sqlite", "new");
    // The same length, and perhaps within the clock's step.
    put("d1/a.sqlite", "ROWS");
    copy.round();
    expect(filesOf(copied)).toEqual([
      "d1/a.sqlite",
      "durable-objects/Host/b.sqlite",
      "durable-objects/Host/c.sqlite",
      "secrets.json",
    ]);
    expect(readFileSync(join(copied, "d1/a.sqlite"), "utf8")).toBe("ROWS");
  });
});

/** Writes the same number into two files, one after the other, as fast as it can. */
const WRITER = `
  const { writeFileSync } = require("node:fs");
  for (let number = 0; ; number += 1) {
    writeFileSync(process.argv[1], String(number));
    writeFileSync(process.argv[2], String(number));
    if (number === 100) console.log("writing");
  }`;

async function startWriter(): Promise<number> {
  const files = [join(dataDir, "one"), join(dataDir, "two")];
  const child = spawn(process.execPath, ["-e", WRITER, ...files], { stdio: ["ignore", "pipe", "inherit"] });
  children.push(child);
  await once(child.stdout, "data");
  if (child.pid === undefined) throw new Error("it did not start");
  return child.pid;
}

const isWriting = (pid: number) =>
  readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, "")[0] !== "T";

describe("standing still", () => {
  it("is asked of nobody who only has the number that a server had", async () => {
    const pid = await startWriter();
    put("server.lock", JSON.stringify({ server: pid, runtime: [pid], begins: { [pid]: "another boot/1" } }));
    expect((await backUp(dataDir, target)).stoodStill).toBe(0);
  });

  it("saves files that several are written to as of one moment", async () => {
    const pid = await startWriter();
    lock([pid]);
    for (let round = 0; round < 5; round += 1) {
      const saved = join(root, `saved-${round}`);
      expect((await backUp(dataDir, saved)).stoodStill).toBeGreaterThan(0);
      const [one, two] = ["one", "two"].map((name) =>
        Number(readFileSync(join(saved, "data", name), "utf8") || Number.NaN),
      );
      // It may stand still between the two, or with one of them open and empty.
      if (!Number.isNaN(one) && !Number.isNaN(two)) expect((one ?? 0) - (two ?? 0)).toBeOneOf([0, 1]);
      expect(isWriting(pid)).toBe(true);
    }
  });

  it("ends when the work fails, and when whoever asked for it is killed", async () => {
    const pid = await startWriter();
    await expect(
      standingStill([pid], () => {
        throw new Error("the disk is full");
      }),
    ).rejects.toThrow("the disk is full");
    expect(isWriting(pid)).toBe(true);
    const script = `
      import { standingStill } from ${JSON.stringify(join(import.meta.dirname, "standstill.ts"))};
      await standingStill([${pid}], () => { console.log("still"); for (;;); });`;
    const backup = spawn(process.execPath, ["--input-type=module", "-e", script], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(backup);
    await once(backup.stdout, "data");
    expect(isWriting(pid)).toBe(false);
    backup.kill("SIGKILL");
    await expect.poll(() => isWriting(pid), { timeout: 10_000 }).toBe(true);
  });

  it("says so when the process is gone", async () => {
    const pid = await startWriter();
    children[0]?.kill("SIGKILL");
    await expect.poll(() => existsSync(`/proc/${pid}/stat`), { timeout: 10_000 }).toBe(false);
    await expect(standingStill([pid], () => {})).rejects.toThrow("make the backup again");
  });
});
