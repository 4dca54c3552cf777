/** What is started again when it ends, and ends with whoever started it: by small processes in place of the runtime. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SupervisedProcess, type SupervisedProcessOptions } from "./supervised-process.ts";

const LISTENS = `const { writeSync } = require("node:fs");
writeSync(3, '{"event":"listen","socket":"a"}\\n{"event":"li');
setTimeout(() => writeSync(3, 'sten","socket":"b"}\\n'), 20);
setInterval(() => {}, 1000);`;

const isThere = (pid: number) => {
  try {
    process.kill(pid, 0);
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
};
const EVENTUALLY = { timeout: 20_000, interval: 20 };

let folder = "";
let told: string[] = [];
let logged: string[] = [];
let supervised: SupervisedProcess | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trento-edge-supervised-"));
  told = [];
  logged = [];
});
afterEach(async () => {
  await supervised?.stop();
  supervised = null;
  rmSync(folder, { recursive: true, force: true });
});

const optionsOf = (
  script: string,
  more: Partial<SupervisedProcessOptions> = {},
): SupervisedProcessOptions => ({
  name: "the process",
  command: process.execPath,
  args: ["-e", script],
  env: { PATH: process.env.PATH ?? "" },
  sockets: ["a", "b"],
  prepare: () => {},
  tell: (line) => told.push(line),
  log: (line) => logged.push(line),
  ...more,
});

async function start(
  script: string,
  more: Partial<SupervisedProcessOptions> = {},
): Promise<SupervisedProcess> {
  supervised = await SupervisedProcess.start(optionsOf(script, more));
  return supervised;
}

describe("a start", () => {
  it("is over when all sockets listen, and gives the process the environment that was meant alone", async () => {
    let ready = 0;
    await start(`${LISTENS} console.log(Object.keys(process.env).join()); console.error("and this")`, {
      env: { PATH: process.env.PATH ?? "", GIVEN: "1" },
      onReady: () => {
        ready += 1;
      },
    });
    expect(ready).toBe(1);
    await expect.poll(() => [...logged].sort(), EVENTUALLY).toEqual(["PATH,GIVEN", "and this"]);
  });

  it("fails with what the process says when it ends before, and leaves nothing behind", async () => {
    const failed = SupervisedProcess.start(optionsOf('console.error("no such thing"); process.exit(3)'));
    await expect(failed).rejects.toThrow("the process did not start:\nno such thing");
    expect(told).toEqual([]);
  });

  it("fails where there is no such program", async () => {
    const failed = SupervisedProcess.start(optionsOf("", { command: join(folder, "nothing"), args: [] }));
    await expect(failed).rejects.toThrow(/nothing/);
  });
});

describe("a process that ends by itself", () => {
  it("is started again, after longer and longer pauses, each time prepared", async () => {
    const starts: number[] = [];
    const pids: number[] = [];
    let ends = 0;
    const options = {
      prepare: () => void starts.push(Date.now()),
      onStart: (pid: number) => void pids.push(pid),
      onEnd: () => {
        ends += 1;
      },
    };
    const one = await start(LISTENS, options);
    for (let count = 1; count <= 3; count += 1) {
      one.restart();
      await expect.poll(() => pids.length, EVENTUALLY).toBe(count + 1);
      await expect.poll(() => one.pid, EVENTUALLY).toBe(pids[count]);
    }
    expect(new Set(pids).size).toBe(4);
    expect(ends).toBe(3);
    expect(told).toEqual(Array(3).fill("the process ended (SIGKILL): it is started again"));
    const pauses = starts.slice(1).map((at, index) => at - (starts[index] ?? 0));
    // At least what it waits; a busy machine takes longer.
    expect([pauses[0] ?? 0, pauses[1] ?? 0, pauses[2] ?? 0].map((pause, n) => pause >= 100 * 2 ** n)).toEqual(
      [true, true, true],
    );
  });

  it("is tried again when what comes before a start fails", async () => {
    let fails = 0;
    const one = await start(LISTENS, {
      prepare: () => {
        if (told.length === 1) {
          fails += 1;
          throw new Error("the disk is full");
        }
      },
    });
    const first = one.pid;
    one.restart();
    await expect.poll(() => one.pid !== first && fails === 1, EVENTUALLY).toBe(true);
    expect(told).toEqual([
      "the process ended (SIGKILL): it is started again",
      "the process cannot be started (the disk is full): it is started again",
    ]);
  });

  it("is one at a time, also when it could not be noted whose it is", async () => {
    const pids: number[] = [];
    const one = await start(LISTENS, {
      onStart: (pid) => {
        pids.push(pid);
        if (pids.length === 2) throw new Error("the disk is full");
      },
    });
    one.restart();
    await expect.poll(() => pids.length, EVENTUALLY).toBe(3);
    expect(pids.filter(isThere)).toEqual([one.pid]);
    expect(told).toContain("the process cannot be kept (the disk is full)");
  });

  it("is not started again once it was stopped, also in a pause", async () => {
    let starts = 0;
    const one = await start(LISTENS, {
      prepare: () => {
        starts += 1;
      },
    });
    one.restart();
    await expect.poll(() => told.length, EVENTUALLY).toBe(1);
    await one.stop();
    expect(starts).toBe(1);
    expect(told).toHaveLength(1);
  });
});

describe("stopping", () => {
  it("does not wait for one that goes on", async () => {
    const one = await start(`process.on("SIGTERM", () => {}); ${LISTENS}`);
    const pid = one.pid ?? 0;
    const began = performance.now();
    await one.stop();
    expect(isThere(pid)).toBe(false);
    expect(performance.now() - began).toBeGreaterThan(900);
  });

  it("lets one end that does so by itself", async () => {
    const said = join(folder, "said");
    const script = `process.on("SIGTERM", () => { require("node:fs").writeFileSync(${JSON.stringify(said)}, "bye"); process.exit(0); }); ${LISTENS}`;
    await (await start(script)).stop();
    expect(readFileSync(said, "utf8")).toBe("bye");
  });
});

describe("whoever started it", () => {
  /** A process that supervises another, and says its id. */
  async function supervisor(end: string): Promise<{ readonly child: ChildProcess; readonly pid: number }> {
    const script = join(folder, "supervisor.ts");
    writeFileSync(
      script,
      `import { SupervisedProcess } from ${JSON.stringify(join(import.meta.dirname, "supervised-process.ts"))};
       const one = await SupervisedProcess.start({ name: "it", command: process.execPath, args: ["-e", ${JSON.stringify(LISTENS)}],
         env: { PATH: process.env.PATH ?? "" }, sockets: ["a", "b"], prepare: () => {}, tell: () => {} });
       console.log(one.pid);
       ${end}`,
    );
    const child = spawn(process.execPath, [script], { stdio: ["ignore", "pipe", "inherit"] });
    const [said] = await once(child.stdout, "data");
    return { child, pid: Number(String(said)) };
  }

  it.skipIf(process.platform !== "linux")("takes it along when it is killed outright", async () => {
    const { child, pid } = await supervisor("setInterval(() => {}, 1000);");
    expect(isThere(pid)).toBe(true);
    child.kill("SIGKILL");
    await expect.poll(() => isThere(pid), EVENTUALLY).toBe(false);
  });

  it("takes it along when it ends without stopping it", async () => {
    const { pid } = await supervisor("process.exit(1);");
    await expect.poll(() => isThere(pid), EVENTUALLY).toBe(false);
  });
});
