/**
 * What the agents of 1,000 hosts that repeat themselves cost a month on the platform, directly and through a relay: the parts
 * are measured one by one, and added up as often as they happen. What changes in a landscape costs the same either way.
 */
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";
import { CONFIRMED_ANEW_AFTER, DISPATCHED_ANEW_AFTER } from "../../durable-objects/agent/freshness.ts";
import { CONFIRMED_AFTER } from "../../tools/relay/agents/discoveries.ts";
import { BATCH_EVERY } from "../../tools/relay/agents/heartbeats.ts";
import { discoveriesOf, envelopeOf, HEARTBEAT_PERIOD, periods } from "../../tools/simulate/discoveries.ts";
import { generateLandscape } from "../../tools/simulate/landscape.ts";
import { digestOfBody } from "../../workers/edge/discovery-body.ts";
import { load, type Shot } from "../load.ts";
import { clockAhead, processorTime, readCounters, settled, type Target } from "../target.ts";

export const HOSTS = 1_000;
/** Seconds of a month. */
const MONTH = 30 * 24 * 3_600;
const CONFIRM_EVERY = 10;
const AT_ONCE = 200;
/** Milliseconds: alarms that were set by what was heard before go off first. */
const WATCHED_FROM = 75_000;
const WATCHED_UNTIL = 135_000;

/** For one of what was measured. */
export interface Unit {
  readonly requests: number;
  readonly calls: number;
  readonly callTime: number;
  readonly processor: number;
  readonly rowsWritten: number;
  readonly rowsRead: number;
}

/** Dollars for a million, and for a million gigabyte-seconds of an object's 128 MB (Workers paid plan, without what is included). */
const PRICES = {
  requests: 0.3,
  processor: 0.02,
  calls: 0.15,
  duration: 12.5,
  rowsWritten: 1,
  rowsRead: 0.001,
};
const GIGABYTES = 0.128;

export interface Bill {
  readonly requests: number;
  readonly calls: number;
  readonly rowsWritten: number;
  readonly rowsRead: number;
  /** Seconds. */
  readonly processor: number;
  readonly dollars: number;
}

function bill(parts: readonly (readonly [times: number, unit: Unit])[]): Bill {
  const sum = (field: keyof Unit) => parts.reduce((all, [times, unit]) => all + times * unit[field], 0);
  const [requests, calls, rowsWritten, rowsRead] = [
    sum("requests"),
    sum("calls"),
    sum("rowsWritten"),
    sum("rowsRead"),
  ];
  const processor = sum("processor");
  const duration = (sum("callTime") / 1_000) * GIGABYTES;
  const dollars =
    (requests * PRICES.requests +
      calls * PRICES.calls +
      rowsWritten * PRICES.rowsWritten +
      rowsRead * PRICES.rowsRead +
      processor * PRICES.processor +
      duration * PRICES.duration) /
    1_000_000;
  return { requests, calls, rowsWritten, rowsRead, processor: processor / 1_000, dollars };
}

export interface Cost {
  readonly units: Readonly<Record<string, Unit>>;
  readonly direct: Bill;
  readonly relayed: Bill;
  /** Of the watch over heartbeats. */
  readonly alarmsPerSecond: number;
  readonly relayedAlarmsPerSecond: number;
}

type Frequent = Extract<DiscoveryType, keyof typeof periods>;

