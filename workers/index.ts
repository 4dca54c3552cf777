/** The Worker: requests, queues, and the classes of the Durable Objects. */
import type { NudgeMessage } from "../durable-objects/event-stream/events.ts";
import { startHousekeeping } from "../durable-objects/housekeeper.ts";
import { handOver } from "../durable-objects/metrics/tally.ts";
import { PHOENIX_PATH } from "../party/phoenix-messages.ts";
import type { Bindings } from "./bindings.ts";
import { app } from "./edge/app.ts";
import { withoutWanda } from "./edge/wanda.ts";
import { METRICS_PATH, serveMetrics } from "./metrics/index.ts";
import { notify } from "./notifier/index.ts";
import { enterPhoenix } from "./phoenix-door.ts";
import { react } from "./process-manager/index.ts";
import { project } from "./projector/index.ts";
import { enterRoom } from "./room-door.ts";
import { tellThirdParties } from "./webhooks/index.ts";

export { AgentObject } from "../durable-objects/agent.ts";
export { ChecksGroupObject } from "../durable-objects/checks-group.ts";
export { ClusterObject } from "../durable-objects/cluster.ts";
export { DatabaseObject } from "../durable-objects/database.ts";
export { DirectoryObject } from "../durable-objects/directory.ts";
export { Evaluator } from "../durable-objects/evaluation/evaluator.ts";
export { ExecutionObject } from "../durable-objects/execution.ts";
export { HeartbeatWatch } from "../durable-objects/heartbeat-watch.ts";
export { HostObject } from "../durable-objects/host.ts";
export { HousekeeperObject } from "../durable-objects/housekeeper.ts";
export { MailroomObject } from "../durable-objects/mailroom.ts";
export { RelayObject } from "../durable-objects/relay.ts";
export { SapSystemObject } from "../durable-objects/sap-system.ts";
export { TallyObject } from "../durable-objects/tally.ts";
export { WebhookObject } from "../durable-objects/webhook.ts";
export { MonitoringRoom } from "../party/monitoring-room.ts";
export { PhoenixSocket } from "../party/phoenix-socket.ts";

/** By the queue's name, less what a deployment may put before it. */
const consumers = {
  projector: project,
  "process-manager": react,
  notifier: notify,
  webhooks: tellThirdParties,
};

export default {
  async fetch(request, env, ctx) {
    ctx.waitUntil(startHousekeeping(env));
    handOver(env, (work) => ctx.waitUntil(work));
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/parties/")) return enterRoom(request, env);
    if (pathname === PHOENIX_PATH) return enterPhoenix(request, env);
    // Nothing else is there, such as Phoenix' long polling: a client must not take a page for an answer.
    if (pathname.startsWith("/socket/")) return new Response(null, { status: 404 });
    if (pathname === METRICS_PATH) return serveMetrics(request, env);
    if (pathname.startsWith("/wanda/")) return app.fetch(withoutWanda(request), env, ctx);
    if (pathname.startsWith("/api/")) return app.fetch(request, env, ctx);
    return env.ASSETS?.fetch(request) ?? new Response(null, { status: 404 });
  },

  async queue(batch, env, ctx) {
    handOver(env, (work) => ctx.waitUntil(work));
    for (const [name, consume] of Object.entries(consumers)) {
      if (batch.queue.endsWith(name)) await consume(batch.messages, env);
    }
  },
} satisfies ExportedHandler<Bindings, NudgeMessage>;
