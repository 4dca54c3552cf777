/** Waking a stream of 10,000 events, against one of 10. */
import { Agent } from "node:http";
import { hostId, registerCommand } from "../hosts.ts";
import { fire, load } from "../load.ts";
import { median } from "../median.ts";
import type { Target } from "../target.ts";

const SHORT = { id: hostId(30_000), index: 30_000, events: 10 };
const LONG = { id: hostId(30_001), index: 30_001, events: 10_000 };
const ROUNDS = 40;

export interface Waking {
  /** Milliseconds, medians of the whole request. */
  readonly short: number;
  readonly long: number;
  readonly ratio: number;
}

export async function waking(target: Target): Promise<Waking> {
  const { url } = target;
  for (const { id, index, events } of [SHORT, LONG]) {
    await load({
      url,
      connections: 8,
      requests: events,
      expected: { status: 200, body: '"accepted"' },
      shot: (n) => ({
        method: "POST",
        path: `/api/bench/command?id=${id}`,
        body: JSON.stringify(
          n === 0
            ? registerCommand(index)
            : { type: "SelectHostChecks", data: { host_id: id, checks: [String(n)] } },
        ),
      }),
    });
  }
  const agent = new Agent({ keepAlive: true });
  const wake = async ({ id, events }: typeof SHORT): Promise<number> => {
    await fire(agent, url, { method: "POST", path: `/api/bench/stop?id=${id}` });
    const before = performance.now();
    const { body } = await fire(agent, url, { method: "GET", path: `/api/bench/wake?id=${id}` });
    const took = performance.now() - before;
    if (Number(body) !== events) throw new Error(`the stream woke with ${body} events instead of ${events}`);
    return took;
  };
  const times = { short: [] as number[], long: [] as number[] };
  for (let round = 0; round < ROUNDS; round += 1) {
    times.short.push(await wake(SHORT));
    times.long.push(await wake(LONG));
  }
  agent.destroy();
  const [short, long] = [median(times.short), median(times.long)];
  return { short, long, ratio: long / short };
}
