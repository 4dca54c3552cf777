/** Reading the activity log when there is much of it, or much is asked for at once. */
import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import { parseSearch } from "../../domain/activity-log/search.ts";
import { type ActivityQuery, type Place, readActivity } from "./activity-log.ts";
import { databaseOf } from "./database.ts";

const everything: ActivityQuery = {
  direction: "older",
  from: null,
  limit: 10,
  since: null,
  until: null,
  actors: [],
  types: [],
  severities: [],
  search: null,
  seesUserManagement: true,
};
const read = (more: Partial<ActivityQuery>) => readActivity(databaseOf(env), { ...everything, ...more });

const ENTRIES = 45_000;
/** Entries that are marked: the oldest, one in the middle, and one that is near the newest. */
const marked = [0, 22_000, 44_000];

beforeAll(async () => {
  await env.DB.prepare(
    `INSERT INTO activity_logs (id, type, actor, severity, metadata, occurred_on)
     WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ? - 1)
     SELECT printf('%06d', i), 'testing', 'actor-' || (i % 200), 9,
       json_object('number', i, 'mark', iif(i IN (SELECT value FROM json_each(?)), 'here', 'nowhere'), 'is', json('true')),
       strftime('%Y-%m-%dT%H:%M:%fZ', 1700000000 + i, 'unixepoch') FROM n`,
  )
    .bind(ENTRIES, JSON.stringify(marked))
    .run();
});

/** The numbers on each page, from one end to the other, each begun where the one before ended. */
async function pages(direction: ActivityQuery["direction"], search: string): Promise<number[][]> {
  const all: number[][] = [];
  let from: Place | null = null;
  for (;;) {
    const { entries, hasMore, reached } = await read({ direction, from, search: parseSearch(search) });
    all.push(entries.map(({ id }) => Number(id)));
    if (!hasMore) return all;
    from = reached ?? (direction === "older" ? entries.at(-1) : entries[0]) ?? null;
    expect(from).not.toBeNull();
  }
}

describe("a search of a long log", () => {
  it("looks at a part of it for each page, and goes on where it was", async () => {
    expect(await pages("older", "here")).toEqual([[44_000], [22_000], [0]]);
    expect(await pages("newer", "here")).toEqual([[0], [22_000], [44_000]]);
  });

  it("has full pages where enough is found", async () => {
    const { entries, hasMore, reached } = await read({ search: parseSearch("nowhere") });
    expect(entries.map(({ id }) => Number(id))).toEqual(
      Array.from({ length: 10 }, (_, i) => ENTRIES - 1 - i),
    );
    expect({ hasMore, reached }).toEqual({ hasMore: true, reached: null });
  });

  it.each([
    ["true AND ==22000", [22_000]],
    ["he* AND *re AND *er*", [44_000, 22_000, 0]],
    ["==1 OR ==2 OR here AND <10", [2, 1, 0]],
    [`${Array.from({ length: 19 }, (_, i) => `x${i}`).join(" ")} ==22000`, [22_000]],
    [Array(20).fill("begin*").join(" AND "), []],
  ])("joins and parts words: %s", async (search, expected) => {
    expect((await pages("older", search)).flat()).toEqual(expected);
  });
});

it("many filters at once are no more than few", async () => {
  const many = (name: string) => Array.from({ length: 100 }, (_, i) => `${name}-${i}`);
  const { entries } = await read({
    actors: [...many("actor"), ...many("actor")],
    types: [...many("type"), "testing"],
    severities: Array(100).fill("info"),
    seesUserManagement: false,
    search: parseSearch(Array(20).fill("here*").join(" ")),
  });
  // Half of the entries are of these actors: the oldest is on the next page.
  expect(entries.map(({ id }) => Number(id))).toEqual([44_000, 22_000]);
});
