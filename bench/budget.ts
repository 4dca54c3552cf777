/**
 * What each thing may ask of the platform at most: four of it together, with all that follows (`cases/counts.ts`). Whoever finds a
 * way to ask for less lowers the figure here. What happens by the clock meanwhile, such as the metrics that isolates hand over, may
 * fall into one run and not into another: so a budget is a little above what was counted.
 */
import type { Counts } from "./cases/counts.ts";

export const budgets = {
  "nothing at all": { commits: 12, syncs: 20, newFiles: 8, calls: 6, messages: 0, statements: 4, rows: 0 },
  "an unchanged discovery": {
    commits: 12,
    syncs: 20,
    newFiles: 12,
    calls: 12,
    messages: 0,
    statements: 4,
    rows: 0,
  },
  "a changed discovery": {
    commits: 65,
    syncs: 90,
    newFiles: 28,
    calls: 50,
    messages: 4,
    statements: 24,
    rows: 20,
  },
  "a first discovery": {
    commits: 68,
    syncs: 125,
    newFiles: 36,
    calls: 50,
    messages: 4,
    statements: 26,
    rows: 28,
  },
  "an execution of 3 checks on 2 targets": {
    commits: 150,
    syncs: 250,
    newFiles: 62,
    calls: 125,
    messages: 16,
    statements: 70,
    rows: 52,
  },
  "a heartbeat that changes nothing": {
    commits: 2,
    syncs: 4,
    newFiles: 2,
    calls: 8,
    messages: 0,
    statements: 4,
    rows: 0,
  },
} satisfies Readonly<Record<string, Counts>>;
