/** The product's Worker with doors for measuring: commands straight to an aggregate, and the bare parts beside it. */

import type { ToRelay } from "../checks/relay-messages.ts";
import { policies } from "../domain/discovery/index.ts";
import type { HostCommand } from "../domain/host/index.ts";
import { tellRelays, toRelay } from "../durable-objects/relays.ts";
import { hostStub } from "../durable-objects/streams.ts";
import type { Bindings } from "../workers/bindings.ts";
import product from "../workers/index.ts";
import type { BareObject } from "./bare.ts";
import { countCalls, counters, realNow } from "./counters.ts";
import type { HostThatStops } from "./host-that-stops.ts";

export * from "../workers/index.ts";
export { BareObject } from "./bare.ts";
export { HostThatStops as HostObject } from "./host-that-stops.ts";

type BenchBindings = Bindings & {
  readonly BARE: DurableObjectNamespace<BareObject>;
};

/** What is shown of a landscape. */
const COUNTS = `SELECT
  (SELECT count(*) FROM hosts WHERE hostname IS NOT NULL) AS hosts,
  (SELECT count(*) FROM clusters) AS clusters,
  (SELECT count(*) FROM databases WHERE sid IS NOT NULL) AS databases,
  (SELECT count(*) FROM database_instances) AS database_instances,
  (SELECT count(*) FROM sap_systems WHERE sid IS NOT NULL) AS sap_systems,
  (SELECT count(*) FROM application_instances) AS application_instances`;

/** Entries of the activity log, one a second until now. */
const LOG_ENTRIES = `WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < ?)
  INSERT INTO activity_logs (id, type, actor, severity, metadata, occurred_on)
  SELECT lower(hex(randomblob(16))), 'heartbeat_failed', 'system', 13,
    json_object('host_id', lower(hex(randomblob(16))), 'hostname', 'host' || number),
    strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-' || number || ' seconds')
  FROM numbers`;

const noMemory = { now: "", sapRunning: false, clusterId: null, movable: [], instances: [] };

/** @returns how often the payload was accepted */
function judge(payload: unknown, runs: number): number {
  let accepted = 0;
  for (let run = 0; run < runs; run += 1) {
    if (policies.ha_cluster_discovery("bench", payload, noMemory).ok) accepted += 1;
  }
  return accepted;
}

/** Every object of the isolate believes that it is later. @param milliseconds from now on */
function aheadBy(milliseconds: number): number {
  Date.now = () => realNow() + milliseconds;
  return milliseconds;
}

/** Messages for brokers, with ids of their own. */
function requests(count: number): ToRelay[] {
  return Array.from({ length: count }, () => {
    const [execution_id, group_id, agent_id] = [
      crypto.randomUUID(),
      crypto.randomUUID(),
      crypto.randomUUID(),
    ];
    const request = {
      check_id: "BENCH",
      name: "token",
      gatherer: "corosync.conf@v1",
      argument: "totem.token",
    };
    const targets = [{ agent_id, fact_requests: [request, request, request] }];
    return toRelay(
      execution_id,
      { type: "FactsGatheringRequested", execution_id, group_id, targets },
      5 * 60_000,
    );
  });
}

async function measured(request: Request, env: BenchBindings, url: URL): Promise<Response> {
  const id = url.searchParams.get("id") ?? "";
  const bare = env.BARE.getByName(id);
  switch (url.pathname) {
    case "/api/bench/insert":
      await request.json();
      return Response.json(await bare.insert(url.search));
    case "/api/bench/nothing":
      await request.text();
      await bare.nothing();
      return new Response(null, { status: 204 });
    case "/api/bench/nothing-json":
      await request.json();
      await bare.nothing();
      return Response.json({}, { status: 202 });
    case "/api/bench/command": {
      const command: HostCommand = await request.json();
      const outcome = await hostStub(env, id).execute({
        stream: { type: "host", id },
        command,
        commandId: crypto.randomUUID(),
        metadata: { correlationId: crypto.randomUUID(), causationId: null, actor: "bench" },
      });
      return Response.json(outcome.status);
    }
    case "/api/bench/policy":
      return Response.json(judge(await request.json(), Number(url.searchParams.get("runs"))));
    case "/api/bench/counters":
      return Response.json(counters);
    case "/api/bench/counts":
      return Response.json(await env.DB.prepare(COUNTS).first());
    case "/api/bench/log":
      await env.DB.prepare(LOG_ENTRIES)
        .bind(Number(url.searchParams.get("count")))
        .run();
      return Response.json({});
    case "/api/bench/wake":
      return Response.json((await hostStub(env, id).describe()).version);
    case "/api/bench/clock":
      return Response.json(aheadBy(Number(url.searchParams.get("ahead"))));
    case "/api/bench/tell":
      await tellRelays(env, requests(Number(url.searchParams.get("count"))));
      return Response.json({});
    case "/api/bench/stop":
      await (env.HOST.getByName(id) as unknown as Pick<HostThatStops, "stop">).stop().catch(() => undefined);
      return Response.json({});
    default:
      return new Response(null, { status: 404 });
  }
}

export default {
  async fetch(request, env, ctx) {
    countCalls(env);
    const url = new URL(request.url);
    return url.pathname.startsWith("/api/bench/")
      ? measured(request, env, url)
      : product.fetch(request, env, ctx);
  },
  queue: async (batch, env, ctx) => {
    counters.messages += batch.messages.length;
    await product.queue(batch, env, ctx);
    counters.lastMessageAt = realNow();
  },
} satisfies ExportedHandler<
  BenchBindings,
  Parameters<typeof product.queue>[0] extends MessageBatch<infer N> ? N : never
>;
