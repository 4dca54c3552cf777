/** The parts of the bench: each measures, and says what it found. */

import { budgets } from "./budget.ts";
import { evaluations } from "./cases/checks.ts";
import { commands } from "./cases/commands.ts";
import { HOSTS as COST_HOSTS, cost } from "./cases/cost.ts";
import { counts } from "./cases/counts.ts";
import { executions } from "./cases/executions.ts";
import { front } from "./cases/front.ts";
import { GOAL as HOSTILE_GOAL, hostile } from "./cases/hostile.ts";
import { arrival, steady } from "./cases/landscape.ts";
import { latency } from "./cases/latency.ts";
import { besidePeer } from "./cases/peer.ts";
import { policy } from "./cases/policy.ts";
import { relay } from "./cases/relay.ts";
import { unchanged } from "./cases/unchanged.ts";
import { waking } from "./cases/waking.ts";
import { webhooks } from "./cases/webhooks.ts";
import { startPeer } from "./peers/emmett.ts";
import type { Report } from "./report.ts";
import { fillLog, type Target } from "./target.ts";

type Part = (target: Target, report: Report) => Promise<void>;

/** Of one round of load. */
export const SECONDS = Number(process.env.BENCH_SECONDS ?? 3);
const LATENCY_GOAL = 300;
const WAKING_GOAL = 2;
const POLICY_GOAL = 10;
const EVALUATIONS_GOAL = 100;

async function measureWaking(target: Target, report: Report): Promise<void> {
  const { ratio, long, short } = await waking(target);
  const name = "waking a stream of 10,000 events, against one of 10";
  report.title(name);
  const goal = report.goal(name, ratio <= WAKING_GOAL, `at most ${WAKING_GOAL}`);
  report.line(`ratio ${ratio.toFixed(2)} (${goal})`);
  report.line(`long ${long.toFixed(2)} ms, short ${short.toFixed(2)} ms`);
}

async function measureLatency(target: Target, report: Report): Promise<void> {
  const { p50, p95, p99, messages } = await latency(target, 50, 20);
  const name = "from commit to a message on a client's socket, at 50 events a second";
  report.title(name);
  report.line(`p50 ${p50} p95 ${p95} p99 ${p99} ms of ${messages} messages`);
  report.line(`(${report.goal(name, p95 < LATENCY_GOAL, `p95 below ${LATENCY_GOAL}`)})`);
}

async function measureUnchanged(target: Target, report: Report): Promise<void> {
  for (const silence of await unchanged(target, SECONDS)) {
    report.comparison(silence);
    const { rows, messages, alarms } = silence;
    report.line(
      `rows written ${rows}, queue messages ${messages} (goal 0 and 0); alarms of the watch ${alarms}`,
    );
  }
}

async function measurePolicy(target: Target, report: Report): Promise<void> {
  const { bytes, median, worst } = await policy(target);
  const name = `a cluster payload of ${Math.round(bytes / 1000)} KB through its policy`;
  report.title(name);
  const goal = report.goal(name, median < POLICY_GOAL, `below ${POLICY_GOAL}`);
  report.line(`median ${median.toFixed(1)} ms, worst round ${worst.toFixed(1)} ms (${goal})`);
}

async function measureLandscape(target: Target, report: Report): Promise<void> {
  const { hosts, discoveries, product, bare, seconds, found, expected } = await arrival(target);
  report.title(`a landscape of ${hosts} hosts from empty to settled: ${discoveries} discoveries`);
  report.line(
    `${product.rate.toFixed(0)} discoveries a second (p50 ${product.p50.toFixed(1)}, p99 ${product.p99.toFixed(1)} ms)`,
  );
  report.line(
    `ratio ${(product.rate / bare.rate).toFixed(2)} to one row for each (${bare.rate.toFixed(0)}/s)`,
  );
  report.line(`settled after ${seconds.toFixed(1)} s`);
  const rows = Object.entries(expected).map(([name, count]) => `${name} ${found[name]} of ${count}`);
  report.line(rows.join(", "));
  report.title("");
  const unchangedAll = await steady(target, SECONDS);
  report.comparison(unchangedAll);
  report.line(`rows written ${unchangedAll.rows}, queue messages ${unchangedAll.messages} (goal 0 and 0)`);
}

async function measureChecks(_target: Target, report: Report): Promise<void> {
  const { evaluations: count, checks, targets, median, worst, first } = await evaluations();
  const name = `${count} evaluations in one execution: ${checks} checks on ${targets} targets`;
  report.title(name);
  const goal = report.goal(name, median < EVALUATIONS_GOAL, `below ${EVALUATIONS_GOAL}`);
  report.line(
    `median ${median.toFixed(1)} ms, worst round ${worst.toFixed(1)} ms (${goal}); the first, with loading and compiling, ${first.toFixed(1)} ms`,
  );
}

async function measureExecutions(target: Target, report: Report): Promise<void> {
  const { executions: count, rate, p50, p99 } = await executions(target);
  report.title(`${count} executions at once, of 30 checks on 2 hosts each`);
  report.line(
    `${rate.toFixed(1)} executions a second; from the last fact to the result p50 ${p50} p99 ${p99} ms`,
  );
}

