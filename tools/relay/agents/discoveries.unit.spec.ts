/** Discoveries through a relay: what is forwarded, what is confirmed, and what waits. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { HeldDiscoveries } from "../../../checks/relay-messages.ts";
import { agentId, answer, Clock, encode, hostBody, settled } from "./agents.spec.ts";
import { CONFIRMED_AFTER, Discoveries } from "./discoveries.ts";
import { DiscoveryStore } from "./store.ts";

let clock: Clock;
let store: DiscoveryStore;
/** Sent, and not yet answered. */
let asked: string[];
let sent: string[];
let held: HeldDiscoveries[];
let edge: { status: number; missing: { agent_id: string; discovery_types: string[] }[] | null };
/** What the edge's answers wait for. */
let hold: Promise<void> | null;
let isDiskFull: boolean;
let missing: (() => Promise<[]>) | null;
let counts: Record<string, number>;
let discoveries: Discoveries;

function start(): void {
  discoveries = new Discoveries({
    now: () => clock.now,
    after: clock.after,
    store,
    collect: async (body) => {
      const status = edge.status;
      if (isDiskFull) throw new Error("the disk is full");
      asked.push(hostnameIn(body));
      await hold;
      if (status !== 0) sent.push(hostnameIn(body));
      return answer(status, status === 422 ? "no" : "{}");
    },
    missing: async (one) => {
      held.push(one);
      return missing === null ? edge.missing : missing();
    },
    count: (outcome) => {
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    },
    log: () => {},
  });
}

const hostnameIn = (body: Uint8Array) => JSON.parse(new TextDecoder().decode(body)).payload.hostname;
const take = async (hostname: string, id = agentId) =>
  (await discoveries.take(hostBody(hostname, id))).status;

beforeEach(() => {
  clock = new Clock();
  store = new DiscoveryStore(null);
  sent = [];
  asked = [];
  held = [];
  missing = null;
  hold = null;
  isDiskFull = false;
  counts = {};
  edge = { status: 202, missing: [] };
  start();
});
afterEach(() => {
  discoveries.close();
  store.close();
});

describe("a discovery", () => {
  it("is forwarded when it is new, and not when it repeats itself", async () => {
    for (const hostname of ["a", "a", "b", "b", "a"]) expect(await take(hostname)).toBe(202);
    expect([sent, counts]).toEqual([["a", "b", "a"], { forwarded: 3, unchanged: 2 }]);
  });

  it("is forwarded again and again while the edge refuses it, with the edge's answer", async () => {
    edge.status = 422;
    expect(await discoveries.take(hostBody("a"))).toEqual({ status: 422, body: "no" });
    expect(await take("a")).toBe(422);
    expect([sent.length, store.all()]).toEqual([2, []]);
  });

  it.each([
    ["{", 400],
    ['{"agent_id":"x"}', 422],
  ])("that is malformed is refused here: %s", async (body, status) => {
    expect((await discoveries.take(encode(body))).status).toBe(status);
    expect(sent).toEqual([]);
  });
});

describe("a discovery that is repeated", () => {
  beforeEach(() => take("a"));

  it("is told of every few minutes, in one message, and only if it was repeated", async () => {
    await discoveries.confirm();
    await clock.pass(CONFIRMED_AFTER);
    await discoveries.confirm();
    expect(held).toEqual([]);
    await take("a");
    await take("a");
    await discoveries.confirm();
    await discoveries.confirm();
    expect(held).toMatchObject([
      { agents: [{ agent_id: agentId, discoveries: [{ discovery_type: "host_discovery" }] }] },
    ]);
    expect([sent, counts.confirmed]).toEqual([["a"], 1]);
  });

  it("is sent whole when the edge has another", async () => {
    await clock.pass(CONFIRMED_AFTER);
    await take("a");
    edge.missing = [{ agent_id: agentId, discovery_types: ["host_discovery"] }];
    await discoveries.confirm();
    expect([sent, counts.caught_up]).toEqual([["a", "a"], 1]);
  });

  it("is told of again when the edge did not hear it", async () => {
    await clock.pass(CONFIRMED_AFTER);
    await take("a");
    edge.missing = null;
    await discoveries.confirm();
    edge.missing = [];
    await discoveries.confirm();
    await discoveries.confirm();
    expect(held).toHaveLength(2);
  });

  it("is told of soon when the agent was silent, and sent whole when the edge does not know the host", async () => {
    await take("a");
    await discoveries.confirm();
    expect(held).toHaveLength(0);
    discoveries.doubt(agentId);
    await take("a");
    await discoveries.confirm();
    expect(held).toHaveLength(1);
    discoveries.resend(agentId);
    await settled();
    expect(sent).toEqual(["a", "a"]);
  });

  it("is told of soon when the edge's doubt came while it was being told of", async () => {
    await clock.pass(CONFIRMED_AFTER);
    await take("a");
    missing = async () => {
      await clock.pass(1);
      discoveries.doubt(agentId);
      return [];
    };
    await discoveries.confirm();
    missing = null;
    await clock.pass(1);
    await take("a");
    await discoveries.confirm();
    await take("a");
    await discoveries.confirm();
    expect(held).toHaveLength(2);
  });

  it("is told of for many agents at once", async () => {
    const ids = Array.from({ length: 450 }, (_, index) => agentId.replace(/.{3}$/, String(100 + index)));
    for (const id of ids) await take("a", id);
    await clock.pass(CONFIRMED_AFTER);
    for (const id of ids) await take("a", id);
    await discoveries.confirm();
    expect(held.map(({ agents }) => agents.length)).toEqual([200, 200, 50]);
  });
});

