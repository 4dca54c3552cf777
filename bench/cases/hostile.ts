/** Whether anybody else is answered while checks, catalogues or facts do their worst. */
import { randomUUID } from "node:crypto";
import { Agent } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { fire } from "../load.ts";

/** Milliseconds between two heartbeats. */
const BEAT = 20;
/** Milliseconds after which a load is given up. */
const LONGEST = 90_000;

/** Where the server is, and who asks it. */
export interface Door {
  readonly url: string;
  readonly token: string;
  readonly apiKey: string;
}

export interface Borne {
  readonly name: string;
  /** Milliseconds: the longest that a heartbeat waited for its answer, and half of all. */
  readonly worst: number;
  readonly p50: number;
  readonly beats: number;
  /** Milliseconds until the load itself was done. */
  readonly took: number;
  /** What became of it. */
  readonly outcome: string;
}

interface File {
  readonly name: string;
  readonly content: string;
}

function file(id: string, expressions: readonly string[], more = ""): File {
  const expectations = expressions.map(
    (expression, index) => `  - name: e${index}\n    expect: |\n      ${expression}\n`,
  );
  const content = `id: ${id}\nname: n\ngroup: g\ndescription: d\nremediation: r\n${more}facts:\n  - name: a\n    gatherer: hosts@v1\nexpectations:\n${expectations.join("")}`;
  return { name: `${id}.yaml`, content };
}

function files(count: number, expressions: readonly string[], more = ""): File[] {
  return Array.from({ length: count }, (_, index) => file(`H${index}`, expressions, more));
}

const COMPARE =
  "let a = []; for i in 0..19000 { a.push(i) } for j in 0..100 { for k in 0..100 { if a == a { } } } true";
const CONTAINS = 'let s = "a"; for i in 0..19 { s += s; } for i in 0..200000 { s.contains("b"); } true';
const ENDLESS = "let x = 0; loop { x += 1; }";
const CLOSURES = "let a = [1]; loop { a.map(|x| x + 1); }";

class Loads {
  readonly #door: Door;
  readonly #agent = new Agent({ keepAlive: true });

  constructor(door: Door) {
    this.#door = door;
  }

  async call(method: "GET" | "PUT" | "POST", path: string, body?: unknown, byKey = false) {
    const { url, token, apiKey } = this.#door;
    const headers: Record<string, string> = byKey
      ? { "X-Trento-ApiKey": apiKey }
      : { Authorization: `Bearer ${token}` };
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { ...headers, "Content-Type": "application/json" },
      ...(text === undefined ? {} : { body: text }),
      signal: AbortSignal.timeout(LONGEST),
    });
    return { status: answer.status, body: await answer.text() };
  }

  async bringIn(sent: readonly File[]): Promise<string> {
    const { status, body } = await this.call("PUT", "/api/v1/checks/catalogues/hostile", { files: sent });
    return `${status} ${body.slice(0, 200)}`;
  }

  /** An execution of the checks on so many hosts that answer at once. */
  async execute(checks: readonly string[], hosts: number, value: unknown): Promise<string> {
    const [execution_id, group_id] = [randomUUID(), randomUUID()];
    const agents = Array.from({ length: hosts }, () => randomUUID());
    const started = await this.call("POST", "/api/v2/checks/executions/start", {
      execution_id,
      group_id,
      targets: agents.map((agent_id) => ({ agent_id, checks })),
      env: {},
    });
    if (started.status !== 202) return `${started.status} ${started.body}`;
    const facts_gathered = checks.map((check_id) => ({ check_id, name: "a", value }));
    for (const agent_id of agents) {
      const told = { execution_id, group_id, agent_id, facts_gathered };
      await this.call("POST", "/api/v1/relays/facts", told, true);
    }
    return this.#ended(execution_id);
  }

  async #ended(id: string): Promise<string> {
    const shown = z.object({ status: z.string(), result: z.string().nullable() });
    for (const until = Date.now() + LONGEST; Date.now() < until; await pause(250)) {
      const { status, body } = await this.call("GET", `/api/v2/checks/executions/${id}`);
      const found = status === 200 ? shown.parse(JSON.parse(body)) : null;
      if (found?.status === "completed") return `${found.result}`;
    }
    return "not ended";
  }

  /** Beats while the load is there. */
  async beside(name: string, load: () => Promise<string>): Promise<Borne> {
    const waits: number[] = [];
    let isOver = false;
    const beating = (async () => {
      while (!isOver) {
        const before = performance.now();
        await fire(this.#agent, this.#door.url, {
          method: "POST",
          path: `/api/v1/hosts/${randomUUID()}/heartbeat`,
          headers: { "X-Trento-ApiKey": this.#door.apiKey },
        }).catch(() => null);
        waits.push(performance.now() - before);
        await pause(BEAT);
      }
    })();
    const started = performance.now();
    const outcome = await load().catch(String);
    const took = performance.now() - started;
    isOver = true;
    await beating;
    const sorted = waits.sort((one, other) => one - other);
    return {
      name,
      worst: sorted.at(-1) ?? 0,
      p50: sorted[Math.floor(sorted.length / 2)] ?? 0,
      beats: sorted.length,
      took,
      outcome,
    };
  }
}

