/** One server for one data directory, and whose process a number is. */
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { DataLock } from "./lock.ts";
import { beginOf } from "./processes.ts";

let dataDir = "";
const children: ReturnType<typeof spawn>[] = [];
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "trento-edge-lock-"));
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  rmSync(dataDir, { recursive: true, force: true });
});

const file = () => join(dataDir, "server.lock");
const written = () =>
  z
    .object({ server: z.int(), runtime: z.array(z.int()), begins: z.record(z.string(), z.string()) })
    .parse(JSON.parse(readFileSync(file(), "utf8")));

/** Another process, whose command has such a word in it. */
async function another(word: string): Promise<number> {
  const child = spawn(process.execPath, ["-e", `console.log(1); setInterval(() => {}, 1000); // ${word}`]);
  children.push(child);
  await new Promise((resolve) => child.stdout.once("data", resolve));
  return child.pid ?? 0;
}

const isRunning = (pid: number) => children.some((one) => one.pid === pid && one.signalCode === null);

describe("a lock", () => {
  it("names the server and what it has started, in its place when that was started again", async () => {
    const lock = await DataLock.take(dataDir);
    const [first, second, other] = [await another("workerd"), await another("workerd"), await another("x")];
    lock.noteProcess("runtime", first);
    lock.noteProcess("evaluator", other);
    lock.noteProcess("runtime", second);
    const { server, runtime, begins } = written();
    expect([server, runtime]).toEqual([process.pid, [second, other]]);
    expect(begins[second]).toBe(beginOf(second));
    lock.release();
    expect(readdirSync(dataDir)).toEqual([]);
  });

  it("is had by one of two that start together", async () => {
    const tried = await Promise.allSettled([DataLock.take(dataDir), DataLock.take(dataDir)]);
    expect(tried.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it("of a server that is there is respected, and what it has started is left alone", async () => {
    const [server, runtime] = [await another("node"), await another("workerd")];
    const lock = JSON.stringify({ server, runtime: [runtime] });
    writeFileSync(file(), lock);
    await expect(DataLock.take(dataDir)).rejects.toThrow(`in use by the server with process id ${server}`);
    expect(readFileSync(file(), "utf8")).toBe(lock);
    expect(isRunning(runtime)).toBe(true);
  });

  it("of a server that is gone is taken, and what it left running is ended", async () => {
    const [gone, orphan] = [await another("node"), await another("workerd")];
    const begins = { [gone]: beginOf(gone), [orphan]: beginOf(orphan) };
    children[0]?.kill("SIGKILL");
    await expect.poll(() => beginOf(gone)).toBeNull();
    writeFileSync(file(), JSON.stringify({ server: gone, runtime: [orphan], begins, run: null }));
    await DataLock.take(dataDir);
    await expect.poll(() => isRunning(orphan)).toBe(false);
    expect(written().server).toBe(process.pid);
  });
});

describe.skipIf(process.platform !== "linux")("a number that was used again", () => {
  it("is nobody's of the lock: neither a server that is there, nor an orphan to be ended", async () => {
    const [other, stranger] = [await another("node"), await another("workerd")];
    const begins = { [other]: "an earlier start of the machine/1", [stranger]: "an earlier start/2" };
    writeFileSync(file(), JSON.stringify({ server: other, runtime: [stranger], begins, run: null }));
    await DataLock.take(dataDir);
    expect(written().server).toBe(process.pid);
    expect([isRunning(other), isRunning(stranger)]).toEqual([true, true]);
  });

  it("is another's although it is this process's own", async () => {
    writeFileSync(
      file(),
      JSON.stringify({ server: process.pid, runtime: [], begins: { [process.pid]: "1/1" } }),
    );
    await DataLock.take(dataDir);
    expect(written().begins[process.pid]).toBe(beginOf(process.pid));
  });
});
