/** The product's objects and consumers, all of them, as one system. */
import { AgentObject } from "../../../durable-objects/agent.ts";
import { ChecksGroupObject } from "../../../durable-objects/checks-group.ts";
import { ClusterObject } from "../../../durable-objects/cluster.ts";
import { DatabaseObject } from "../../../durable-objects/database.ts";
import { DirectoryObject } from "../../../durable-objects/directory.ts";
import { ExecutionObject } from "../../../durable-objects/execution.ts";
import { HeartbeatWatch } from "../../../durable-objects/heartbeat-watch.ts";
import { HostObject } from "../../../durable-objects/host.ts";
import { MailroomObject } from "../../../durable-objects/mailroom.ts";
import { SapSystemObject } from "../../../durable-objects/sap-system.ts";
import { type AggregateCommand, execute } from "../../../durable-objects/streams.ts";
import { TallyObject } from "../../../durable-objects/tally.ts";
import { WebhookObject } from "../../../durable-objects/webhook.ts";
import { MonitoringRoom } from "../../../party/monitoring-room.ts";
import { PhoenixSocket } from "../../../party/phoenix-socket.ts";
import type { Bindings } from "../../../workers/bindings.ts";
import { notify } from "../../../workers/notifier/index.ts";
import { react } from "../../../workers/process-manager/index.ts";
import { project } from "../../../workers/projector/index.ts";
import { tellThirdParties } from "../../../workers/webhooks/index.ts";
import { System } from "../system.ts";
import { Outside, PlainRequest } from "./outside.ts";

/** Objects that hold a stream, by the name of its type. */
export const aggregates = {
  host: HostObject,
  cluster: ClusterObject,
  database: DatabaseObject,
  sap_system: SapSystemObject,
  execution: ExecutionObject,
  agent: AgentObject,
};

export class LandscapeSystem extends System {
  readonly outside: Outside;

  constructor(seed: number, tell: ((line: string) => void) | null) {
    const outside = new Outside(() => this);
    super(
      seed,
      {
        classes: {
          AGENT: AgentObject,
          HOST: HostObject,
          CLUSTER: ClusterObject,
          DATABASE: DatabaseObject,
          SAP_SYSTEM: SapSystemObject,
          EXECUTION: ExecutionObject,
          CHECKS_GROUP: ChecksGroupObject,
          DIRECTORY: DirectoryObject,
          HEARTBEAT_WATCH: HeartbeatWatch,
          MAILROOM: MailroomObject,
          WEBHOOK: WebhookObject,
          TALLY: TallyObject,
          MONITORING_ROOM: MonitoringRoom,
          PHOENIX_SOCKET: PhoenixSocket,
        },
        queues: {
          PROJECTOR_QUEUE: { subscriber: "projector", consume: project },
          PROCESS_MANAGER_QUEUE: { subscriber: "process-manager", consume: react },
          NOTIFIER_QUEUE: { subscriber: "notifier", consume: notify },
          WEBHOOKS_QUEUE: { subscriber: "webhooks", consume: tellThirdParties },
        },
        variables: {
          ENABLE_ALERTING: "true",
          SMTP_SERVER: "mail.example.com",
          ALERT_GROUPING: "5",
          MAIL: outside,
          OUTBOUND: outside,
          CHECKS_INTERVAL: "60",
          CHECKS_TIMEOUT: "30",
          HEARTBEAT_SHARDS: "2",
          SETTINGS_ENC_SECRET: "a secret",
        },
        hearsAll: "projector",
        streams: Object.keys(aggregates),
      },
      tell,
    );
    this.outside = outside;
    Object.assign(globalThis, { Request: PlainRequest });
  }

  get bindings(): Bindings {
    return this.env as unknown as Bindings;
  }

  /** As a person sends it: until it was answered. */
  async command(made: AggregateCommand): Promise<void> {
    const id = crypto.randomUUID();
    const metadata = { correlationId: id, causationId: null, actor: "user:1" };
    for (;;) {
      try {
        await execute(this.bindings, made, { commandId: id, metadata });
        return;
      } catch {
        await scheduler.wait(1_000);
      }
    }
  }

  addEndpoint(id: string): void {
    const now = new Date().toISOString();
    this.d1.rows(
      `INSERT INTO webhook_endpoints (id, url, description, event_types, enabled, signature, secret, inserted_at, updated_at)
       VALUES (?, 'https://hooks.example.com/in', '', '["*"]', 1, 'hmac', 'AAAA', ?, ?)`,
      id,
      now,
      now,
    );
  }
}
