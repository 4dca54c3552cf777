/**
 * The registrations of hosts as somebody would build them today on Node and PostgreSQL: over HTTP, with the API key, the product's own
 * rules (`policies`, `decideHost`), Emmett's event store, and a read model written in the transaction of the append.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { SQL } from "@event-driven-io/dumbo";
import { CommandHandler, type Event, inlineProjections } from "@event-driven-io/emmett";
import { getPostgreSQLEventStore, postgreSQLRawSQLProjection } from "@event-driven-io/emmett-postgresql";
import { envelopeSchema } from "../../../domain/discovery/envelope.ts";
import { policies } from "../../../domain/discovery/index.ts";
import { type HostEvent, host } from "../../../domain/host/index.ts";
import { verifyApiKey } from "../../../workers/auth/tokens.ts";

type StoredHostEvent = HostEvent & Event;

const { DATABASE_URL = "", KEY_SECRET = "" } = process.env;
const MEMORY = {
  now: new Date().toISOString(),
  sapRunning: false,
  clusterId: null,
  movable: [],
  instances: [],
};

/** One row for a host, as in the product's read model. */
const hosts = postgreSQLRawSQLProjection<StoredHostEvent>({
  name: "hosts",
  canHandle: ["HostRegistered", "HostDetailsUpdated"],
  evolve: ({ data }) => {
    if (!("hostname" in data)) return [];
    const { host_id, hostname, ip_addresses, agent_version, arch, prometheus_targets, systemd_units } = data;
    const lists = [ip_addresses, prometheus_targets, systemd_units].map((list) =>
      JSON.stringify(list ?? null),
    );
    const [addresses, targets, units] = lists;
    return SQL`INSERT INTO hosts (id, hostname, ip_addresses, agent_version, arch, prometheus_targets, systemd_units)
      VALUES (${host_id}, ${hostname}, ${addresses}, ${agent_version}, ${arch ?? null}, ${targets}, ${units})
      ON CONFLICT (id) DO UPDATE SET hostname = excluded.hostname, ip_addresses = excluded.ip_addresses,
        agent_version = excluded.agent_version, arch = excluded.arch, prometheus_targets = excluded.prometheus_targets,
        systemd_units = excluded.systemd_units`;
  },
  init: () =>
    SQL`CREATE TABLE IF NOT EXISTS hosts (id TEXT PRIMARY KEY, hostname TEXT NOT NULL, ip_addresses JSONB, agent_version TEXT,
      arch TEXT, prometheus_targets JSONB, systemd_units JSONB)`,
});

const store = getPostgreSQLEventStore(DATABASE_URL, { projections: inlineProjections([hosts]) });
const handle = CommandHandler({ initialState: host.initialState, evolve: host.evolve });

/** One command of a stream at a time: a process that alone writes has no conflicts to repeat. */
const turns = new Map<string, Promise<unknown>>();
function inTurn<T>(id: string, work: () => Promise<T>): Promise<T> {
  const turn = (turns.get(id) ?? Promise.resolve()).then(work, work);
  turns.set(id, turn);
  const leave = () => {
    if (turns.get(id) === turn) turns.delete(id);
  };
  turn.then(leave, leave);
  return turn;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString();
}

/** @returns the status of the answer */
async function collect(request: IncomingMessage): Promise<number> {
  const key = request.headers["x-trento-apikey"];
  if (typeof key !== "string" || (await verifyApiKey(key, KEY_SECRET)) === null) return 401;
  const envelope = envelopeSchema.safeParse(JSON.parse(await bodyOf(request)));
  if (!envelope.success || envelope.data.discovery_type !== "host_discovery") return 422;
  const { agent_id, payload } = envelope.data;
  const result = policies.host_discovery(agent_id, payload, MEMORY);
  if (!result.ok) return 422;
  await inTurn(agent_id, () =>
    handle(store, agent_id, (state) =>
      result.commands.flatMap((command) => {
        const decision = host.decide(command as Parameters<typeof host.decide>[0], state);
        return decision.ok ? ([...decision.events] as StoredHostEvent[]) : [];
      }),
    ),
  );
  return 202;
}

function answer(response: ServerResponse, status: number): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end("{}");
}

await store.schema.migrate();
const server = createServer((request, response) => {
  collect(request).then(
    (status) => answer(response, status),
    (error) => {
      console.error(error);
      answer(response, 500);
    },
  );
});
server.listen(0, "127.0.0.1", () => {
  console.log(`serves http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
process.on("SIGTERM", () => {
  server.close();
  server.closeAllConnections();
  store.close().then(() => process.exit(0));
});
