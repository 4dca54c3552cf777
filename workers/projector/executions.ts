/** Read model `executions`. */
import { eq, type SQL, sql } from "drizzle-orm";
import type { Database, Statement } from "../read-models/database.ts";
import { executions } from "../read-models/tables.ts";
import type { Progress } from "../subscription/progress.ts";
import { eventsOf, type StoredExecutionEvent } from "../subscription/typed-events.ts";

type Row = typeof executions.$inferInsert;

/** What an event changes in the row that `ExecutionStarted` made. */
function changesOf(event: StoredExecutionEvent): Partial<Row> {
  if (event.type !== "ExecutionCompleted") return {};
  const { result, timeout, critical_count, warning_count, passing_count } = event.data;
  return {
    status: "completed",
    completed_at: event.occurredAt,
    result,
    timeout: [...timeout],
    critical_count,
    warning_count,
    passing_count,
  };
}

function startedRow(event: StoredExecutionEvent): Row | null {
  if (event.type !== "ExecutionStarted") return null;
  const { execution_id, group_id, target_type, targets } = event.data;
  return {
    id: execution_id,
    group_id,
    target_type,
    status: "running",
    targets: targets.map(({ agent_id, checks }) => ({ agent_id, checks: [...checks] })),
    answered: [],
    timeout: [],
    started_at: event.occurredAt,
    version: event.version,
  };
}

/** The column with more agents at its end. */
function withAnswers(agents: readonly string[]): SQL {
  return agents.reduce<SQL>(
    (list, agent) => sql`json_insert(${list}, '$[#]', ${agent})`,
    sql`${executions.answered}`,
  );
}

export function projectExecutions(db: Database, progress: Progress): Statement[] {
  const events = eventsOf("execution", progress);
  const last = events.at(-1);
  if (last === undefined) return [];
  const changed: Partial<Row> = Object.assign({}, ...events.map(changesOf), { version: last.version });
  const answered = events.flatMap((event) => (event.type === "TargetAnswered" ? [event.data.agent_id] : []));
  const [first] = events;
  const started = first === undefined ? null : startedRow(first);
  if (started !== null) {
    return [
      db
        .insert(executions)
        .values({ ...started, ...changed, answered })
        .onConflictDoNothing(),
    ];
  }
  return [
    db
      .update(executions)
      .set(answered.length === 0 ? changed : { ...changed, answered: withAnswers(answered) })
      .where(eq(executions.id, progress.stream.id)),
  ];
}
