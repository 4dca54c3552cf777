/**
 * Who may wait for an alarm that never rings, as far as the read models know: all of them are looked at, and whoever is looked
 * at wakes and goes on. A page at a time: a call to each of thousands is more than one alarm may make.
 */
import { z } from "zod";
import type { DurableObjectBindings } from "../bindings.ts";
import type { TargetType } from "../checks-group/target.ts";
import { databaseDirectory, tenantDirectory } from "../directory.ts";
import { streamOfKey } from "../event-stream/events.ts";
import { keptFor } from "../execution/retention.ts";
import { shardCount, watchStub } from "../heartbeat-watch/shards.ts";
import { mailroomStub } from "../mailroom.ts";
import { streamStub } from "../streams.ts";

/** Rows of one page. */
export const PAGE = 100;
const DAY = 24 * 60 * 60_000;

export interface Page {
  readonly visits: readonly (() => Promise<unknown>)[];
  /** The name with which the page ends; null where it is the last. */
  readonly last: string | null;
}

export type Round = (env: DurableObjectBindings, after: string) => Promise<Page>;

/** A round over the rows of a query, which takes the name after which it begins as its first parameter, and gives a `name`. */
function roundOver<T extends { name: string }>(
  query: string,
  schema: z.ZodType<T>,
  visit: (env: DurableObjectBindings, row: T) => Promise<unknown>,
  parameters: (env: DurableObjectBindings) => readonly string[] = () => [],
): Round {
  return async (env, after) => {
    const { results } = await env.DB.prepare(`${query} LIMIT ${PAGE}`)
      .bind(after, ...parameters(env))
      .all();
    const rows = z.array(schema).parse(results);
    const last = rows.at(-1)?.name ?? null;
    return { visits: rows.map((row) => () => visit(env, row)), last: rows.length < PAGE ? null : last };
  };
}

/** Where the subscribers stand, by their names. */
const standing = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.record(z.string(), z.number()));

/** `/` and the character after it. */
const streamsOf = (type: "host" | "cluster" | "database" | "sap_system" | "agent") =>
  roundOver(
    `SELECT substr(stream, ${type.length + 2}) AS name, json_group_object(subscriber, version) AS standing
     FROM checkpoints WHERE stream > '${type}/' || ? AND stream < '${type}0' GROUP BY stream ORDER BY stream`,
    z.object({ name: z.string(), standing }),
    (env, row) => streamStub(env, { type, id: row.name }).look(row.standing),
  );

/** Of whatever type: its alarm reads by itself where its subscribers stand. */
const untoldStreams = roundOver(
  "SELECT DISTINCT stream AS name FROM untold WHERE stream > ? ORDER BY stream",
  z.object({ name: z.string() }),
  (env, { name }) => streamStub(env, streamOfKey(name)).look({}),
);

/** Seconds after which an execution that runs has had all the time that its targets have. */
const STUCK_AFTER = 10 * 60;

/**
 * Executions that should have ended, that ended and nobody followed, and that should be gone. The last of a group is not to go,
 * and is looked at in vain.
 */
const executions = roundOver(
  `SELECT e.id AS name, (
     SELECT json_group_object(subscriber, version) FROM checkpoints WHERE stream = 'execution/' || e.id
   ) AS standing
   FROM executions e WHERE e.id > ?1 AND (
     (e.status = 'running' AND e.started_at < ?2) OR e.completed_at < ?3 OR (
       e.status <> 'running' AND NOT EXISTS (
         SELECT 1 FROM checkpoints WHERE stream = 'execution/' || e.id AND subscriber = 'process-manager'
       )
     )
   ) ORDER BY e.id`,
  z.object({ name: z.string(), standing }),
  (env, row) => streamStub(env, { type: "execution", id: row.name }).look(row.standing),
  (env) => {
    const now = Date.now();
    const timeout = Math.max(Number(env.CHECKS_TIMEOUT ?? 0) || 0, STUCK_AFTER) * 1_000;
    return [now - timeout, now - keptFor(env) - 2 * DAY].map((at) => new Date(at).toISOString());
  },
);

const endpoints = roundOver(
  "SELECT id AS name FROM webhook_endpoints WHERE id > ? ORDER BY id",
  z.object({ name: z.string() }),
  (env, { name }) => env.WEBHOOK.getByName(name).look(),
);

const groupsOf = (type: TargetType) =>
  roundOver(
    `SELECT id AS name FROM ${type}s WHERE id > ? AND deregistered_at IS NULL AND selected_checks <> '[]' ORDER BY id`,
    z.object({ name: z.string() }),
    (env, { name: id }) => env.CHECKS_GROUP.getByName(id).look({ type, id }),
  );

const directoriesOfDatabases = roundOver(
  "SELECT id AS name FROM databases WHERE id > ? ORDER BY id",
  z.object({ name: z.string() }),
  (env, { name }) => databaseDirectory(env, name).look(),
);

const directoriesOfTenants = roundOver(
  `SELECT DISTINCT t.value ->> 'name' AS name FROM databases, json_each(databases.tenants) t
   WHERE t.value ->> 'name' > ? ORDER BY 1`,
  z.object({ name: z.string() }),
  (env, { name }) => tenantDirectory(env, name).look(),
);

const heartbeats = roundOver(
  `SELECT id AS name, heartbeat FROM hosts
   WHERE id > ? AND deregistered_at IS NULL AND heartbeat IN ('passing', 'critical') ORDER BY id`,
  z.object({ name: z.string(), heartbeat: z.enum(["passing", "critical"]) }),
  (env, { name: host_id, heartbeat }) =>
    watchStub(env, host_id).compare([{ host_id, heartbeat }], shardCount(env)),
);

const mailroom: Round = async (env) => ({ visits: [() => mailroomStub(env).look()], last: null });

/** In the order in which something may wait for the other: what is delivered first. */
export const rounds: readonly Round[] = [
  executions,
  endpoints,
  mailroom,
  streamsOf("host"),
  streamsOf("cluster"),
  streamsOf("database"),
  streamsOf("sap_system"),
  streamsOf("agent"),
  untoldStreams,
  groupsOf("host"),
  groupsOf("cluster"),
  directoriesOfDatabases,
  directoriesOfTenants,
  heartbeats,
];
