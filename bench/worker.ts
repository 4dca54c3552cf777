/** The product's Worker with doors for measuring: commands straight to an aggregate, and the bare parts beside it. */
import type { HostCommand } from "../domain/host/index.ts";
import { hostStub } from "../durable-objects/host.ts";
import type { Bindings } from "../workers/bindings.ts";
import product from "../workers/index.ts";
import type { BareObject } from "./bare.ts";
import { counters } from "./counters.ts";
import type { HostThatStops } from "./host-that-stops.ts";

export { AgentObject, HeartbeatWatch, MonitoringRoom } from "../workers/index.ts";
export { BareObject } from "./bare.ts";
export { HostThatStops as HostObject } from "./host-that-stops.ts";

type BenchBindings = Bindings & {
  readonly BARE: DurableObjectNamespace<BareObject>;
};

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
    case "/api/bench/counters":
      return Response.json(counters);
    case "/api/bench/wake":
      return Response.json((await hostStub(env, id).describe()).version);
    case "/api/bench/stop":
      await (env.HOST.getByName(id) as unknown as Pick<HostThatStops, "stop">).stop().catch(() => undefined);
      return Response.json({});
    default:
      return new Response(null, { status: 404 });
  }
}

export default {
  async fetch(request, env, ctx) {
    const url = new URL(request.url);
    return url.pathname.startsWith("/api/bench/")
      ? measured(request, env, url)
      : product.fetch(request, env, ctx);
  },
  queue: (batch, env) => {
    counters.messages += batch.messages.length;
    return product.queue(batch, env);
  },
} satisfies ExportedHandler<
  BenchBindings,
  Parameters<typeof product.queue>[0] extends MessageBatch<infer N> ? N : never
>;
