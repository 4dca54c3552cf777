/** `npm run bench`: every figure beside the unavoidable part, in one run. */
import { commands } from "./cases/commands.ts";
import type { Comparison } from "./compare.ts";
import { startTarget } from "./target.ts";

function show({ name, ratio, ratios, goal, product, bare }: Comparison): void {
  const verdict = ratio >= goal ? "met" : "missed";
  console.log(`${name}`);
  console.log(
    `  ratio ${ratio.toFixed(2)} (goal ${goal}, ${verdict}; rounds ${ratios.map((r) => r.toFixed(2)).join(" ")})`,
  );
  for (const [label, result] of [
    ["product", product],
    ["bare", bare],
  ] as const) {
    console.log(
      `  ${label.padEnd(8)}${result.rate.toFixed(0).padStart(7)}/s  p50 ${result.p50.toFixed(1)}  p95 ${result.p95.toFixed(1)}  p99 ${result.p99.toFixed(1)} ms`,
    );
  }
}

const target = await startTarget();
try {
  show(await commands(target, 1, 3));
  show(await commands(target, 1000, 3));
} finally {
  await target.stop();
}
