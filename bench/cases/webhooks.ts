/** Events to 20 endpoints, with all of them alive, and with one that accepts connections and never answers. */
import { Agent, createServer, type Server } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from "node:net";
import { z } from "zod";
import { hostId, registerCommand } from "../hosts.ts";
import { fire, percentile } from "../load.ts";
import { median } from "../median.ts";
import type { Target } from "../target.ts";

const ENDPOINTS = 20;
const HOSTS = 50;
const FIRST = 30_000;
const SECONDS = 15;
const RATE = 50;
const ROUNDS = 3;
/** Milliseconds without a delivery after which no more is waited for. */
const QUIET = 10_000;

export interface Deliveries {
  readonly deliveries: number;
  readonly expected: number;
  /** To those that are alive in both, a second. */
  readonly rate: number;
  /** Milliseconds from the event to the receiver. */
  readonly p50: number;
  readonly p95: number;
}

export interface WebhooksResult {
  readonly alive: Deliveries;
  readonly withDead: Deliveries;
  /** With the dead one by without: of rates, and of the other's p95 by its own. */
  readonly rateRatio: number;
  readonly p95Ratio: number;
}

const eventSchema = z.object({ type: z.string(), time: z.string() });

export async function webhooks(target: Target): Promise<WebhooksResult> {
  const agent = new Agent({ keepAlive: true });
  const heard: { readonly path: string; readonly took: number; readonly at: number }[] = [];
  const receiver: Server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part) => {
      body += part;
    });
    request.on("end", () => {
      const at = Date.now();
      const { time } = eventSchema.parse(JSON.parse(body));
      heard.push({ path: request.url ?? "", took: at - Date.parse(time), at });
      response.writeHead(204).end();
    });
  });
  const silent: TcpServer = createTcpServer(() => {});
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  await new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve));
  const portOf = (server: { address(): AddressInfo | string | null }) =>
    z.object({ port: z.number() }).parse(server.address()).port;

  const api = async (method: "POST" | "PATCH", path: string, body: unknown): Promise<unknown> => {
    const answer = await fetch(`${target.server.url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${target.token}`, "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  const command = (id: string, value: unknown) =>
    fire(agent, target.url, {
      method: "POST",
      path: `/api/bench/command?id=${id}`,
      body: JSON.stringify(value),
    });
  for (let index = 0; index < HOSTS; index += 1) {
    await command(hostId(FIRST + index), registerCommand(FIRST + index));
  }
  const made: string[] = [];
  for (let index = 0; index < ENDPOINTS; index += 1) {
    const url = `http://127.0.0.1:${portOf(receiver)}/${index}`;
    const answer = await api("POST", "/api/v1/webhooks", { url, event_types: ["host_checks_selected"] });
    made.push(z.object({ id: z.string() }).parse(answer).id);
  }
  // Isolates notice new endpoints within five seconds.
  await new Promise((resolve) => setTimeout(resolve, 6_000));

  let round = 0;
  async function run(dead: boolean): Promise<Deliveries> {
    const port = portOf(dead ? silent : receiver);
    await api("PATCH", `/api/v1/webhooks/${made.at(-1)}`, {
      url: `http://127.0.0.1:${port}/${ENDPOINTS - 1}`,
    });
    heard.length = 0;
    round += 1;
    const total = RATE * SECONDS;
    const started = performance.now();
    const startedAt = Date.now();
    const sent: Promise<unknown>[] = [];
    for (let index = 0; index < total; index += 1) {
      const due = started + (index * 1_000) / RATE;
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
      const id = hostId(FIRST + (index % HOSTS));
      const checks = [`${round}-${index}`];
      sent.push(command(id, { type: "SelectHostChecks", data: { host_id: id, checks } }));
    }
    await Promise.all(sent);
    // The last one is left out of both: it is dead in one of them.
    const others = () => heard.filter(({ path }) => path !== `/${ENDPOINTS - 1}`);
    const expected = total * (ENDPOINTS - 1);
    while (others().length < expected) {
      if (Date.now() - (heard.at(-1)?.at ?? Date.now()) > QUIET) break;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const own = others();
    const times = own.map(({ took }) => took).sort((one, other) => one - other);
    const last = Math.max(...own.map(({ at }) => at));
    return {
      deliveries: own.length,
      expected,
      rate: own.length / ((last - startedAt) / 1_000),
      p50: percentile(times, 0.5),
      p95: percentile(times, 0.95),
    };
  }

  const pairs: { readonly alive: Deliveries; readonly withDead: Deliveries }[] = [];
  // The first pair is not counted.
  for (let index = -1; index < ROUNDS; index += 1) {
    const pair = { alive: await run(false), withDead: await run(true) };
    if (index >= 0) pairs.push(pair);
  }
  agent.destroy();
  receiver.closeAllConnections();
  receiver.close();
  silent.close();
  const ratios = pairs.map(({ alive, withDead }) => withDead.rate / alive.rate);
  const rateRatio = median(ratios);
  const middle = pairs[ratios.indexOf(rateRatio)];
  if (middle === undefined) throw new Error("nothing was measured");
  return {
    ...middle,
    rateRatio,
    p95Ratio: median(pairs.map(({ alive, withDead }) => alive.p95 / withDead.p95)),
  };
}
