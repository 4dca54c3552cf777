/** What the Durable Objects find in their environment (`wrangler.toml`). */
import type { AgentObject } from "./agent.ts";
import type { ChecksGroupObject } from "./checks-group.ts";
import type { ClusterObject } from "./cluster.ts";
import type { DatabaseObject } from "./database.ts";
import type { DirectoryObject } from "./directory.ts";
import type { EvaluationBindings } from "./evaluation/index.ts";
import type { NudgeMessage } from "./event-stream/events.ts";
import type { ExecutionObject } from "./execution.ts";
import type { HeartbeatWatch } from "./heartbeat-watch.ts";
import type { HostObject } from "./host.ts";
import type { HousekeeperObject } from "./housekeeper.ts";
import type { AlertingVariables } from "./mailroom/settings.ts";
import type { MailBinding } from "./mailroom/smtp.ts";
import type { MailroomObject } from "./mailroom.ts";
import type { RelayObject } from "./relay.ts";
import type { SapSystemObject } from "./sap-system.ts";
import type { TallyObject } from "./tally.ts";
import type { WebhookObject } from "./webhook.ts";

export interface DurableObjectBindings extends AlertingVariables, EvaluationBindings {
  readonly DB: D1Database;
  /** Names the deployment; self-hosted, each start of the server. */
  readonly CF_VERSION_METADATA?: WorkerVersionMetadata;
  readonly AGENT: DurableObjectNamespace<AgentObject>;
  readonly HOST: DurableObjectNamespace<HostObject>;
  readonly CLUSTER: DurableObjectNamespace<ClusterObject>;
  readonly DATABASE: DurableObjectNamespace<DatabaseObject>;
  readonly SAP_SYSTEM: DurableObjectNamespace<SapSystemObject>;
  readonly EXECUTION: DurableObjectNamespace<ExecutionObject>;
  readonly CHECKS_GROUP: DurableObjectNamespace<ChecksGroupObject>;
  readonly DIRECTORY: DurableObjectNamespace<DirectoryObject>;
  readonly HEARTBEAT_WATCH: DurableObjectNamespace<HeartbeatWatch>;
  readonly HOUSEKEEPER: DurableObjectNamespace<HousekeeperObject>;
  readonly MAILROOM: DurableObjectNamespace<MailroomObject>;
  readonly WEBHOOK: DurableObjectNamespace<WebhookObject>;
  readonly RELAY: DurableObjectNamespace<RelayObject>;
  readonly TALLY: DurableObjectNamespace<TallyObject>;
  readonly PROJECTOR_QUEUE: Queue<NudgeMessage>;
  readonly PROCESS_MANAGER_QUEUE: Queue<NudgeMessage>;
  readonly NOTIFIER_QUEUE: Queue<NudgeMessage>;
  readonly WEBHOOKS_QUEUE: Queue<NudgeMessage>;
  /** Sends requests to third parties, where the server is self-hosted. */
  readonly OUTBOUND?: Fetcher;
  /** Hosts that webhooks may go to although they are none of the Internet, with commas in between. */
  readonly WEBHOOK_ALLOWED_HOSTS?: string;
  /** The platform's mail binding, where there is one. */
  readonly MAIL?: MailBinding;
  /** Seals the secrets among the settings. */
  readonly SETTINGS_ENC_SECRET: string;
  /** Where people find the UI, as in links of mails. */
  readonly BASE_URL?: string;
  /** Seconds that an alert waits for others of the same incident. */
  readonly ALERT_GROUPING?: string;
  /** Milliseconds from a commit to the first look at the subscribers' checkpoints. */
  readonly REDELIVERY_DELAY_MS?: string;
  /** Number of Durable Objects that share the watch over all heartbeats. */
  readonly HEARTBEAT_SHARDS?: string;
  /** Seconds between two executions of the checks of one target; 0 runs none by itself. */
  readonly CHECKS_INTERVAL?: string;
  /** Seconds that the targets of an execution have to answer. */
  readonly CHECKS_TIMEOUT?: string;
  /** Days that an execution is kept. */
  readonly EXECUTIONS_KEPT_DAYS?: string;
}
