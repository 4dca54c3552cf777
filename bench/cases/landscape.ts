/** A whole landscape: from empty to settled, and then in its steady state, in which all agents repeat themselves. */

import { discoveriesOf, envelopeOf } from "../../tools/simulate/discoveries.ts";
import { expectedOf } from "../../tools/simulate/expected.ts";
import { generateLandscape } from "../../tools/simulate/landscape.ts";
import { type Comparison, compare } from "../compare.ts";
import { type LoadOptions, type LoadResult, load } from "../load.ts";
import { readCounters, readCounts, settled, type Target } from "../target.ts";

const HOSTS = 1_000;
const CONNECTIONS = 32;
const SEED = 11;
interface Post {
  readonly agentId: string;
  readonly body: string;
}

export interface Arrival {
  readonly hosts: number;
  readonly discoveries: number;
  readonly product: LoadResult;
  /** One row for each discovery, and nothing else. */
  readonly bare: LoadResult;
  /** Seconds from the first discovery until the last change was in the read models. */
  readonly seconds: number;
  /** What is shown, and what should be. */
  readonly found: Readonly<Record<string, number>>;
  readonly expected: Readonly<Record<string, number>>;
}

export interface Steady extends Comparison {
  readonly rows: number;
  readonly messages: number;
}

const landscape = () => generateLandscape({ hosts: HOSTS, seed: SEED });

/** As they come when all agents start at about the same time: the first discovery of each, then the second ... */
function postsOf(): Post[] {
  const byHost = landscape().hosts.map((host) =>
    discoveriesOf(host).map((discovery) => ({ agentId: host.id, body: envelopeOf(host, discovery) })),
  );
  const longest = Math.max(...byHost.map(({ length }) => length));
  return Array.from({ length: longest }, (_, turn) => byHost.flatMap((posts) => posts[turn] ?? [])).flat();
}

function collecting(target: Target, posts: readonly Post[]): LoadOptions {
  return {
    url: target.url,
    connections: CONNECTIONS,
    expected: { status: 202 },
    shot: (n) => ({
      method: "POST",
      path: "/api/v1/collect",
      headers: { "X-Trento-ApiKey": target.server.apiKey },
      body: posts[n % posts.length]?.body ?? "",
    }),
  };
}

function bareOf(target: Target, posts: readonly Post[], path: string, status: number): LoadOptions {
  return {
    url: target.url,
    connections: CONNECTIONS,
    expected: { status },
    shot: (n) => {
      const { agentId = "", body = "" } = posts[n % posts.length] ?? {};
      return { method: "POST", path: `${path}?id=${agentId}`, body };
    },
  };
}

function countsOf(): Record<string, number> {
  const { hosts, clusters, databases, sapSystems: systems } = expectedOf(landscape());
  const instances = (all: readonly { readonly instances: readonly unknown[] }[]) =>
    all.reduce((sum, one) => sum + one.instances.length, 0);
  return {
    hosts,
    clusters: clusters.length,
    databases: databases.length,
    database_instances: instances(databases),
    sap_systems: systems.length,
    application_instances: instances(systems),
  };
}

export async function arrival(target: Target): Promise<Arrival> {
  const posts = postsOf();
  const requests = posts.length;
  const bare = await load({ ...bareOf(target, posts, "/api/bench/insert", 200), requests });
  const started = Date.now();
  const product = await load({ ...collecting(target, posts), requests });
  const seconds = ((await settled(target)) - started) / 1000;
  const found = await readCounts(target);
  return { hosts: HOSTS, discoveries: requests, product, bare, seconds, found, expected: countsOf() };
}

/** After `arrival`, on the same server. */
export async function steady(target: Target, seconds: number): Promise<Steady> {
  const posts = postsOf();
  const product = { ...collecting(target, posts), seconds };
  // Whatever is dispatched once more (what came before its host, what waited) is so before anything is counted.
  await load({ ...collecting(target, posts), requests: posts.length });
  await load({ ...collecting(target, posts), requests: posts.length });
  await settled(target);
  const before = await readCounters(target);
  const bare = { ...bareOf(target, posts, "/api/bench/nothing-json", 202), seconds };
  const comparison = await compare("an unchanged discovery of any type, 1,000 hosts", 0.7, product, bare);
  const after = await readCounters(target);
  return { ...comparison, rows: after.rows - before.rows, messages: after.messages - before.messages };
}
