/**
 * For a table in which a stream has several rows: what is changed in a row again and again is one statement. The platform
 * counts the statements of a batch, and a stream that is read anew has thousands of events.
 */

/** A row of a stream's instances or members. */
interface RowName {
  readonly host_id: string;
  readonly instance_number?: string;
}

/** What an event does: it changes columns of one row, or does more to the rows that it names. */
export type Step<Name extends RowName, Columns, S> =
  | { readonly row: Name; readonly columns: Columns }
  | { readonly rows: readonly Name[]; readonly statement: S };

/** @param update makes the statement that changes columns of a row; the order matters for each row alone */
export function mergeUpdates<Name extends RowName, Columns extends object, S>(
  steps: readonly Step<Name, Columns, S>[],
  update: (row: Name, columns: Columns) => S,
): S[] {
  const statements: S[] = [];
  const open = new Map<string, { row: Name; columns: Columns }>();
  const close = (key: string) => {
    const found = open.get(key);
    if (found === undefined) return;
    open.delete(key);
    statements.push(update(found.row, found.columns));
  };
  for (const step of steps) {
    if ("statement" in step) {
      for (const row of step.rows) close(keyOf(row));
      statements.push(step.statement);
      continue;
    }
    const key = keyOf(step.row);
    const columns = { ...open.get(key)?.columns, ...step.columns };
    open.set(key, { row: step.row, columns });
  }
  for (const key of [...open.keys()]) close(key);
  return statements;
}

function keyOf({ host_id, instance_number }: RowName): string {
  return JSON.stringify([host_id, instance_number]);
}
