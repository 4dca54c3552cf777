/** Executions as clients see them, from the read models. */
import { count, desc, eq } from "drizzle-orm";
import { type ExecutionView, executionViewOf } from "../../domain/execution/view.ts";
import { checksGroupStub } from "../../durable-objects/checks-group.ts";
import type { StoredEvent } from "../../durable-objects/event-stream/events.ts";
import { type AggregateBindings, executionStub } from "../../durable-objects/streams.ts";
import type { Bindings } from "../bindings.ts";
import { eventsOf } from "../subscription/typed-events.ts";
import { type Database, databaseOf } from "./database.ts";
import { type Ids, isAmong } from "./identified.ts";
import { executions } from "./tables.ts";
import type { Viewed } from "./viewed.ts";

function toView({ id, version, ...row }: typeof executions.$inferSelect): ExecutionView {
  return { execution_id: id, ...row };
}

/** Executions by id. */
export async function readExecutions(db: Database, ids: Ids): Promise<Map<string, Viewed<ExecutionView>>> {
  const rows = await db.select().from(executions).where(isAmong(executions.id, ids));
  return new Map(rows.map((row) => [row.id, { version: row.version, name: null, view: toView(row) }]));
}

/** All that the execution itself knows. @returns null where there is none, or none any more */
async function readFromStream(env: AggregateBindings, id: string): Promise<ExecutionView | null> {
  const events: StoredEvent[] = [];
  for (;;) {
    const page = await executionStub(env, id).readEvents(events.length + 1);
    events.push(...page);
    if (page.length > 0) continue;
    const stream = { type: "execution", id };
    return executionViewOf(eventsOf("execution", { stream, events }));
  }
}

/**
 * One execution. Whoever was told of its start or its end asks for it at once, before the table has it: then it is asked itself.
 */
export async function readExecution(env: Bindings, id: string): Promise<ExecutionView | null> {
  const view = (await readExecutions(databaseOf(env), [id])).get(id)?.view ?? null;
  return view?.status === "completed" ? view : ((await readFromStream(env, id)) ?? view);
}

/** The execution of a group that was started last: the group knows of it before the table has it. */
export async function readLast(env: Bindings, groupId: string): Promise<ExecutionView | null> {
  const [{ items }, current] = await Promise.all([
    readHistory(databaseOf(env), groupId, { offset: 0, limit: 1 }),
    checksGroupStub(env, groupId).current(),
  ]);
  const [stored = null] = items;
  if (current === null || (current === stored?.execution_id && stored.status === "completed")) return stored;
  const view = await readExecution(env, current);
  // A start that was refused is known to the group, too: it may be of an execution from before.
  if (view === null || view.group_id !== groupId) return stored;
  return stored === null || view.started_at >= stored.started_at ? view : stored;
}

export interface Page {
  readonly offset: number;
  readonly limit: number;
}

/** Executions, the last started first, and how many there are; of one group where one is named. */
export async function readHistory(
  db: Database,
  groupId: string | undefined,
  { offset, limit }: Page,
): Promise<{ items: ExecutionView[]; total: number }> {
  const ofGroup = groupId === undefined ? undefined : eq(executions.group_id, groupId);
  const [rows, counted] = await db.batch([
    db
      .select()
      .from(executions)
      .where(ofGroup)
      .orderBy(desc(executions.started_at), desc(executions.id))
      .limit(limit)
      .offset(offset),
    db.select({ total: count() }).from(executions).where(ofGroup),
  ]);
  return { items: rows.map(toView), total: counted[0]?.total ?? 0 };
}
