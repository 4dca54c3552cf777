/** Runs one seed of a scenario. */
import { CounterSystem, playCounter } from "./counter.ts";
import { enter } from "./globals.ts";
import { playLandscape } from "./landscape/index.ts";
import { LandscapeSystem } from "./landscape/system.ts";
import { resetModules, type System } from "./system.ts";
import { type Faults, NO_FAULTS } from "./world.ts";

type Tell = ((line: string) => void) | null;

/** What a seed is run with. */
interface Run {
  readonly system: System;
  play(): Promise<void>;
}

const scenarios = {
  counter: (seed: number, tell: Tell): Run => {
    const system = new CounterSystem(seed, tell);
    return { system, play: () => playCounter(system) };
  },
  landscape: (seed: number, tell: Tell): Run => {
    const system = new LandscapeSystem(seed, tell);
    return { system, play: () => playLandscape(system) };
  },
};
export type Scenario = keyof typeof scenarios;

export function isScenario(name: string): name is Scenario {
  return Object.hasOwn(scenarios, name);
}

export interface SeedResult {
  readonly problems: readonly string[];
  readonly digest: string;
  readonly steps: number;
  readonly counts: ReadonlyMap<string, number>;
}

let running: System | null = null;
process.on("unhandledRejection", (error: unknown) => {
  running?.world.problem(`nobody handled: ${error instanceof Error ? error.message : error}`);
});

/** @param without kinds of faults that are left out */
export async function runSeed(
  scenario: Scenario,
  seed: number,
  tell: Tell,
  without: readonly (keyof Faults)[] = [],
): Promise<SeedResult> {
  const { system, play } = scenarios[scenario](seed, tell);
  system.without = without;
  running = system;
  enter(system.world);
  resetModules();
  try {
    await play();
  } catch (error) {
    system.world.problem(`the scenario threw: ${error instanceof Error ? error.stack : error}`);
  }
  const { problems, steps, counts } = system.world;
  const digest = system.world.digest();
  system.close();
  return { problems, digest, steps, counts };
}

const kinds = Object.keys(NO_FAULTS).filter((name): name is keyof Faults => name in NO_FAULTS);

/** Leaves out one kind of fault after the other, as long as the same thing goes wrong. @returns those that it needs */
export async function shrink(
  scenario: Scenario,
  seed: number,
  problem: string,
): Promise<readonly (keyof Faults)[]> {
  const alike = (one: string) => one.replace(/[0-9a-f-]{36}|\d+/g, "").slice(0, 40);
  let without: readonly (keyof Faults)[] = [];
  for (const name of kinds) {
    const { problems } = await runSeed(scenario, seed, null, [...without, name]);
    if (problems.some((one) => alike(one) === alike(problem))) without = [...without, name];
  }
  return kinds.filter((name) => !without.includes(name));
}
