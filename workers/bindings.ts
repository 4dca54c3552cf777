/** What the Worker finds in its environment (`wrangler.toml`, secrets). */
import type { DurableObjectBindings } from "../durable-objects/bindings.ts";
import type { MonitoringRoom } from "../party/monitoring-room.ts";
import type { PhoenixSocket } from "../party/phoenix-socket.ts";

export interface Bindings extends DurableObjectBindings {
  readonly MONITORING_ROOM: DurableObjectNamespace<MonitoringRoom>;
  readonly PHOENIX_SOCKET: DurableObjectNamespace<PhoenixSocket>;
  /** The pages; self-hosted, whoever stands before the Worker has them. */
  readonly ASSETS?: Fetcher;
  /** Asked how much they hold; where they are not bound, nobody is told. */
  readonly PROJECTOR_DEAD_LETTERS?: Queue;
  readonly PROCESS_MANAGER_DEAD_LETTERS?: Queue;
  readonly NOTIFIER_DEAD_LETTERS?: Queue;
  readonly WEBHOOKS_DEAD_LETTERS?: Queue;
  /** Signs access tokens and API keys. */
  readonly ACCESS_TOKEN_ENC_SECRET: string;
  /** Signs refresh tokens. */
  readonly REFRESH_TOKEN_ENC_SECRET: string;
  /** Lets Prometheus read the metrics; without it, the API key does. */
  readonly METRICS_TOKEN?: string;
  readonly ADMIN_USER?: string;
  /** Stored hashed at the first sign-in. One of this and `ADMIN_PASSWORD_HASH` is needed to sign in. */
  readonly ADMIN_PASSWORD?: string;
  readonly ADMIN_PASSWORD_HASH?: string;
}
