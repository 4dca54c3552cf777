/** What an agent repeats: an unchanged discovery, and a heartbeat that changes nothing, against a no-op round trip. */
import { type Comparison, compare } from "../compare.ts";
import { hostDiscovery, hostId } from "../hosts.ts";
import { type LoadOptions, load, type Shot } from "../load.ts";
import { readCounters, settled, type Target } from "../target.ts";

const AGENTS = 200;
const FIRST = 10_000;
/** Seconds of the product's own load before anything is counted: what followed the registrations has come to rest by then. */
const WARM_UP = 16;

export interface Silence extends Comparison {
  /** Rows written, and messages in queues, while all rounds ran. */
  readonly rows: number;
  readonly messages: number;
  /** Alarms of the shards of the watch: one every five seconds or more for a shard, whatever the number of its agents. */
  readonly alarms: number;
}

async function silent(
  target: Target,
  name: string,
  product: LoadOptions,
  bare: LoadOptions,
): Promise<Silence> {
  await load({ ...bare, requests: AGENTS });
  await load({ ...product, seconds: WARM_UP });
  const before = await readCounters(target);
  const comparison = await compare(name, 0.7, product, bare);
  const after = await readCounters(target);
  return {
    ...comparison,
    rows: after.rows - before.rows,
    messages: after.messages - before.messages,
    alarms: after.alarms - before.alarms,
  };
}

export async function unchanged(target: Target, seconds: number): Promise<Silence[]> {
  const { url } = target;
  const { apiKey } = target.server;
  const bodies = Array.from({ length: AGENTS }, (_, index) => hostDiscovery(FIRST + index));
  const ids = Array.from({ length: AGENTS }, (_, index) => hostId(FIRST + index));
  const shots =
    (path: (index: number) => string, body: (index: number) => string) =>
    (n: number): Shot => ({
      method: "POST",
      path: path(n % AGENTS),
      headers: { "X-Trento-ApiKey": apiKey },
      body: body(n % AGENTS),
    });
  const discovery = (index: number) => bodies[index] ?? "";
  const options = { url, connections: 16, seconds, expected: { status: 202 } };
  const collect: LoadOptions = { ...options, shot: shots(() => "/api/v1/collect", discovery) };
  await load({ ...collect, requests: AGENTS });
  await settled(target);
  const discoveries = await silent(target, "an unchanged discovery", collect, {
    ...options,
    shot: shots((index) => `/api/bench/nothing-json?id=${ids[index]}`, discovery),
  });
  const heard = { ...options, expected: { status: 204 } };
  const heartbeats = await silent(
    target,
    "a heartbeat that changes nothing",
    {
      ...heard,
      shot: shots(
        (index) => `/api/v1/hosts/${ids[index]}/heartbeat`,
        () => "",
      ),
    },
    {
      ...heard,
      shot: shots(
        (index) => `/api/bench/nothing?id=${index % 8}`,
        () => "",
      ),
    },
  );
  return [discoveries, heartbeats];
}