async function measureCost(target: Target, report: Report): Promise<void> {
  const { units, direct, relayed, alarmsPerSecond, relayedAlarmsPerSecond } = await cost(target, (step) =>
    report.line(`... ${step}`),
  );
  const name = `what the agents of ${COST_HOSTS} hosts cost a month (30 days), while nothing changes`;
  report.title(name);
  for (const [unitName, unit] of Object.entries(units)) {
    const figures = Object.entries(unit).map(([field, value]) => `${field} ${value.toFixed(3)}`);
    report.line(`one ${unitName}: ${figures.join(", ")}`);
  }
  report.line(
    `alarms of the watch: ${alarmsPerSecond.toFixed(2)} a second, ${relayedAlarmsPerSecond.toFixed(2)} through a relay`,
  );
  for (const [way, bill] of Object.entries({ direct, relayed })) {
    const { requests, calls, rowsWritten, rowsRead, processor, dollars } = bill;
    const millions = (value: number) => `${(value / 1_000_000).toFixed(2)} M`;
    report.line(
      `${way}: ${millions(requests)} requests, ${millions(calls)} calls of objects, ${millions(rowsWritten)} rows written, ${millions(rowsRead)} read, ${Math.round(processor)} s of processor: ${dollars.toFixed(2)} dollars`,
    );
  }
  const ratio = relayed.dollars / direct.dollars;
  report.line(`ratio ${ratio.toFixed(4)} (${report.goal(name, ratio <= 0.01, "at most 0.01")})`);
}

async function measureCounts(target: Target, report: Report): Promise<void> {
  report.title("what four of each ask of the platform, and the budget of each");
  const all = await counts(target);
  for (const [name, budget] of Object.entries(budgets)) {
    const found = Object.entries(all[name] ?? {});
    const most = new Map<string, number>(Object.entries(budget));
    const isMet = found.length > 0 && found.every(([what, count]) => count <= (most.get(what) ?? 0));
    const figures = found.map(([what, count]) => `${what} ${count} of ${most.get(what)}`).join(", ");
    report.line(`${name}: ${figures} (${report.goal(name, isMet, "within the budget")})`);
  }
}

async function measureWebhooks(target: Target, report: Report): Promise<void> {
  const { alive, withDead, rateRatio, p95Ratio } = await webhooks(target);
  const name = "50 events a second to 20 endpoints, of which 19 are looked at";
  report.title(name);
  for (const [which, one] of Object.entries({ "all alive": alive, "one dead": withDead })) {
    report.line(
      `${which}: ${one.deliveries} of ${one.expected} deliveries, ${one.rate.toFixed(0)} a second, p50 ${one.p50} p95 ${one.p95} ms`,
    );
  }
  const goal = report.goal(name, rateRatio >= 0.9, "at least 0.9");
  report.line(`ratio of rates ${rateRatio.toFixed(2)} (${goal}), of p95 ${p95Ratio.toFixed(2)}`);
}

async function measureHostile(target: Target, report: Report): Promise<void> {
  const { server, signIn } = target;
  report.title("heartbeats while people, checks, catalogues and facts do their worst");
  await hostile({
    // As everybody reaches it: what stands before the runtime is part of what is measured.
    door: { url: server.url, signIn, apiKey: server.apiKey },
    log: (entries) => fillLog(target, entries),
    tell: ({ name, p50, p99, worst, beats, failed, took, outcome }) => {
      const waits = `p99 ${p99.toFixed(0)} ms (p50 ${p50.toFixed(1)}, worst ${worst.toFixed(0)}, of ${beats}, ${failed} failed)`;
      const isMet = p99 < HOSTILE_GOAL && failed === 0;
      report.line(
        `${name}: ${waits}; ${report.goal(name, isMet, `below ${HOSTILE_GOAL} ms and none failed`)}`,
      );
      report.line(`  done after ${(took / 1000).toFixed(1)} s: ${outcome.slice(0, 120)}`);
    },
  });
}

async function measureRelay(target: Target, report: Report): Promise<void> {
  const result = await relay(target);
  if (result === null) return report.title("the relay: left out, since there is no broker");
  const { bare, incoming, incomingAlone, outgoing } = result;
  const ratio = (rate: number) => `${rate.toFixed(0)} a second, ratio ${(rate / bare).toFixed(2)}`;
  report.title(
    `messages through a relay, against bare publishing and consuming (${bare.toFixed(0)} a second)`,
  );
  report.line(`from the broker to the edge: ${ratio(incoming)}`);
  report.line(`from the broker to an edge that does nothing: ${ratio(incomingAlone)}`);
  report.line(`from the edge to the broker: ${ratio(outgoing)}`);
}

async function measureBesidePeer(target: Target, report: Report): Promise<void> {
  const peer = await startPeer();
  if (peer === null)
    return report.title("Emmett and PostgreSQL: left out, since PostgreSQL is not installed");
  try {
    for (const hosts of [1, 1_000]) {
      const beside = await besidePeer(target, peer, hosts, SECONDS);
      report.comparison(beside);
      report.line(`(bare: Emmett and PostgreSQL, which has written the read model when it answers)`);
      report.line(`${beside.shownRate.toFixed(0)}/s of the product until the read model shows all of them`);
    }
  } finally {
    await peer.stop();
  }
}

export const parts: Readonly<Record<string, Part>> = {
  checks: measureChecks,
  executions: measureExecutions,
  policy: measurePolicy,
  waking: measureWaking,
  latency: measureLatency,
  landscape: measureLandscape,
  unchanged: measureUnchanged,
  hostile: measureHostile,
  webhooks: measureWebhooks,
  relay: measureRelay,
  cost: measureCost,
  counts: measureCounts,
  peer: measureBesidePeer,
  front: async (target, report) => report.comparison(await front(target, SECONDS)),
  one: async (target, report) => report.comparison(await commands(target, 1, SECONDS)),
  many: async (target, report) => report.comparison(await commands(target, 1000, SECONDS)),
};
