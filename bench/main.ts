/** `npm run bench`: every figure beside the unavoidable part, in one run. */
import { availableParallelism } from "node:os";
import { evaluations } from "./cases/checks.ts";
import { commands } from "./cases/commands.ts";
import { HOSTS as COST_HOSTS, cost } from "./cases/cost.ts";
import { executions } from "./cases/executions.ts";
import { front } from "./cases/front.ts";
import { GOAL as HOSTILE_GOAL, hostile } from "./cases/hostile.ts";
import { arrival, steady } from "./cases/landscape.ts";
import { latency } from "./cases/latency.ts";
import { policy } from "./cases/policy.ts";
import { relay } from "./cases/relay.ts";
import { unchanged } from "./cases/unchanged.ts";
import { waking } from "./cases/waking.ts";
import { webhooks } from "./cases/webhooks.ts";
import type { Comparison } from "./compare.ts";
import { fillLog, startTarget, type Target } from "./target.ts";

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
const POLICY_GOAL = 10;
const EVALUATIONS_GOAL = 100;
const met = (good: boolean) => (good ? "met" : "missed");

async function showWaking(target: Target): Promise<void> {
  const { ratio, long, short } = await waking(target);
  console.log("waking a stream of 10,000 events, against one of 10");
  console.log(`  ratio ${ratio.toFixed(2)} (goal at most ${WAKING_GOAL}, ${met(ratio <= WAKING_GOAL)})`);
  console.log(`  long ${long.toFixed(2)} ms, short ${short.toFixed(2)} ms`);
}

async function showLatency(target: Target): Promise<void> {
  const { p50, p95, p99, messages } = await latency(target, 50, 20);
  console.log("from commit to a message on a client's socket, at 50 events a second");
  console.log(`  p50 ${p50} p95 ${p95} p99 ${p99} ms of ${messages} messages`);
  console.log(`  (goal p95 below ${LATENCY_GOAL}, ${met(p95 < LATENCY_GOAL)})`);
}

async function showUnchanged(target: Target): Promise<void> {
  for (const silence of await unchanged(target, SECONDS)) {
    show(silence);
    const { rows, messages, alarms } = silence;
    console.log(
      `  rows written ${rows}, queue messages ${messages} (goal 0 and 0); alarms of the watch ${alarms}`,
    );
  }
}

async function showPolicy(target: Target): Promise<void> {
  const { bytes, median, worst } = await policy(target);
  console.log(`a cluster payload of ${Math.round(bytes / 1000)} KB through its policy`);
  console.log(
    `  median ${median.toFixed(1)} ms, worst round ${worst.toFixed(1)} ms (goal below ${POLICY_GOAL}, ${met(median < POLICY_GOAL)})`,
  );
}

async function showLandscape(target: Target): Promise<void> {
  const { hosts, discoveries, product, bare, seconds, found, expected } = await arrival(target);
  console.log(`a landscape of ${hosts} hosts from empty to settled: ${discoveries} discoveries`);
  console.log(
    `  ${product.rate.toFixed(0)} discoveries a second (p50 ${product.p50.toFixed(1)}, p99 ${product.p99.toFixed(1)} ms)`,
  );
  console.log(
    `  ratio ${(product.rate / bare.rate).toFixed(2)} to one row for each (${bare.rate.toFixed(0)}/s)`,
  );
  console.log(`  settled after ${seconds.toFixed(1)} s`);
  const rows = Object.entries(expected).map(([name, count]) => `${name} ${found[name]} of ${count}`);
  console.log(`  ${rows.join(", ")}`);
  console.log("");
  const unchangedAll = await steady(target, SECONDS);
  show(unchangedAll);
  console.log(`  rows written ${unchangedAll.rows}, queue messages ${unchangedAll.messages} (goal 0 and 0)`);
}

async function showChecks(): Promise<void> {
  const { evaluations: count, checks, targets, median, worst, first } = await evaluations();
  console.log(`${count} evaluations in one execution: ${checks} checks on ${targets} targets`);
  console.log(
    `  median ${median.toFixed(1)} ms, worst round ${worst.toFixed(1)} ms (goal below ${EVALUATIONS_GOAL}, ${met(median < EVALUATIONS_GOAL)}); the first, with loading and compiling, ${first.toFixed(1)} ms`,
  );
}

async function showExecutions(target: Target): Promise<void> {
  const { executions: count, rate, p50, p99 } = await executions(target);
  console.log(`${count} executions at once, of 30 checks on 2 hosts each`);
  console.log(
    `  ${rate.toFixed(1)} executions a second; from the last fact to the result p50 ${p50} p99 ${p99} ms`,
  );
}

