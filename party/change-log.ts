/** The last changes of a room, numbered, so that a client that was away gets what it missed. */
import type { Change, Position } from "./messages.ts";

/** Changes that are kept; who missed more reads the resources again. */
export const KEPT = 1_000;
/** The log is shortened whenever it is this much too long, and not at every change. */
const SLACK = 250;

export interface NumberedChange extends Position {
  readonly change: Change;
}

type ChangeRow = { sequence: number; change: string };

export class ChangeLog {
  readonly #storage: DurableObjectStorage;
  readonly #newEpoch: () => string;
  #epoch: string;
  /** Nobody holds a position of this epoch: changes may go by without being kept. */
  #unheard: boolean;
  /** Version told last, by resource: a change is repeated when its sender was not sure that it was told. */
  readonly #told = new Map<string, number>();
  #first: number;
  #last: number;

  constructor(storage: DurableObjectStorage, newEpoch: () => string) {
    this.#storage = storage;
    const { sql } = storage;
    sql.exec("CREATE TABLE IF NOT EXISTS log (sequence INTEGER PRIMARY KEY, change TEXT NOT NULL)");
    sql.exec(
      "CREATE TABLE IF NOT EXISTS epoch (only INTEGER PRIMARY KEY CHECK (only = 1), epoch TEXT NOT NULL, unheard INTEGER NOT NULL)",
    );
    const [stored] = sql
      .exec<{ epoch: string; unheard: number }>("SELECT epoch, unheard FROM epoch")
      .toArray();
    this.#newEpoch = newEpoch;
    this.#epoch = stored?.epoch ?? newEpoch();
    this.#unheard = stored === undefined || stored.unheard === 1;
    const changes = this.#read(0);
    this.#first = changes[0]?.sequence ?? 1;
    this.#last = changes.at(-1)?.sequence ?? 0;
    for (const { change } of changes) this.#told.set(change.id, change.version);
  }

  /** Somebody is given the position: from now on all changes are kept. */
  open(): Position {
    if (this.#unheard) this.#writeEpoch(this.#epoch, false);
    return { epoch: this.#epoch, sequence: this.#last };
  }

  /** Changes go by while nobody is in the room: whoever was, and comes back, reads the resources again. */
  skip(): void {
    if (this.#unheard) return;
    this.#storage.transactionSync(() => {
      this.#storage.sql.exec("DELETE FROM log");
      this.#writeEpoch(this.#newEpoch(), true);
    });
    this.#first = this.#last + 1;
    this.#told.clear();
  }

  /** Numbers the changes that are news; a repeated one, with no events of its own or an old version, is left out. */
  append(changes: readonly Change[]): NumberedChange[] {
    const news = changes.filter((change) => this.#isNews(change));
    this.#storage.transactionSync(() => {
      news.forEach((change, index) => {
        this.#storage.sql.exec(
          "INSERT INTO log (sequence, change) VALUES (?, ?)",
          this.#last + index + 1,
          JSON.stringify(change),
        );
      });
    });
    const numbered = news.map((change) => {
      this.#told.set(change.id, change.version);
      this.#last += 1;
      return { epoch: this.#epoch, sequence: this.#last, change };
    });
    this.#shorten();
    return numbered;
  }

  /** @returns what followed a position; null when the log does not reach back to it */
  since(epoch: string | null, sequence: number): NumberedChange[] | null {
    const reaches = sequence >= this.#first - 1 && sequence <= this.#last;
    return epoch === this.#epoch && reaches ? this.#read(sequence) : null;
  }

  #writeEpoch(epoch: string, unheard: boolean): void {
    this.#storage.sql.exec(
      "INSERT OR REPLACE INTO epoch (only, epoch, unheard) VALUES (1, ?, ?)",
      epoch,
      unheard ? 1 : 0,
    );
    this.#epoch = epoch;
    this.#unheard = unheard;
  }

  #isNews(change: Change): boolean {
    const told = this.#told.get(change.id);
    return (
      told === undefined || change.version > told || (change.version === told && change.events.length > 0)
    );
  }

  #read(after: number): NumberedChange[] {
    return this.#storage.sql
      .exec<ChangeRow>("SELECT sequence, change FROM log WHERE sequence > ? ORDER BY sequence", after)
      .toArray()
      .map((row) => {
        const change: Change = JSON.parse(row.change);
        return { epoch: this.#epoch, sequence: row.sequence, change };
      });
  }

  #shorten(): void {
    if (this.#last - this.#first + 1 < KEPT + SLACK) return;
    this.#first = this.#last - KEPT + 1;
    this.#storage.sql.exec("DELETE FROM log WHERE sequence < ?", this.#first);
  }
}
