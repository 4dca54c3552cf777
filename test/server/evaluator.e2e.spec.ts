/** Scripts and catalogues that do their worst on a started server, and an evaluator that dies of them: nobody else waits, and results are right. */

import { execFileSync } from "node:child_process";
import { randomUUID } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { z } from "zod";
import { buildWorker } from "./built-worker.ts";
import { LandscapeServer } from "./landscape-server.ts";

const server = new LandscapeServer();
const folder = mkdtempSync(join(tmpdir(), "trento-edge-evaluator-"));
beforeAll(async () => {
  const bundle = await buildWorker("test/worker-that-stands-still.ts", folder);
  await server.start({ CHECKS_INTERVAL: "0" }, { bundle });
});
beforeEach(() => server.signIn());
afterAll(async () => {
  await server.end();
  rmSync(folder, { recursive: true, force: true });
});

const ENDLESS = "let x = 0; loop { x += 1; }";
const COMPARE = "let a = []; a.pad(9000, 1); for j in 0..100 { for k in 0..100 { if a == a { } } } true";
const CONTAINS = 'let s = "a"; for i in 0..17 { s += s; } for i in 0..200000 { s.contains("b"); } true';

function file(id: string, expressions: readonly string[], more = "") {
  const expectations = expressions.map(
    (expression, index) => `  - name: e${index}\n    expect: |\n      ${expression}\n`,
  );
  const content = `id: ${id}\nname: n\ngroup: g\ndescription: d\nremediation: r\n${more}facts:\n  - name: a\n    gatherer: hosts@v1\nexpectations:\n${expectations.join("")}`;
  return { name: `${id}.yaml`, content };
}

async function bringIn(name: string, files: readonly { name: string; content: string }[]) {
  const answer = await server.call("PUT", `/api/v1/checks/catalogues/${name}`, { files });
  return z
    .object({ checks: z.int(), defects: z.array(z.looseObject({ file: z.string(), message: z.string() })) })
    .parse(await answer.json());
}

/** What a script came to: a value, or the kind of its error. */
const evaluation = z
  .union([z.looseObject({ return_value: z.unknown() }), z.looseObject({ type: z.string() })])
  .transform((one) => ("return_value" in one ? one.return_value : one.type));
const shownSchema = z.object({
  status: z.string(),
  result: z.string().nullable(),
  check_results: z
    .array(
      z.object({
        check_id: z.string(),
        agents_check_results: z.array(z.object({ expectation_evaluations: z.array(evaluation) })),
      }),
    )
    .nullable(),
});
type Shown = z.infer<typeof shownSchema>;

/** An execution whose targets have all answered. */
async function start(checks: readonly string[], values: readonly number[]): Promise<string> {
  const [execution_id, group_id] = [randomUUID(), randomUUID()];
  const agents = values.map(() => randomUUID());
  const started = await server.call("POST", "/api/v2/checks/executions/start", {
    execution_id,
    group_id,
    targets: agents.map((agent_id) => ({ agent_id, checks })),
    env: {},
  });
  expect(started.status).toBe(202);
  for (const [index, agent_id] of agents.entries()) {
    const facts_gathered = checks.map((check_id) => ({ check_id, name: "a", value: values[index] }));
    const answer = await fetch(`${server.address.url}/api/v1/relays/facts`, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-Trento-ApiKey": server.address.apiKey },
      body: JSON.stringify({ execution_id, group_id, agent_id, facts_gathered }),
    });
    expect(answer.status).toBeLessThan(300);
  }
  return execution_id;
}

const read = (id: string) => server.get(`/api/v2/checks/executions/${id}`, shownSchema);

async function ended(id: string) {
  await expect
    .poll(async () => (await read(id)).status, { timeout: 90_000, interval: 100 })
    .toBe("completed");
  return read(id);
}

/** By check and target. */
function evaluations({ check_results }: Shown): Record<string, unknown[][]> {
  return Object.fromEntries(
    (check_results ?? []).map(({ check_id, agents_check_results: agents }) => [
      check_id,
      agents.map(({ expectation_evaluations }) => expectation_evaluations),
    ]),
  );
}

/** Heartbeats, ten a second, until the work is done; how long each waited. */
async function waitsBeside(work: Promise<unknown>): Promise<number[]> {
  const waits: number[] = [];
  const under: Promise<void>[] = [];
  const timer = setInterval(() => {
    const before = performance.now();
    under.push(
      server.beat(randomUUID()).then(() => {
        waits.push(performance.now() - before);
      }),
    );
  }, 100);
  await work.finally(() => clearInterval(timer));
  await Promise.all(under);
  return waits.sort((one, other) => one - other);
}

function p99(waits: readonly number[]): number {
  expect(waits.length).toBeGreaterThan(1);
  return waits[Math.floor(waits.length * 0.99)] ?? Number.NaN;
}

const evaluatorPid = () => {
  const pid = server.evaluatorPid;
  if (pid === undefined) throw new Error("there is no evaluator");
  return pid;
};