const idsOf = (count: number) => Array.from({ length: count }, (_, index) => `H${index}`);
const KEYS = "a: 1\n".repeat(49_000);

export async function hostile(door: Door, tell: (one: Borne) => void): Promise<void> {
  const loads = new Loads(door);
  const executed = async (sent: readonly File[], name: string, hosts: number, value: unknown = 1) => {
    await loads.bringIn(sent);
    tell(await loads.beside(name, () => loads.execute(idsOf(sent.length), hosts, value)));
  };
  tell(await loads.beside("nothing else", () => pause(3_000).then(() => "")));
  await executed(files(1, [CONTAINS]), "contains in half a megabyte, 1 host", 1);
  await executed(files(5, [CONTAINS]), "the same five times, 40 hosts", 40);
  await executed(files(1, ["facts.a.len() > 0"]), "480 KB of facts, 10 hosts", 10, "a".repeat(480_000));
  await executed(
    files(1, ['for i in 0..1000 { facts.a.contains("b"); } true']),
    "480 KB walked through, 10 hosts",
    10,
    "a".repeat(480_000),
  );
  await executed(files(1, [COMPARE]), "comparing lists of 19,000", 1);
  await executed(files(500, [ENDLESS, ENDLESS, ENDLESS, CLOSURES]), "500 checks that never end", 1);
  await loads.bringIn(files(500, ["true"], `when: |\n  ${ENDLESS}\n`));
  tell(
    await loads.beside("500 conditions that never end", async () => {
      const { status } = await loads.call("GET", "/api/v3/checks/catalog?target_type=host");
      return String(status);
    }),
  );
  await loads.bringIn(files(500, ["true"], `exclude: |\n  ${ENDLESS}\n`));
  tell(await loads.beside("500 exclusions that never end, 4 hosts", () => loads.execute(idsOf(500), 4, 1)));
  const sound = file("SOUND", ["true"]);
  const bad = (content: string) => loads.bringIn([sound, { name: "BAD.yaml", content }]);
  tell(await loads.beside("250 KB of one key", () => bad(`${file("BAD", ["true"]).content}${KEYS}`)));
  tell(await loads.beside("20,000 brackets", () => bad("[".repeat(20_000))));
  const description = "x".repeat(300);
  const many = Array.from({ length: 5_000 }, (_, index) =>
    file(
      `M${index}`,
      ["facts.a == 1", "facts.a != 2"],
      `metadata:\n  target_type: host\n  note: ${description}\n`,
    ),
  );
  tell(await loads.beside("5,000 checks brought in", () => loads.bringIn(many)));
  tell(
    await loads.beside("5,000 checks read", async () => {
      const { status, body } = await loads.call("GET", "/api/v3/checks/catalog?target_type=host");
      return `${status}, ${body.length} characters`;
    }),
  );
}
