/**
 * Outcomes of commands by id: a redelivered command is answered as it was the first time, and has no second effect.
 * A command that appended events is found by them, since their ids begin with its own: a row more would make every command
 * dearer. Only an outcome without events is kept in a row.
 */
import type { CommandOutcome } from "./commands.ts";

/** Id of the n-th event (from 1) of a command. */
export function eventId(commandId: string, number: number): string {
  return `${commandId}.${number}`;
}

type Appended = { version: number; id: string; type: string };

/** The events of one command stand one behind the other. */
function appendedBy(sql: SqlStorage, commandId: string): Appended[] {
  const [first] = sql
    .exec<Appended>("SELECT version, id, type FROM events WHERE id = ?", eventId(commandId, 1))
    .toArray();
  if (first === undefined) return [];
  const events: Appended[] = [];
  for (const row of sql.exec<Appended>(
    "SELECT version, id, type FROM events WHERE version >= ?",
    first.version,
  )) {
    if (row.id !== eventId(commandId, events.length + 1)) break;
    events.push(row);
  }
  return events;
}

export function outcomeOf<R extends string>(sql: SqlStorage, commandId: string): CommandOutcome<R> | null {
  const events = appendedBy(sql, commandId);
  const last = events.at(-1);
  if (last !== undefined) {
    return { status: "accepted", version: last.version, events: events.map(({ type }) => type) };
  }
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
