/** Everything that was to follow has followed, and whatever waits is waited for. */
import type { System } from "../system.ts";
import type { LandscapeSystem } from "./system.ts";

interface LinkRow {
  readonly id: string;
  readonly sid: string;
  readonly health: string | null;
  readonly dereg: string | null;
  readonly stale: string | null;
  readonly dbHealth: string | null;
  readonly dbDereg: string | null;
  readonly dbStale: string | null;
  readonly tenants: string;
  readonly tenant: string;
}

/** What the process manager brings from a database to the systems on it. */
export function checkLinks(system: System): void {
  const rows = system.d1.rows<LinkRow>(
    `SELECT s.id, s.sid, s.database_health AS health, s.deregistered_at AS dereg, d.health AS dbHealth,
       d.deregistered_at AS dbDereg, d.tenants, s.tenant
     FROM sap_systems s JOIN databases d ON d.id = s.database_id WHERE s.sid IS NOT NULL`,
  );
  for (const { id, sid, health, dereg, dbHealth, dbDereg, tenants, tenant } of rows) {
    const names: { name: string }[] = JSON.parse(tenants);
    const holds = dbDereg === null && names.some(({ name }) => name === tenant);
    if (dereg !== null) continue;
    if (!holds) system.world.problem(`system ${sid} (${id}) is there, and its database is not`);
    else if (health !== dbHealth)
      system.world.problem(`system ${sid} (${id}) holds its database for ${health}, and it is ${dbHealth}`);
  }
}

/** Executions ended, and what was asked of hosts was done. */
export function checkReactions(system: System): void {
  const { world } = system;
  for (const object of system.objectsOf("execution")) {
    if (!object.storage.hasTable("events")) continue;
    const types = object.storage
      .read<{ type: string }>("SELECT type FROM events ORDER BY version")
      .map(({ type }) => type);
    world.count(`execution of ${types.length} events`);
    if (types.at(-1) !== "ExecutionCompleted") world.problem(`${object.name} never ended: ${types}`);
  }
  for (const object of system.objectsOf("host")) {
    if (!object.storage.hasTable("events")) continue;
    const events = object.storage.read<{ version: number; type: string }>(
      "SELECT version, type FROM events ORDER BY version",
    );
    const [row] = system
      .objectOf("agent", object.id)
      .storage.read<{ value: string }>("SELECT value FROM memory WHERE key = 'followed'");
    const followed = row === undefined ? 0 : Number(JSON.parse(row.value));
    const last = events.findLast(
      ({ type }) => type === "HostDeregistrationRequested" || type === "HeartbeatFailed",
    );
    if (last !== undefined && followed < last.version)
      world.problem(`nothing followed from ${last.type} ${last.version} of ${object.name}`);
    const requested = events.findLastIndex(({ type }) => type === "HostDeregistrationRequested");
    const left = events.findLastIndex(({ type }) => type === "HostDeregistered");
    if (requested > left) world.problem(`${object.name} was to be deregistered and was not`);
  }
}

/** Nobody who has fallen silent is taken for alive by the shard that watches it. */
export function checkHeartbeats(system: System): void {
  const alive = system.d1.rows<{ id: string }>(
    "SELECT id FROM hosts WHERE heartbeat = 'passing' AND deregistered_at IS NULL",
  );
  for (const { id } of alive)
    for (const { id: shard, storage } of system.objectsOf("heartbeat_watch")) {
      if (!storage.hasTable("watched")) continue;
      const [row] = storage.read<{ heartbeat: string }>(
        "SELECT heartbeat FROM watched WHERE host_id = ?",
        id,
      );
      if (row !== undefined)
        system.world.problem(
          `host ${id} is taken for alive; shard ${shard} says ${row.heartbeat}, alarm ${storage.durableAlarm} ${storage.isAlarmLost}`,
        );
    }
}

const waiting: Readonly<Record<string, string>> = {
  directory: "SELECT 1 FROM waiters WHERE due IS NOT NULL",
  mailroom: "SELECT 1 FROM pending UNION SELECT 1 FROM mails WHERE status = 'waiting'",
  webhook: "SELECT 1 FROM deliveries WHERE status = 'waiting'",
  checks_group: "SELECT 1 FROM wake_ups",
  execution: "SELECT 1 FROM wake_ups WHERE purpose <> 'retention'",
};

/** At the end nothing is due any more that somebody waits for. */
export function checkTimers(system: System): void {
  for (const [kind, query] of Object.entries(waiting))
    for (const object of system.objectsOf(kind)) {
      const table = /FROM (\w+)/.exec(query)?.[1] ?? "";
      if (!object.storage.hasTable(table) || object.storage.read(query).length === 0) continue;
      system.world.problem(
        `${object.name} still has something that waits; alarm ${object.storage.durableAlarm}, wall ${system.world.wall()}`,
      );
    }
}

export function checkOutside(system: LandscapeSystem): void {
  const { outside, world } = system;
  for (const object of system.objectsOf("mailroom"))
    for (const { id, status } of object.storage.read<{ id: string; status: string }>(
      "SELECT id, status FROM mails",
    ))
      if (status !== "sent") world.problem(`mail ${id} is ${status}`);
      else if (!outside.mails.has(id)) world.problem(`mail ${id} was never received`);
  // Every event since an endpoint was there has reached it. What "since" means when the clock was put back, nobody can say.
  if (world.counts.has("clock jump")) return;
  const endpoints = system.d1.rows<{ id: string; inserted_at: string }>(
    "SELECT id, inserted_at FROM webhook_endpoints",
  );
  for (const { id, inserted_at } of endpoints) checkEndpoint(system, id, inserted_at);
}

function checkEndpoint(system: LandscapeSystem, id: string, since: string): void {
  const { storage } = system.objectOf("webhook", id);
  const delivered = new Set(
    storage.hasTable("deliveries")
      ? storage
          .read<{ id: string }>("SELECT id FROM deliveries WHERE status = 'delivered'")
          .map((row) => row.id)
      : [],
  );
  for (const object of system.streams())
    for (const event of object.storage.read<{ id: string; type: string }>(
      "SELECT id, type FROM events WHERE occurred_at > ? AND type <> 'TargetAnswered'",
      since,
    )) {
      const isReceived = system.outside.hooks.has(event.id);
      if (delivered.has(event.id) && isReceived) continue;
      const what = delivered.has(event.id)
        ? "is called delivered, and was not received"
        : "was not delivered";
      system.world.problem(`${event.type} ${event.id} of ${object.name}, to ${id}: ${what}`);
      return;
    }
}
