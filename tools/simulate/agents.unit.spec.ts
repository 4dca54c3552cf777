/** How agents behave in time, with a clock in hand. */
import { createServer } from "node:http";
import { describe, expect, it } from "vitest";
import { type Clock, postOnce, SimulatedAgent, startAgents } from "./agents.ts";
import { tellIncidents } from "./incidents.ts";
import { generateLandscape } from "./landscape.ts";
import { Tally } from "./tally.ts";
import { transportTo } from "./transport.ts";

/** Time passes when the test says so. */
class ClockInHand implements Clock {
  #now = 0;
  readonly #calls = new Set<{ at: number; call: () => void }>();

  after(milliseconds: number, call: () => void): () => void {
    const entry = { at: this.#now + milliseconds, call };
    this.#calls.add(entry);
    return () => this.#calls.delete(entry);
  }

  pass(milliseconds: number): void {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = [...this.#calls].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at);
      if (next === undefined) break;
      this.#calls.delete(next);
      this.#now = next.at;
      next.call();
    }
    this.#now = end;
  }
}

class Sent {
  readonly paths: string[] = [];
  readonly transport = (path: string, body: string): Promise<boolean> => {
    this.paths.push(path.includes("heartbeat") ? "heartbeat" : JSON.parse(body).discovery_type);
    return Promise.resolve(true);
  };

  count(name: string): number {
    return this.paths.filter((path) => path === name).length;
  }
}

const [host] = generateLandscape({ hosts: 1, seed: 1 }).hosts;
if (host === undefined) throw new Error("there is no host");

describe("an agent", () => {
  it("sends everything at once when it starts, and then each at its own pace", () => {
    const [clock, sent] = [new ClockInHand(), new Sent()];
    new SimulatedAgent(host, sent.transport, clock).start(300);
    clock.pass(299);
    expect(sent.paths).toEqual([]);
    clock.pass(1);
    expect(sent.paths.sort()).toEqual([
      "cloud_discovery",
      "heartbeat",
      "host_discovery",
      "sap_system_discovery",
      "saptune_discovery",
      "subscription_discovery",
    ]);
    clock.pass(900_000);
    expect([sent.count("heartbeat"), sent.count("host_discovery"), sent.count("saptune_discovery")]).toEqual([
      181, 91, 2,
    ]);
  });

  it("is silent while its host is off, and tells all when it is back", () => {
    const [clock, sent] = [new ClockInHand(), new Sent()];
    const agent = new SimulatedAgent(host, sent.transport, clock);
    agent.start(0);
    clock.pass(0);
    agent.setSilent(true);
    sent.paths.length = 0;
    clock.pass(60_000);
    expect(sent.paths).toEqual([]);
    agent.setSilent(false);
    expect(sent.paths).toHaveLength(6);
    agent.stop();
    clock.pass(60_000);
    expect(sent.paths).toHaveLength(6);
  });
});

describe("incidents", () => {
  it("tell the same story for the same seed, and end when they are told to", () => {
    const story = () => {
      const [clock, sent, lines] = [new ClockInHand(), new Sent(), [] as string[]];
      const agents = startAgents(generateLandscape({ hosts: 20, seed: 2 }), sent.transport, clock);
      const end = tellIncidents(agents, 2, clock, (line) => lines.push(line));
      clock.pass(120_000);
      end();
      const told = lines.length;
      clock.pass(120_000);
      expect(lines).toHaveLength(told);
      return lines;
    };
    const lines = story();
    expect(lines).toEqual(story());
    expect(lines.some((line) => line.endsWith("stops reporting"))).toBe(true);
    expect(lines.some((line) => line.endsWith("is as before"))).toBe(true);
  });
});

describe("what is sent", () => {
  it("has an agent's path, headers and body, and failures are counted", async () => {
    const seen: { url: string; key: string | undefined; type: string | undefined; body: string }[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const { url = "", headers } = request;
        seen.push({ url, key: headers["x-trento-apikey"]?.toString(), type: headers["content-type"], body });
        response.statusCode = seen.length === 1 ? 503 : 202;
        response.end("{}");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = address !== null && typeof address === "object" ? address.port : 0;
    const tally = new Tally();
    const landscape = generateLandscape({ hosts: 1, seed: 1 });
    const all = await postOnce(landscape, transportTo(`http://127.0.0.1:${port}`, "the key", tally));
    server.closeAllConnections();
    server.close();
    expect(all).toBe(false);
    expect(tally.summary()).toMatchObject({ requests: 5, accepted: 4, failures: { "503": 1 } });
    expect(seen[0]).toMatchObject({ url: "/api/v1/collect", key: "the key", type: "application/json" });
    expect(Object.keys(JSON.parse(seen[0]?.body ?? ""))).toEqual(["agent_id", "discovery_type", "payload"]);
  });

  it("counts a server that is not there", async () => {
    const tally = new Tally();
    expect(await transportTo("http://127.0.0.1:1", "key", tally)("/", "", 202)).toBe(false);
    expect(tally.summary().failures).toEqual({ ECONNREFUSED: 1 });
  });
});