describe("the evaluator", () => {
  it("has less of the processor, no port, no secret, and nothing but its socket", () => {
    const pid = evaluatorPid();
    expect(execFileSync("ps", ["-o", "ni=", "-p", String(pid)], { encoding: "utf8" }).trim()).toBe("10");
    const environment = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0").filter(Boolean);
    expect(environment.map((one) => one.split("=")[0])).toEqual(["PATH"]);
    expect(readFileSync(`/proc/${pid}/cmdline`, "utf8")).toContain("evaluator.capnp");
  });
});

describe("heartbeats are answered, and results are right", () => {
  it("beside three executions that do their worst at once, and one that does not", async () => {
    const names = ["ENDLESS", "COMPARE", "CONTAINS", "SOUND"];
    await bringIn("hostile", [
      file("ENDLESS", [ENDLESS, "true"]),
      file("COMPARE", [COMPARE]),
      file("CONTAINS", [CONTAINS]),
      file("SOUND", ["facts.a == 1"]),
    ]);
    const ids = await Promise.all([
      ...[1, 2, 3].map(() =>
        start(
          names,
          Array.from({ length: 10 }, () => 1),
        ),
      ),
      start(["SOUND"], [1]),
    ]);
    const results = Promise.all(ids.map(ended));
    expect(p99(await waitsBeside(results))).toBeLessThan(1_000);
    const [hostile, , , sound] = await results;
    expect(sound?.result).toBe("passing");
    if (hostile === undefined) throw new Error("none was started");
    expect(evaluations(hostile)).toEqual({
      ENDLESS: Array.from({ length: 10 }, () => ["too_many_operations", true]),
      COMPARE: Array.from({ length: 10 }, () => ["too_many_operations"]),
      CONTAINS: Array.from({ length: 10 }, () => ["too_many_operations"]),
      SOUND: Array.from({ length: 10 }, () => [true]),
    });
  });

  it("beside a catalogue that is hard to read, filters that never end, and exclusions", async () => {
    const work = (async () => {
      const read = await bringIn("hostile", [
        file("SOUND", ["true"]),
        { name: "KEYS.yaml", content: "a: 1\n".repeat(49_000) },
        { name: "DEEP.yaml", content: "[".repeat(20_000) },
      ]);
      await bringIn(
        "filtered",
        Array.from({ length: 300 }, (_, index) =>
          file(`F${index}`, ["true"], index === 7 ? "" : `when: |\n  ${ENDLESS}\n`),
        ),
      );
      const shown = await server.get(
        "/api/v3/checks/catalog?target_type=host",
        z.object({ items: z.array(z.looseObject({ id: z.string() })) }),
      );
      return { read, ids: shown.items.map(({ id }) => id) };
    })();
    expect(p99(await waitsBeside(work))).toBeLessThan(1_000);
    const { read, ids } = await work;
    expect(read.checks).toBe(1);
    expect(read.defects.map(({ file: name }) => name)).toEqual(["DEEP.yaml", "KEYS.yaml"]);
    expect(ids).toContain("F7");
    expect(ids).not.toContain("F8");
  });
});

describe("an evaluator that dies", () => {
  it("in the middle costs a repetition: heartbeats go on, and results are right", async () => {
    await bringIn("hostile", [
      file(
        "SLOW",
        Array.from({ length: 99 }, () => COMPARE),
      ),
      file("SOUND", ["facts.a == 1"]),
    ]);
    const ids = await Promise.all([start(["SLOW", "SOUND"], [1]), start(["SOUND"], [1, 2])] as const);
    const before = evaluatorPid();
    process.kill(before, "SIGKILL");
    const results = Promise.all([ended(ids[0]), ended(ids[1])]);
    expect(p99(await waitsBeside(results))).toBeLessThan(1_000);
    const [slow, sound] = await results;
    expect(evaluations(slow)).toEqual({
      SLOW: [Array.from({ length: 99 }, () => "too_many_operations")],
      SOUND: [[true]],
    });
    expect(evaluations(sound)).toEqual({
      SOUND: expect.arrayContaining([[true], [false]]),
    });
    expect(evaluatorPid()).not.toBe(before);
  });

  it("of a script that no limit stops is tried twice: then its check took too long, and no other", async () => {
    await bringIn("hostile", [
      file("STILL", ['"expectations stand still" == ""', "true"]),
      file("SOUND", ["facts.a == 1"]),
    ]);
    const before = evaluatorPid();
    const result = start(["STILL", "SOUND"], [1]).then(ended);
    expect(p99(await waitsBeside(result))).toBeLessThan(1_000);
    expect(evaluations(await result)).toEqual({
      STILL: [["took_too_long", "took_too_long"]],
      SOUND: [[true]],
    });
    expect(evaluatorPid()).not.toBe(before);
    expect((await ended(await start(["SOUND"], [1]))).result).toBe("passing");
  });

  it("of a file is tried twice: then it is a defect, and the others are brought in", async () => {
    const read = bringIn("hostile", [
      file("STILL", ['"files stand still" == ""']),
      file("SOUND", ["facts.a == 1"]),
    ]);
    expect(p99(await waitsBeside(read))).toBeLessThan(1_000);
    expect(await read).toMatchObject({
      checks: 1,
      defects: [{ file: "STILL.yaml", message: "Reading the file took too long, and was given up" }],
    });
  });
});
