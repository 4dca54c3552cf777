/** `npm run simulate:seeds -- landscape --seed 1 --count 100`: plays seeds, and says which failed (README.md). */
import { parseArgs } from "node:util";
import { tell } from "./globals.ts";
import { isScenario, runSeed, type Scenario, shrink } from "./seed.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: "string", default: "1" },
    count: { type: "string", default: "1" },
    seconds: { type: "string" },
    trace: { type: "boolean", default: false },
    twice: { type: "boolean", default: false },
    first: { type: "boolean", default: false },
    shrink: { type: "boolean", default: false },
  },
});

function wanted(name: string): Scenario {
  if (isScenario(name)) return name;
  tell(`there is no scenario ${name}: counter or landscape`);
  return process.exit(2);
}

const scenario = wanted(positionals[0] ?? "counter");

const began = performance.now();
const first = Number(values.seed);
const totals = new Map<string, number>();
let [seeds, steps, failed] = [0, 0, 0];

for (let seed = first; seed < first + Number(values.count); seed += 1) {
  const result = await runSeed(scenario, seed, values.trace ? tell : null);
  seeds += 1;
  steps += result.steps;
  for (const [what, times] of result.counts) totals.set(what, (totals.get(what) ?? 0) + times);
  if (values.twice) {
    const again = await runSeed(scenario, seed, null);
    if (again.digest !== result.digest) {
      failed += 1;
      tell(`seed ${seed} is not repeatable: ${result.digest} ${again.digest}`);
    }
  }
  const [problem] = result.problems;
  if (problem !== undefined) {
    failed += 1;
    const said = result.problems.slice(0, 3).join(" | ").slice(0, 500);
    tell(`seed ${seed} (${result.digest}, ${result.steps} steps): ${said}`);
    if (values.shrink) {
      const needed = await shrink(scenario, seed, problem);
      tell(`  needs only: ${needed.join(", ") || "no fault at all"}`);
    }
    if (values.first) break;
  }
  if (values.seconds !== undefined && performance.now() - began > Number(values.seconds) * 1_000) break;
}

const seconds = (performance.now() - began) / 1_000;
tell(
  `${scenario} from seed ${first}: ${seeds} seeds, ${failed} failed, ${steps} steps, ${seconds.toFixed(1)} s`,
);
const sorted = [...totals].map(([what, times]) => `${what}: ${times}`).sort();
tell(sorted.join(", "));
process.exit(failed === 0 ? 0 : 1);
