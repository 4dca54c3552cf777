/** What is looked at when somebody asks. */
import { mailroomStub } from "../../durable-objects/mailroom.ts";
import { webhookStub } from "../../durable-objects/webhook.ts";
import { topics } from "../../party/messages.ts";
import type { Bindings } from "../bindings.ts";
import { phoenixSocket } from "../phoenix-door.ts";
import { readAgents } from "../read-models/agent-views.ts";
import { databaseOf } from "../read-models/database.ts";
import { readRelays } from "../read-models/relays.ts";
import { present } from "../read-models/viewed.ts";
import { gauge, type Samples } from "./exposition.ts";

type Row = { readonly kind: string; readonly state: string; readonly count: number };

const counts = `
  SELECT 'host' AS kind, health AS state, count(*) AS count FROM hosts
    WHERE deregistered_at IS NULL AND hostname IS NOT NULL GROUP BY health
  UNION ALL SELECT 'cluster', health, count(*) FROM clusters WHERE deregistered_at IS NULL GROUP BY health
  UNION ALL SELECT 'database', health, count(*) FROM databases WHERE deregistered_at IS NULL GROUP BY health
  UNION ALL SELECT 'sap_system', health, count(*) FROM sap_systems WHERE deregistered_at IS NULL GROUP BY health
  UNION ALL SELECT 'execution', status, count(*) FROM executions GROUP BY status`;

async function fromTables({ DB }: Bindings): Promise<Samples> {
  const { results } = await DB.prepare(counts).all<Row>();
  return results.map(({ kind, state, count }) =>
    kind === "execution"
      ? gauge("trento_edge_executions", { status: state }, count)
      : gauge("trento_edge_resources", { kind, health: state ?? "unknown" }, count),
  );
}

async function openDiscoveries(env: Bindings): Promise<Samples> {
  const open = present(await readAgents(databaseOf(env))).flatMap((agent) => agent.open_discoveries);
  const byLabels = Map.groupBy(open, ({ discovery_type, state }) => `${discovery_type} ${state}`);
  return [...byLabels.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { discovery_type: type, state } = first;
    return [gauge("trento_edge_open_discoveries", { type, state }, own.length)];
  });
}

async function sockets(env: Bindings): Promise<Samples> {
  const rooms = topics.map(async (topic) =>
    gauge(
      "trento_edge_sockets",
      { kind: "room", topic },
      await env.MONITORING_ROOM.getByName(topic).countConnections(),
    ),
  );
  const phoenix = phoenixSocket(env)
    .countConnections()
    .then((open) => gauge("trento_edge_sockets", { kind: "phoenix", topic: "" }, open));
  return Promise.all([...rooms, phoenix]);
}

async function relays(env: Bindings): Promise<Samples> {
  return (await readRelays(env)).flatMap(({ name, connected, waiting, broker }) => [
    gauge("trento_edge_sockets", { kind: "relay", topic: name }, Number(connected)),
    gauge("trento_edge_relay_messages_waiting", { relay: name }, waiting),
    gauge("trento_edge_relay_broker_blocked", { relay: name }, Number(broker === "blocked")),
  ]);
}

async function webhooks(env: Bindings): Promise<Samples> {
  const { results } = await env.DB.prepare("SELECT id FROM webhook_endpoints ORDER BY id").all<{
    id: string;
  }>();
  return Promise.all(
    results.map(async ({ id }) =>
      gauge("trento_edge_webhook_deliveries_waiting", { endpoint: id }, await webhookStub(env, id).waiting()),
    ),
  );
}

async function mails(env: Bindings): Promise<Samples> {
  const counted = await mailroomStub(env).countMails();
  return Object.entries(counted).map(([status, value]) => gauge("trento_edge_mails", { status }, value));
}

async function queues(env: Bindings): Promise<Samples> {
  const all = [
    ["projector", "waiting", env.PROJECTOR_QUEUE],
    ["projector", "dead", env.PROJECTOR_DEAD_LETTERS],
    ["process-manager", "waiting", env.PROCESS_MANAGER_QUEUE],
    ["process-manager", "dead", env.PROCESS_MANAGER_DEAD_LETTERS],
    ["notifier", "waiting", env.NOTIFIER_QUEUE],
    ["notifier", "dead", env.NOTIFIER_DEAD_LETTERS],
    ["webhooks", "waiting", env.WEBHOOKS_QUEUE],
    ["webhooks", "dead", env.WEBHOOKS_DEAD_LETTERS],
  ] as const;
  const samples = await Promise.all(
    all.map(async ([subscriber, state, queue]) => {
      if (queue === undefined) return [];
      const { backlogCount } = await queue.metrics();
      return [gauge("trento_edge_queue_messages", { subscriber, state }, backlogCount)];
    }),
  );
  return samples.flat();
}

export async function readGauges(env: Bindings): Promise<Samples> {
  const all = await Promise.all([
    fromTables(env),
    openDiscoveries(env),
    sockets(env),
    relays(env),
    webhooks(env),
    mails(env),
    queues(env),
  ]);
  return all.flat();
}