async function showCost(target: Target): Promise<void> {
  const { units, direct, relayed, alarmsPerSecond, relayedAlarmsPerSecond } = await cost(target, (step) =>
    console.log(`  ... ${step}`),
  );
  console.log(`what the agents of ${COST_HOSTS} hosts cost a month (30 days), while nothing changes`);
  for (const [name, unit] of Object.entries(units)) {
    const figures = Object.entries(unit).map(([field, value]) => `${field} ${value.toFixed(3)}`);
    console.log(`  one ${name}: ${figures.join(", ")}`);
  }
  console.log(
    `  alarms of the watch: ${alarmsPerSecond.toFixed(2)} a second, ${relayedAlarmsPerSecond.toFixed(2)} through a relay`,
  );
  for (const [name, bill] of Object.entries({ direct, relayed })) {
    const { requests, calls, rowsWritten, rowsRead, processor, dollars } = bill;
    const millions = (value: number) => `${(value / 1_000_000).toFixed(2)} M`;
    console.log(
      `  ${name}: ${millions(requests)} requests, ${millions(calls)} calls of objects, ${millions(rowsWritten)} rows written, ${millions(rowsRead)} read, ${Math.round(processor)} s of processor: ${dollars.toFixed(2)} dollars`,
    );
  }
  const ratio = relayed.dollars / direct.dollars;
  console.log(`  ratio ${ratio.toFixed(4)} (goal at most 0.01, ${met(ratio <= 0.01)})`);
}

async function showWebhooks(target: Target): Promise<void> {
  const { alive, withDead, rateRatio, p95Ratio } = await webhooks(target);
  console.log("50 events a second to 20 endpoints, of which 19 are looked at");
  for (const [name, one] of Object.entries({ "all alive": alive, "one dead": withDead })) {
    console.log(
      `  ${name}: ${one.deliveries} of ${one.expected} deliveries, ${one.rate.toFixed(0)} a second, p50 ${one.p50} p95 ${one.p95} ms`,
    );
  }
  console.log(
    `  ratio of rates ${rateRatio.toFixed(2)} (goal at least 0.9, ${met(rateRatio >= 0.9)}), of p95 ${p95Ratio.toFixed(2)}`,
  );
}

async function showHostile(target: Target): Promise<void> {
  const { token, server } = target;
  console.log("heartbeats while people, checks, catalogues and facts do their worst");
  await hostile({
    // As everybody reaches it: what stands before the runtime is part of what is measured.
    door: { url: server.url, token, apiKey: server.apiKey },
    log: (entries) => fillLog(target, entries),
    tell: ({ name, p50, p99, worst, beats, failed, took, outcome }) => {
      const waits = `p99 ${p99.toFixed(0)} ms (p50 ${p50.toFixed(1)}, worst ${worst.toFixed(0)}, of ${beats}, ${failed} failed)`;
      const verdict = `goal below ${HOSTILE_GOAL} ms and none failed, ${met(p99 < HOSTILE_GOAL && failed === 0)}`;
      console.log(`  ${name}: ${waits}; ${verdict}`);
      console.log(`    done after ${(took / 1000).toFixed(1)} s: ${outcome.slice(0, 120)}`);
    },
  });
}

async function showRelay(target: Target): Promise<void> {
  const result = await relay(target);
  if (result === null) return console.log("the relay: left out, since there is no broker");
  const { bare, incoming, incomingAlone, outgoing } = result;
  const ratio = (rate: number) => `${rate.toFixed(0)} a second, ratio ${(rate / bare).toFixed(2)}`;
  console.log(
    `messages through a relay, against bare publishing and consuming (${bare.toFixed(0)} a second)`,
  );
  console.log(`  from the broker to the edge: ${ratio(incoming)}`);
  console.log(`  from the broker to an edge that does nothing: ${ratio(incomingAlone)}`);
  console.log(`  from the edge to the broker: ${ratio(outgoing)}`);
}

const parts: Readonly<Record<string, (target: Target) => Promise<void>>> = {
  checks: showChecks,
  executions: showExecutions,
  policy: showPolicy,
  waking: showWaking,
  latency: showLatency,
  landscape: showLandscape,
  unchanged: showUnchanged,
  hostile: showHostile,
  webhooks: showWebhooks,
  relay: showRelay,
  cost: showCost,
  front: async (target) => show(await front(target, SECONDS)),
  one: async (target) => show(await commands(target, 1, SECONDS)),
  many: async (target) => show(await commands(target, 1000, SECONDS)),
};

const asked = process.argv.slice(2);
const unknown = asked.find((name) => parts[name] === undefined);
if (unknown !== undefined) {
  console.error(`there is no part ${unknown}: choose from ${Object.keys(parts).join(", ")}`);
  process.exit(2);
}

console.log(`node ${process.version}, ${availableParallelism()} cores, ${SECONDS} s a round`);
for (const [name, measure] of Object.entries(parts)) {
  if (asked.length > 0 && !asked.includes(name)) continue;
  console.log("");
  // A server of its own for each: what one leaves to be done must not slow down the next.
  const target = await startTarget({ WEBHOOK_ALLOWED_HOSTS: "127.0.0.1" });
  try {
    await measure(target);
  } finally {
    await target.stop();
  }
}
