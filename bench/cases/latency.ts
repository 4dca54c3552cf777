/** From a commit to the message on a client's socket, at a steady rate of events. */
import { Agent } from "node:http";
import { resourceSchemas, roomMessageSchemaOf, roomPath } from "../../party/messages.ts";
import { hostId, registerCommand } from "../hosts.ts";
import { fire, percentile } from "../load.ts";
import type { Target } from "../target.ts";

const HOSTS = 50;
const FIRST = 20_000;

export interface Latency {
  readonly messages: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

function post(agent: Agent, url: string, id: string, command: unknown) {
  return fire(agent, url, {
    method: "POST",
    path: `/api/bench/command?id=${id}`,
    body: JSON.stringify(command),
  });
}

/** @param rate events a second */
export async function latency(target: Target, rate: number, seconds: number): Promise<Latency> {
  const { url } = target;
  const agent = new Agent({ keepAlive: true });
  for (let index = 0; index < HOSTS; index += 1) {
    await post(agent, url, hostId(FIRST + index), registerCommand(FIRST + index));
  }
  const socket = new WebSocket(
    `${url.replace("http", "ws")}${roomPath("hosts")}?access_token=${encodeURIComponent(target.token)}`,
  );
  const times: number[] = [];
  await new Promise<void>((resolve, reject) => {
    socket.onerror = () => reject(new Error("the room does not let in"));
    socket.onmessage = ({ data }) => {
      const message = roomMessageSchemaOf(resourceSchemas.hosts).parse(JSON.parse(String(data)));
      if (message.type === "change") {
        // The row's time is that of the commit; both clocks are this machine's.
        times.push(Date.now() - Date.parse(message.change.resource?.updated_at ?? ""));
      } else resolve();
    };
  });
  times.length = 0;
  const total = rate * seconds;
  const started = performance.now();
  const sent: Promise<unknown>[] = [];
  for (let index = 0; index < total; index += 1) {
    const due = started + (index * 1000) / rate;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
    const id = hostId(FIRST + (index % HOSTS));
    sent.push(
      post(agent, url, id, { type: "SelectHostChecks", data: { host_id: id, checks: [String(index)] } }),
    );
  }
  await Promise.all(sent);
  const deadline = performance.now() + 5_000;
  while (times.length < total && performance.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 50));
  socket.close();
  agent.destroy();
  times.sort((one, other) => one - other);
  return {
    messages: times.length,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    p99: percentile(times, 0.99),
  };
}
