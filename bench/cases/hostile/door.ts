/** Who loads the server, and whether heartbeats are answered meanwhile. */
import { randomUUID } from "node:crypto";
import { Agent } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { hostDiscovery, hostId } from "../../hosts.ts";
import { fire, percentile } from "../../load.ts";
import type { File } from "./catalogues.ts";

const HOSTS = 10;
/** Milliseconds from one heartbeat to the next, whether the last was answered or not. */
const BEAT = 50;
/** Milliseconds that a load is there at least, and after which it is given up. */
const SHORTEST = 5_000;
const LONGEST = 180_000;

/** Where the server is, and who asks it. */
export interface Door {
  readonly url: string;
  /** A new one: they last for three minutes. */
  signIn(): Promise<string>;
  readonly apiKey: string;
}

export interface Borne {
  readonly name: string;
  /** Milliseconds that heartbeats waited for their answer. */
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
  readonly beats: number;
  /** Heartbeats that were not answered as they should be. */
  readonly failed: number;
  /** Milliseconds until the load itself was done for the first time. */
  readonly took: number;
  /** What became of it. */
  readonly outcome: string;
}

interface Call {
  readonly method: "GET" | "PUT" | "POST";
  readonly path: string;
  /** As it is sent, or what JSON is made of. */
  readonly body?: unknown;
  readonly by?: "token" | "key" | "nobody";
}

const shown = z.object({ status: z.string(), result: z.string().nullable() });

function isSent(body: unknown): body is string | Uint8Array<ArrayBuffer> {
  return typeof body === "string" || body instanceof Uint8Array;
}

/** How often each outcome came. */
export function counted(outcomes: readonly (number | string)[]): string {
  return [...Map.groupBy(outcomes, String)].map(([name, { length }]) => `${length} × ${name}`).join(", ");
}

export class Loads {
  readonly #door: Door;
  #token: string | null = null;

  constructor(door: Door) {
    this.#door = door;
  }

  /** Hosts whose heartbeats are waited for. */
  async begin(): Promise<void> {
    this.#token = await this.#door.signIn();
    for (let index = 0; index < HOSTS; index += 1) {
      await this.call({ method: "POST", path: "/api/v1/collect", body: hostDiscovery(index), by: "key" });
      while ((await this.#beat(index)) !== 204) await pause(50);
    }
  }

  async #beat(index: number, agent = new Agent()): Promise<number> {
    const { status } = await fire(agent, this.#door.url, {
      method: "POST",
      path: `/api/v1/hosts/${hostId(index % HOSTS)}/heartbeat`,
      headers: { "X-Trento-ApiKey": this.#door.apiKey },
    });
    return status;
  }

  async call(call: Call): Promise<{ status: number; body: string }> {
    const answer = await this.#send(call);
    if (answer.status !== 401 || (call.by ?? "token") !== "token") return answer;
    this.#token = await this.#door.signIn();
    return this.#send(call);
  }

  async #send({ method, path, body, by = "token" }: Call): Promise<{ status: number; body: string }> {
    const { url, apiKey } = this.#door;
    const credentials = {
      token: { Authorization: `Bearer ${this.#token}` },
      key: { "X-Trento-ApiKey": apiKey },
      nobody: {},
    };
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { ...credentials[by], "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: isSent(body) ? body : JSON.stringify(body) }),
      signal: AbortSignal.timeout(LONGEST),
    });
    return { status: answer.status, body: await answer.text() };
  }

  /** The status, or what came in its place. */
  async status(call: Call): Promise<number | string> {
    return this.call(call).then(
      ({ status }) => status,
      (error: unknown) => String(error),
    );
  }

  async bringIn(sent: readonly File[]): Promise<string> {
    const path = "/api/v1/checks/catalogues/hostile";
    const { status, body } = await this.call({ method: "PUT", path, body: { files: sent } });
    return `${status} ${body.slice(0, 200)}`;
  }

  /** An execution of the checks on so many hosts that answer at once. */
  async execute(checks: readonly string[], hosts: number, value: unknown): Promise<string> {
    const [execution_id, group_id] = [randomUUID(), randomUUID()];
    const agents = Array.from({ length: hosts }, () => randomUUID());
    const started = await this.call({
      method: "POST",
      path: "/api/v2/checks/executions/start",
      body: {
        execution_id,
        group_id,
        targets: agents.map((agent_id) => ({ agent_id, checks })),
        env: {},
      },
    });
    if (started.status !== 202) return `${started.status} ${started.body}`;
    const facts_gathered = checks.map((check_id) => ({ check_id, name: "a", value }));
    for (const agent_id of agents) {
      const body = { execution_id, group_id, agent_id, facts_gathered };
      await this.call({ method: "POST", path: "/api/v1/relays/facts", body, by: "key" });
    }
    return this.#ended(execution_id);
  }

  async #ended(id: string): Promise<string> {
    const path = `/api/v2/checks/executions/${id}`;
    for (const until = Date.now() + LONGEST; Date.now() < until; await pause(250)) {
      const { status, body } = await this.call({ method: "GET", path });
      const found = status === 200 ? shown.parse(JSON.parse(body)) : null;
      if (found?.status === "completed") return `${found.result}`;
    }
    return "not ended";
  }

  /** Heartbeats go on while the load is there, at the same rate however long they wait: many wait where nobody is answered. */
  async beside(name: string, load: () => Promise<string>): Promise<Borne> {
    const agent = new Agent({ keepAlive: true });
    const under: Promise<void>[] = [];
    const waits: number[] = [];
    let failed = 0;
    const beat = async () => {
      const before = performance.now();
      const status = await this.#beat(under.length, agent).catch(() => null);
      waits.push(performance.now() - before);
      if (status !== 204) failed += 1;
    };
    const timer = setInterval(() => under.push(beat()), BEAT);
    const started = performance.now();
    const outcome = await load().catch(String);
    const took = performance.now() - started;
    // A load that is soon over is there again and again: of some heartbeats there is no hundredth.
    while (performance.now() - started < SHORTEST) await load().catch(String);
    clearInterval(timer);
    await Promise.all(under);
    agent.destroy();
    waits.sort((one, other) => one - other);
    return {
      name,
      p50: percentile(waits, 0.5),
      p99: percentile(waits, 0.99),
      worst: waits.at(-1) ?? 0,
      beats: waits.length,
      failed,
      took,
      outcome,
    };
  }
}
