/** Outcomes of commands by id: a redelivered command is answered as it was the first time, and has no second effect. */
import type { CommandOutcome } from "./commands.ts";

export function outcomeOf<R extends string>(sql: SqlStorage, commandId: string): CommandOutcome<R> | null {
  const [row] = sql
    .exec<{ outcome: string }>("SELECT outcome FROM commands WHERE id = ?", commandId)
    .toArray();
  if (row === undefined) return null;
  // Written by `keepOutcome` of the same aggregate.
  const outcome: CommandOutcome<R> = JSON.parse(row.outcome);
  return outcome;
}

export function keepOutcome(sql: SqlStorage, commandId: string, outcome: CommandOutcome): void {
  sql.exec("INSERT INTO commands (id, outcome) VALUES (?, ?)", commandId, JSON.stringify(outcome));
}
