/** A read model with one row for each stream: what its events say, one over the other, whatever their number. */

interface Happened {
  readonly version: number;
  readonly occurredAt: string;
}

/** @returns the columns that change, and the row where there is none yet; null when nothing happened */
export function streamRow<E extends Happened, Columns extends object>(
  id: string,
  events: readonly E[],
  columnsOf: (event: E) => Columns,
) {
  const [first, last] = [events[0], events.at(-1)];
  if (first === undefined || last === undefined) return null;
  const said: Partial<Columns> = Object.assign({}, ...events.map(columnsOf));
  const changed = { ...said, version: last.version, updated_at: last.occurredAt };
  return { changed, row: { ...changed, id, inserted_at: first.occurredAt } };
}
