/** How long executions are kept. */

const DAY = 24 * 60 * 60_000;
const KEPT_DAYS = 7;

/** Milliseconds from the end of an execution to its removal. */
export function keptFor(env: { readonly EXECUTIONS_KEPT_DAYS?: string }): number {
  const days = Number(env.EXECUTIONS_KEPT_DAYS ?? KEPT_DAYS);
  return (Number.isFinite(days) && days > 0 ? days : KEPT_DAYS) * DAY;
}

/** The last execution of a group stays, however old it is: it is what is known of the group. */
export async function isNewest(db: D1Database, executionId: string, groupId: string): Promise<boolean> {
  const newest = await db
    .prepare("SELECT id FROM executions WHERE group_id = ? ORDER BY started_at DESC, id DESC LIMIT 1")
    .bind(groupId)
    .first<{ id: string }>();
  return newest === null || newest.id === executionId;
}

/** Takes an execution out of the read model; its own storage goes afterwards, so that this can be repeated. */
export async function removeFromReadModel(
  db: D1Database,
  executionId: string,
  stream: string,
): Promise<void> {
  await db.batch([
    db.prepare("DELETE FROM executions WHERE id = ?").bind(executionId),
    db.prepare("DELETE FROM checkpoints WHERE stream = ?").bind(stream),
    db.prepare("DELETE FROM untold WHERE stream = ?").bind(stream),
  ]);
}
