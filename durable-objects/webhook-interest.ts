/**
 * Whether anybody wants to be told of events at all: where nobody does, no commit pays for a message about it. Looked at
 * again now and then by each isolate; what was committed before it saw a new endpoint is made up for at the stream's alarm
 * or its next commit.
 */

/** Milliseconds. */
const TRUSTED_FOR = 5_000;

interface Known {
  readonly db: D1Database;
  readonly isWanted: boolean;
  readonly until: number;
}

let known: Known | null = null;
let isLooking = false;

async function look(db: D1Database): Promise<void> {
  if (isLooking) return;
  isLooking = true;
  try {
    const row = await db.prepare("SELECT 1 FROM webhook_endpoints WHERE enabled = 1 LIMIT 1").first();
    known = { db, isWanted: row !== null, until: Date.now() + TRUSTED_FOR };
  } catch {
    // It is looked again at the next commit.
  } finally {
    isLooking = false;
  }
}

/** As far as is known at this moment; what is not known yet is taken for wanted. @param later keeps the isolate awake */
export function areWebhooksWanted(db: D1Database, later: (work: Promise<void>) => void): boolean {
  if (known?.db !== db || known.until <= Date.now()) later(look(db));
  return known?.db === db ? known.isWanted : true;
}
