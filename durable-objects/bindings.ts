/** What the Durable Objects find in their environment (`wrangler.toml`). */
import type { AgentObject } from "./agent.ts";
import type { Nudge } from "./event-stream/events.ts";
import type { HeartbeatWatch } from "./heartbeat-watch.ts";
import type { HostObject } from "./host.ts";

export interface DurableObjectBindings {
  readonly DB: D1Database;
  readonly AGENT: DurableObjectNamespace<AgentObject>;
  readonly HOST: DurableObjectNamespace<HostObject>;
  readonly HEARTBEAT_WATCH: DurableObjectNamespace<HeartbeatWatch>;
  readonly PROJECTOR_QUEUE: Queue<Nudge>;
  readonly PROCESS_MANAGER_QUEUE: Queue<Nudge>;
  /** Milliseconds from a commit to the first look at the subscribers' checkpoints. */
  readonly REDELIVERY_DELAY_MS?: string;
  /** Number of Durable Objects that share the watch over all heartbeats. */
  readonly HEARTBEAT_SHARDS?: string;
}
