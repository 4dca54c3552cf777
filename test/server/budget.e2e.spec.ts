/** What each thing asks of the platform stays within its budget. Syncs and files are left out where `strace` is not installed. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { budgets } from "../../bench/budget.ts";
import { type Counts, counts } from "../../bench/cases/counts.ts";
import { isTracerThere } from "../../bench/syscalls.ts";
import { startTarget, type Target } from "../../bench/target.ts";

const ON_DISK = new Set(["commits", "syncs", "newFiles"]);
/** Milliseconds: each waits until nothing follows any more. */
const LONGEST = 10 * 60_000;

describe("four of each, one after another", () => {
  let target: Target;
  let found: Readonly<Record<string, Counts>>;

  beforeAll(async () => {
    target = await startTarget({ CHECKS_INTERVAL: "0" });
    found = await counts(target);
  }, LONGEST);
  afterAll(() => target.stop());

  it("is counted for everything that has a budget", () => {
    expect(Object.keys(found).sort()).toEqual(Object.keys(budgets).sort());
  });

  it.each(Object.entries(budgets))("%s", (name, budget) => {
    const counted = Object.entries(found[name] ?? {});
    const over = counted.filter(([what, count]) => {
      const most = Object.entries(budget).find(([field]) => field === what)?.[1] ?? 0;
      return (isTracerThere || !ON_DISK.has(what)) && count > most;
    });
    expect(over, JSON.stringify(found[name])).toEqual([]);
  });
});