describe("while the edge is away", () => {
  beforeEach(async () => {
    await take("a");
    edge.status = 0;
    await take("b");
    await take("c");
    await take("c");
  });

  it("the newest of each agent waits, and goes when the edge is back", async () => {
    expect([store.waiting(), discoveries.isEdgeAway, counts.stored]).toEqual([1, true, 2]);
    edge.status = 202;
    await clock.pass(1_000);
    expect([sent, store.waiting(), discoveries.isEdgeAway]).toEqual([["a", "c"], 0, false]);
    expect(await take("c")).toBe(202);
    expect(sent).toEqual(["a", "c"]);
  });

  it("a newer one that comes while one is sent goes after it, and none in between is taken for told", async () => {
    let answerFirst: () => void = () => {};
    const first = new Promise<void>((resolve) => {
      answerFirst = resolve;
    });
    edge.status = 202;
    hold = first;
    const back = clock.pass(1_000);
    await vi.waitFor(() => expect(asked.at(-1)).toBe("c"));
    const newer = take("d");
    answerFirst();
    hold = null;
    await Promise.all([back, newer]);
    await settled();
    expect([sent, store.waiting()]).toEqual([["a", "c", "d"], 0]);
    expect(store.all()).toMatchObject([{ pending: false }]);
  });

  it("one that was replaced between its choice and its turn is not sent in its place", async () => {
    const other = agentId.replace(/.{3}$/, "999");
    await take("x", other);
    edge.status = 202;
    const [first, second] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    hold = first.promise;
    const back = clock.pass(1_000);
    await vi.waitFor(() => expect(asked.at(-1)).toBe("c"));
    // "c" is on its way, and "y" of the other agent, for which "x" waits.
    hold = second.promise;
    const newer = take("y", other);
    await vi.waitFor(() => expect(asked.at(-1)).toBe("y"));
    first.resolve();
    await settled();
    second.resolve();
    await Promise.all([back, newer]);
    await settled();
    expect([sent, store.waiting()]).toEqual([["a", "c", "y"], 0]);
  });

  it("goes on after the disk failed, at the next look", async () => {
    edge.status = 202;
    isDiskFull = true;
    await clock.pass(1_000);
    expect(store.waiting()).toBe(1);
    isDiskFull = false;
    await discoveries.confirm();
    expect([sent.at(-1), store.waiting()]).toEqual(["c", 0]);
  });

  it("what is malformed is refused, and what was taken is tried after longer and longer pauses", async () => {
    const bad = { agent_id: agentId, discovery_type: "host_discovery", payload: { hostname: 1 } };
    expect((await discoveries.take(encode(JSON.stringify(bad)))).status).toBe(422);
    for (const pause of [1_000, 2_000, 4_000]) {
      await clock.pass(pause - 1);
      expect(discoveries.isEdgeAway).toBe(true);
      await clock.pass(1);
    }
    edge.status = 202;
    await clock.pass(8_000);
    expect(sent).toEqual(["a", "c"]);
  });

  it("it outlives the relay", async () => {
    discoveries.close();
    edge.status = 202;
    start();
    await clock.pass(0);
    expect([sent, store.waiting()]).toEqual([["a", "c"], 0]);
  });

  it("a discovery that is back to what the edge has is still told, since it was another meanwhile", async () => {
    await take("a");
    edge.status = 202;
    await clock.pass(1_000);
    expect(sent).toEqual(["a", "a"]);
  });

  it("what the edge refuses at last is dropped, and told to the agent when it repeats it", async () => {
    edge.status = 422;
    await clock.pass(1_000);
    expect([store.waiting(), await take("c")]).toEqual([0, 422]);
  });
});