export async function cost(target: Target, tell: (step: string) => void): Promise<Cost> {
  const landscape = generateLandscape({ hosts: HOSTS, seed: 11 });
  const posts = landscape.hosts.flatMap((host) =>
    discoveriesOf(host).map((discovery) => ({
      agentId: host.id,
      type: discovery.type,
      body: envelopeOf(host, discovery),
    })),
  );
  const isFrequent = ({ type }: { readonly type: DiscoveryType }) => (periods[type] ?? 0) <= 60_000;
  const key = { "X-Trento-ApiKey": target.server.apiKey };
  const post = (path: string, body: string): Shot => ({ method: "POST", path, headers: key, body });
  const collecting = (bodies: readonly { readonly body: string }[]) =>
    bodies.map(({ body }) => post("/api/v1/collect", body));
  const beats = landscape.hosts.map(({ id }) => post(`/api/v1/hosts/${id}/heartbeat`, ""));

  /** @param of how many of what is counted there are in all */
  async function measure(shots: readonly Shot[], status: number, of: number, connections = 8): Promise<Unit> {
    const before = { ...(await readCounters(target)), processor: processorTime(target) };
    await load({
      url: target.url,
      connections,
      requests: shots.length,
      expected: { status },
      shot: (n) => shots[n] ?? post("/", ""),
    });
    const after = { ...(await readCounters(target)), processor: processorTime(target) };
    const each = (field: keyof typeof after) => (after[field] - before[field]) / of;
    return {
      requests: shots.length / of,
      calls: each("calls"),
      callTime: each("callTime"),
      processor: each("processor"),
      // An alarm that is set is a row, too.
      rowsWritten: each("rows") + each("alarms") + each("tableRowsWritten"),
      rowsRead: each("rowsRead") + each("tableRowsRead"),
    };
  }

  const heard = landscape.hosts.map(({ id }) => ({ host_id: id, age: 0 }));
  const batchOf = (interval: number) =>
    post("/api/v1/relays/heartbeats", JSON.stringify({ interval, heartbeats: heard }));
  /** Nobody is lost within the next minute: what follows a loss is no steady state. */
  const keepAlive = () =>
    load({
      url: target.url,
      connections: 1,
      requests: 1,
      expected: { status: 200 },
      shot: () => batchOf(60_000),
    });
  async function settle(): Promise<void> {
    await keepAlive();
    const timer = setInterval(() => void keepAlive().catch(() => {}), 20_000);
    await settled(target);
    clearInterval(timer);
    await keepAlive();
  }

  tell("the landscape arrives");
  // What is counted is counted from the first object of the bench on.
  await load({
    url: target.url,
    connections: 1,
    requests: 1,
    expected: { status: 204 },
    shot: () => post("/api/bench/nothing?id=count", ""),
  });
  await measure(collecting(posts), 202, posts.length, 32);
  await settle();
  await measure(collecting(posts), 202, posts.length, 32);
  await settle();
  await measure(collecting(posts), 202, posts.length, 32);
  await settle();

  tell("agents repeat themselves");
  const frequent = posts.filter(isFrequent);
  const heartbeat = await measure([...beats, ...beats, ...beats], 204, 3 * HOSTS);
  const unchanged = await measure(collecting(frequent), 202, frequent.length);

  /** Alarms of the watch a second, while hosts are heard in this way and in no other. */
  async function alarmRate(beat: readonly Shot[], status: number): Promise<number> {
    const began = Date.now();
    let alarms = 0;
    for (let counting = false; Date.now() - began < WATCHED_UNTIL; ) {
      const round = Date.now();
      const before = (await readCounters(target)).alarms;
      await measure(beat, status, 1, 4);
      const left = HEARTBEAT_PERIOD - (Date.now() - round);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, left)));
      if (counting) alarms += (await readCounters(target)).alarms - before;
      counting = Date.now() - began >= WATCHED_FROM;
    }
    return (alarms * 1_000) / (WATCHED_UNTIL - WATCHED_FROM);
  }
  tell("the watch looks after them");
  const alarmsPerSecond = await alarmRate(beats, 204);
  const relayedAlarmsPerSecond = await alarmRate([batchOf(BATCH_EVERY)], 200);
  // Each is a call and a row. Its time was not measured: it looks at a map.
  const alarm: Unit = { requests: 0, calls: 1, callTime: 0, processor: 0, rowsWritten: 1, rowsRead: 0 };

  tell("five minutes later");
  await keepAlive();
  await clockAhead(target, DISPATCHED_ANEW_AFTER + 60_000);
  await keepAlive();
  const anew = await measure(collecting(posts), 202, posts.length);
  await settle();

  tell("through a relay");
  const batches = Array.from({ length: 20 }, () => batchOf(BATCH_EVERY));
  const heartbeats = await measure(batches, 200, batches.length, 1);
  const hashes = await Promise.all(
    posts.map(async ({ agentId, type, body }) => ({
      agentId,
      frequent: isFrequent({ type }),
      discovery: { discovery_type: type, hash: await digestOfBody(Uint8Array.from(Buffer.from(body))) },
    })),
  );
  function confirming(wanted: (one: (typeof hashes)[number]) => boolean): Shot[] {
    const agents = [...Map.groupBy(hashes.filter(wanted), ({ agentId }) => agentId)].map(
      ([agent_id, own]) => ({ agent_id, discoveries: own.map(({ discovery }) => discovery) }),
    );
    return Array.from({ length: Math.ceil(agents.length / AT_ONCE) }, (_, index) =>
      post(
        "/api/v1/relays/discoveries",
        JSON.stringify({ agents: agents.slice(index * AT_ONCE, (index + 1) * AT_ONCE) }),
      ),
    );
  }
  await keepAlive();
  const confirmed = await measure(
    confirming((one) => one.frequent),
    200,
    HOSTS,
    1,
  );
  const confirmedSeldom = await measure(
    confirming((one) => !one.frequent),
    200,
    HOSTS,
    1,
  );
  await keepAlive();
  await clockAhead(target, DISPATCHED_ANEW_AFTER + CONFIRMED_ANEW_AFTER + 120_000);
  await keepAlive();
  const confirmedAnew = await measure(
    confirming(() => true),
    200,
    HOSTS,
    1,
  );

  const perHost = (type: Frequent) => (MONTH * 1_000) / (periods[type] ?? Number.POSITIVE_INFINITY);
  const types = [...new Set(posts.map(({ type }) => type))] as Frequent[];
  const share = (type: DiscoveryType) => posts.filter((one) => one.type === type).length;
  const repeated = types.reduce((sum, type) => sum + share(type) * perHost(type), 0);
  const dispatched = types.reduce(
    (sum, type) => sum + (share(type) * MONTH * 1_000) / Math.max(DISPATCHED_ANEW_AFTER, periods[type] ?? 0),
    0,
  );
  const direct = bill([
    [(HOSTS * MONTH * 1_000) / HEARTBEAT_PERIOD, heartbeat],
    [repeated - dispatched, unchanged],
    [dispatched, anew],
    [alarmsPerSecond * MONTH, alarm],
  ]);

  /** Without its share of a Worker's request: one goes every ten seconds, however few agents are in it. */
  const inside = (unit: Unit): Unit => ({ ...unit, requests: 0 });
  const request: Unit = { requests: 1, calls: 0, callTime: 0, processor: 0, rowsWritten: 0, rowsRead: 0 };
  const relayed = bill([
    [(MONTH * 1_000) / BATCH_EVERY, heartbeats],
    [MONTH / CONFIRM_EVERY, request],
    [(HOSTS * MONTH * 1_000) / CONFIRMED_AFTER, inside(confirmed)],
    [(HOSTS * MONTH) / 900, inside(confirmedSeldom)],
    [(HOSTS * MONTH * 1_000) / CONFIRMED_ANEW_AFTER, inside(confirmedAnew)],
    [relayedAlarmsPerSecond * MONTH, alarm],
  ]);
  return {
    units: { heartbeat, unchanged, anew, heartbeats, confirmed, confirmedSeldom, confirmedAnew },
    direct,
    relayed,
    alarmsPerSecond,
    relayedAlarmsPerSecond,
  };
}
