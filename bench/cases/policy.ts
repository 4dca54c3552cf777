/** A large cluster payload through its policy, inside the Worker: validation, and all that follows from it. */
import { Agent } from "node:http";
import { largeClusterPayload } from "../large-cluster.ts";
import { fire, percentile } from "../load.ts";
import type { Target } from "../target.ts";

const BYTES = 200_000;
/** Runs in one request: a Worker's clock stands still while it computes, so time is taken outside. */
const RUNS = 50;
const ROUNDS = 12;

export interface PolicyTime {
  readonly bytes: number;
  /** Milliseconds of one run, of the rounds. */
  readonly median: number;
  readonly worst: number;
}

export async function policy(target: Target): Promise<PolicyTime> {
  const agent = new Agent({ keepAlive: true });
  const body = largeClusterPayload(BYTES);
  const time = async (runs: number) => {
    const started = performance.now();
    const { status, body: text } = await fire(agent, target.url, {
      method: "POST",
      path: `/api/bench/policy?runs=${runs}`,
      body,
    });
    if (status !== 200 || text !== String(runs)) throw new Error(`the policy refused: ${status} ${text}`);
    return performance.now() - started;
  };
  await time(RUNS);
  const times: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const nothing = await time(0);
    times.push(((await time(RUNS)) - nothing) / RUNS);
  }
  agent.destroy();
  times.sort((one, other) => one - other);
  return {
    bytes: Buffer.byteLength(body),
    median: percentile(times, 0.5),
    worst: times.at(-1) ?? Number.NaN,
  };
}
