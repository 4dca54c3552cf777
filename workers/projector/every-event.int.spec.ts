/** Every event of every aggregate, and the columns that it changes: these, and no others. */
import { describe, expect, it } from "vitest";
import type { DomainEvent } from "../../domain/decider.ts";
import type { StoredEvent } from "../../durable-objects/event-stream/events.ts";
import { deliver, nudge, type Rows, rowsOf, stored } from "./deliveries.spec.ts";
import { examples, undone } from "./event-examples.spec.ts";

type Type = keyof typeof examples;

/** Follow from the event itself: its version and its time. */
const always = ["version", "updated_at"];

function parsed(value: unknown): unknown {
  return typeof value === "string" && /^[[{]/.test(value) ? JSON.parse(value) : value;
}

function changesOf(before: Rows, after: Rows): Record<string, unknown> {
  const changes: [string, unknown][] = [];
  for (const [table, rows] of Object.entries(after)) {
    const former = before[table] ?? [];
    if (rows.length !== former.length) changes.push([table, rows.length]);
    else
      for (const [index, row] of rows.entries())
        for (const [column, value] of Object.entries(row))
          if (value !== former[index]?.[column] && !always.includes(column))
            changes.push([`${table}.${column}`, parsed(value)]);
  }
  return Object.fromEntries(changes);
}

/** The rows before and after the last of these events, which follow what always happened before them. */
async function around(type: Type, ...events: readonly DomainEvent[]) {
  const stream = { type, id: crypto.randomUUID() };
  const { ownId, before } = examples[type];
  const text = JSON.stringify(stored([...before, ...events])).replaceAll(ownId, stream.id);
  const own: StoredEvent[] = JSON.parse(text);
  expect(await deliver(nudge(stream, own.slice(0, -1)))).toEqual([]);
  const rows = await rowsOf(stream);
  expect(await deliver(nudge(stream, own.slice(-1)))).toEqual([]);
  return [rows, await rowsOf(stream)] as const;
}

const cases = Object.entries(examples).flatMap(([type, { events }]) =>
  Object.entries(events).map(([name, [event, changes]]) => [type as Type, name, event, changes] as const),
);

describe("an event", () => {
  it.each(cases)("of a %s: %s", async (type, name, event, changes) => {
    expect(event.type).toBe(name);
    const [before, after] = await around(type, event);
    expect(changesOf(before, after)).toEqual(changes);
  });

  it.each(undone)("of a %s that undoes another, %#", async (type, one, other, column) => {
    const [before, after] = await around(type, one, other);
    expect(changesOf(before, after)).toMatchObject({ [column]: null });
  });
});
