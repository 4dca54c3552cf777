/** A short run of the simulation; and that it finds what is planted. More: `npm run simulate:seeds`. */
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const run = promisify(execFile);
const folder = import.meta.dirname;
/** Milliseconds: the machine may be busy. */
const PATIENCE = 300_000;

interface Ended {
  readonly code: number;
  readonly said: string;
}

/** In a process of its own: modules are changed as they are loaded. */
async function simulate(args: readonly string[], plant?: string): Promise<Ended> {
  const all = ["--import", join(folder, "hooks.ts"), join(folder, "run.ts"), ...args];
  const env = { ...process.env, ...(plant === undefined ? {} : { PLANT: plant }) };
  try {
    const { stdout } = await run(process.execPath, all, { env });
    return { code: 0, said: stdout };
  } catch (error) {
    if (!(error instanceof Error) || !("code" in error) || !("stdout" in error)) throw error;
    return { code: Number(error.code), said: String(error.stdout) };
  }
}

describe("the product, whatever goes wrong", () => {
  it.each([
    ["counter", "1", "15"],
    ["landscape", "1", "3"],
    // One that has failed once.
    ["landscape", "27", "1"],
  ])("holds: %s from seed %s on, %s seeds", { timeout: PATIENCE }, async (scenario, seed, count) => {
    const { code, said } = await simulate([scenario, "--seed", seed, "--count", count]);
    console.log(said.split("\n")[0]);
    expect(said).toContain(`${scenario} from seed ${seed}: ${count} seeds, 0 failed`);
    expect(code).toBe(0);
  });

  it("and the same seed is played the same again", { timeout: PATIENCE }, async () => {
    const { said } = await simulate(["landscape", "--seed", "3", "--count", "1", "--twice"]);
    expect(said).toContain("1 seeds, 0 failed");
  });
});

describe("a planted fault is found", () => {
  /** From which seed on it is looked for, so that it is found soon. */
  it.each([
    ["no-resend", "counter", "1"],
    ["no-guard", "counter", "1"],
    ["no-gap-read", "counter", "1"],
    ["no-idempotency", "counter", "1"],
    ["no-idempotency-at-all", "counter", "1"],
    ["outbox-later", "counter", "1"],
    ["same-time", "counter", "80"],
    ["ack-first", "counter", "1"],
    ["send-first", "counter", "1"],
    ["two-batches", "landscape", "1"],
    ["checkpoint-first", "landscape", "12"],
  ])("%s", { timeout: PATIENCE }, async (plant, scenario, seed) => {
    const { code, said } = await simulate([scenario, "--seed", seed, "--count", "60", "--first"], plant);
    expect(said).toMatch(/^seed \d+ /);
    expect(code).toBe(1);
  });
});
