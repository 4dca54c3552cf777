/** Many executions at once: from the last fact to the result, over the agents' sockets. */
import { randomUUID } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { Fact } from "../../checks/facts.ts";
import { FactSocket } from "../../tools/agent/fact-socket.ts";
import { connectTo } from "../../tools/agent/web-socket.ts";
import { factsOf } from "../../tools/simulate/facts/index.ts";
import { generateLandscape } from "../../tools/simulate/landscape.ts";
import { checksFor, environmentOf, targetsOf } from "../../tools/simulate/selection.ts";
import type { Target } from "../target.ts";

const EXECUTIONS = 200;
const CHECKS = 30;
const TARGETS = 2;
/** Milliseconds between two looks at how far they are. */
const LOOK = 250;

export interface Executed {
  readonly executions: number;
  /** A second, from the first start to the last result. */
  readonly rate: number;
  /** Milliseconds from the last fact to the result. */
  readonly p50: number;
  readonly p99: number;
}

const listSchema = z.object({
  items: z.array(z.object({ status: z.string(), completed_at: z.string().nullable() })),
});

export async function executions(target: Target): Promise<Executed> {
  const { url, token, server } = target;
  const group = targetsOf(generateLandscape({ hosts: 45, seed: 7 })).find(({ name }) => name === "hana_hbp");
  const host = group?.hosts[0];
  if (group === undefined || host === undefined) throw new Error("the landscape has no such cluster");
  const checks = checksFor(group).slice(0, CHECKS);
  let facts: Fact[] | null = null;
  const all = Array.from({ length: EXECUTIONS }, () => ({
    id: randomUUID(),
    groupId: randomUUID(),
    agents: Array.from({ length: TARGETS }, () => randomUUID()),
    lastFactAt: 0,
  }));
  const sockets = all.flatMap((one) =>
    one.agents.map(
      (agent) =>
        new FactSocket({
          connect: connectTo(url, server.apiKey, agent),
          after: (milliseconds, call) => {
            const timer = setTimeout(call, milliseconds);
            return () => clearTimeout(timer);
          },
          gather: (requests) => {
            // All are asked for the same, and the generator's own work is not what is measured.
            facts ??= factsOf(host, requests);
            one.lastFactAt = Date.now();
            return facts;
          },
          discover: () => {},
        }),
    ),
  );
  for (const socket of sockets) socket.open();
  await pause(3_000);
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const started = Date.now();
  await Promise.all(
    all.map(async ({ id, groupId, agents }) => {
      const answer = await fetch(`${url}/api/v2/checks/executions/start`, {
        method: "POST",
        headers,
        body: JSON.stringify({
          execution_id: id,
          group_id: groupId,
          target_type: group.type,
          env: environmentOf(group),
          targets: agents.map((agent_id) => ({ agent_id, checks })),
        }),
      });
      if (answer.status !== 202)
        throw new Error(`an execution was answered with ${answer.status}: ${await answer.text()}`);
    }),
  );
  const times: number[] = [];
  let last = started;
  for (const one of all) {
    const { groupId } = one;
    for (let isEnded = false; !isEnded; ) {
      const answer = await fetch(`${url}/api/v2/checks/executions?group_id=${groupId}`, { headers });
      const [item] = listSchema.parse(await answer.json()).items;
      isEnded = item?.completed_at != null;
      if (item?.completed_at != null) {
        const ended = Date.parse(item.completed_at);
        last = Math.max(last, ended);
        times.push(Math.max(0, ended - one.lastFactAt));
      } else await pause(LOOK);
    }
  }
  for (const socket of sockets) socket.close();
  times.sort((one, other) => one - other);
  const at = (share: number) =>
    times[Math.min(times.length - 1, Math.floor(times.length * share))] ?? Number.NaN;
  return {
    executions: EXECUTIONS,
    rate: (1_000 * EXECUTIONS) / (last - started),
    p50: at(0.5),
    p99: at(0.99),
  };
}
