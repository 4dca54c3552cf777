/** `npm run bench`: every figure beside the unavoidable part, in one run. */
import { availableParallelism } from "node:os";
import { commands } from "./cases/commands.ts";
import { latency } from "./cases/latency.ts";
import { unchanged } from "./cases/unchanged.ts";
import { waking } from "./cases/waking.ts";
import type { Comparison } from "./compare.ts";
import { settled, startTarget } from "./target.ts";

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

const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const LATENCY_GOAL = 300;
const WAKING_GOAL = 2;
const met = (good: boolean) => (good ? "met" : "missed");

console.log(`node ${process.version}, ${availableParallelism()} cores, ${SECONDS} s a round\n`);
const target = await startTarget();
try {
  const woken = await waking(target);
  console.log("waking a stream of 10,000 events, against one of 10");
  console.log(
    `  ratio ${woken.ratio.toFixed(2)} (goal at most ${WAKING_GOAL}, ${met(woken.ratio <= WAKING_GOAL)})`,
  );
  console.log(`  long ${woken.long.toFixed(2)} ms, short ${woken.short.toFixed(2)} ms\n`);

  const socket = await latency(target, 50, 20);
  console.log("from commit to a message on a client's socket, at 50 events a second");
  console.log(
    `  p50 ${socket.p50} p95 ${socket.p95} p99 ${socket.p99} ms of ${socket.messages} messages (goal p95 below ${LATENCY_GOAL}, ${met(socket.p95 < LATENCY_GOAL)})\n`,
  );

  for (const silence of await unchanged(target, SECONDS)) {
    show(silence);
    const { rows, messages, alarms } = silence;
    console.log(
      `  rows written ${rows}, queue messages ${messages} (goal 0 and 0); alarms of the watch ${alarms}\n`,
    );
  }
  await settled(target);
  show(await commands(target, 1, SECONDS));
  await settled(target);
  show(await commands(target, 1000, SECONDS));
} finally {
  await target.stop();
}
