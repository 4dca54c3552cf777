/**
 * Whether anybody wants to be told of events at all: where nobody does, no commit pays for a message about it. Looked at
 * again now and then by each isolate. What was committed before it saw a new endpoint is made up for at the stream's alarm,
 * which looks itself (`wantedBy`), or its next commit.
 */

/** Milliseconds. */
const TRUSTED_FOR = 5_000;

interface Known {
  readonly db: D1Database;
  readonly isWanted: boolean;
  /** When it was asked. */
  readonly at: number;
}

let known: Known | null = null;
/** When this isolate looked last: the object that looks may be gone before it is answered, so it is not waited for. */
let lookedAt = 0;

/** Answers with a row where anybody wants them. */
export function wantedBy(db: D1Database): D1PreparedStatement {
  return db.prepare("SELECT 1 FROM webhook_endpoints WHERE enabled = 1 LIMIT 1");
}

/** @param at when it was asked: an answer never takes the place of a later one */
export function learnWhetherWanted(db: D1Database, isWanted: boolean, at: number): void {
  const isLater = known?.db !== db || isOver(known.at) || at > known.at || (at === known.at && isWanted);
  if (isLater) known = { db, isWanted, at };
}

/** A time that lies ahead was taken before the clock was put back. */
function isOver(at: number): boolean {
  const age = Date.now() - at;
  return age < 0 || age >= TRUSTED_FOR;
}

async function look(db: D1Database): Promise<void> {
  const at = Date.now();
  lookedAt = at;
  try {
    learnWhetherWanted(db, (await wantedBy(db).first()) !== null, at);
  } catch {
    // It is looked again soon.
  }
}

/** As far as is known at this moment; what is not known yet is taken for wanted. @param later keeps the isolate awake */
export function areWebhooksWanted(db: D1Database, later: (work: Promise<void>) => void): boolean {
  const isKnown = known?.db === db;
  if ((!isKnown || isOver(known?.at ?? 0)) && isOver(lookedAt)) later(look(db));
  return isKnown ? (known?.isWanted ?? true) : true;
}
