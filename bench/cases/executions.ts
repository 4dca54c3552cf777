/** Many executions at once: from the last fact to the result, over the agents' sockets. */
import { randomUUID } from "node:crypto";
import { Agent } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { Fact } from "../../checks/facts.ts";
import { FactSocket } from "../../tools/agent/fact-socket.ts";
import { factsOf } from "../../tools/simulate/facts/index.ts";
import { generateLandscape } from "../../tools/simulate/landscape.ts";
import { checksFor, environmentOf, targetsOf } from "../../tools/simulate/selection.ts";
import { connectAgent } from "../../tools/socket/web-socket.ts";
import { fire, percentile } from "../load.ts";
import type { Target } from "../target.ts";

const EXECUTIONS = 200;
const CHECKS = 30;
const TARGETS = 2;
/** The runtime resets some of two hundred that are opened at one instant. */
const CONNECTIONS = 32;
/** Milliseconds for the agents' sockets to open. */
const SETTLE = 3_000;
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

const endedSchema = z.array(z.object({ id: z.string(), completed_at: z.string() }));

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
          connect: connectAgent(url, server.apiKey, agent),
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
  await pause(SETTLE);
  const headers = { authorization: `Bearer ${token}` };
  const connections = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const started = Date.now();
  await Promise.all(
    all.map(async ({ id, groupId, agents }) => {
      const { status, body } = await fire(connections, url, {
        method: "POST",
        path: "/api/v2/checks/executions/start",
        headers,
        body: JSON.stringify({
          execution_id: id,
          group_id: groupId,
          target_type: group.type,
          env: environmentOf(group),
          targets: agents.map((agent_id) => ({ agent_id, checks })),
        }),
      });
      if (status !== 202) throw new Error(`an execution was answered with ${status}: ${body}`);
    }),
  );
  connections.destroy();
  // Read beside the server: what an API request would take is not what is measured.
  const ended = new Map<string, number>();
  while (ended.size < EXECUTIONS) {
    await pause(LOOK);
    const { results } = await server.database
      .prepare("SELECT id, completed_at FROM executions WHERE completed_at IS NOT NULL")
      .run();
    for (const { id, completed_at } of endedSchema.parse(results)) ended.set(id, Date.parse(completed_at));
  }
  const last = Math.max(...ended.values());
  const times = all.map(({ id, lastFactAt }) => Math.max(0, (ended.get(id) ?? Number.NaN) - lastFactAt));
  for (const socket of sockets) socket.close();
  times.sort((one, other) => one - other);
  return {
    executions: EXECUTIONS,
    rate: (1_000 * EXECUTIONS) / (last - started),
    p50: percentile(times, 0.5),
    p99: percentile(times, 0.99),
  };
}
