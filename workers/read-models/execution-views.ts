/** Executions as clients see them, from the read models. */
import { count, desc, eq } from "drizzle-orm";
import { type ExecutionView, executionViewOf } from "../../domain/execution/view.ts";
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
