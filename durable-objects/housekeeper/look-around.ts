/** Looks at everything that may be stuck, a page at a time, and keeps where it is: a crash costs the page. */
import { inBatches } from "../batches.ts";
import type { DurableObjectBindings } from "../bindings.ts";
import { rounds } from "./rounds.ts";

interface Place {
  readonly round: number;
  readonly after: string;
}

const BEGIN: Place = { round: 0, after: "" };

export class LookAround {
  readonly #kv: SyncKvStorage;

  constructor(kv: SyncKvStorage) {
    this.#kv = kv;
  }

  /** From the beginning, wherever it is. */
  restart(): void {
    this.#kv.delete("place");
  }

  /** One page. Who cannot be reached is looked at the next time. @returns whether there is more */
  async goOn(env: DurableObjectBindings): Promise<boolean> {
    const place = this.#kv.get<Place>("place") ?? BEGIN;
    const round = rounds[place.round];
    if (round === undefined) {
      this.restart();
      return false;
    }
    const { visits, last } = await round(env, place.after);
    const failures: unknown[] = [];
    await inBatches(visits, (visit) => visit().catch((error) => failures.push(error)));
    if (failures.length > 0)
      console.error(`${failures.length} of ${visits.length} could not be looked at`, failures[0]);
    const next = last === null ? { round: place.round + 1, after: "" } : { ...place, after: last };
    this.#kv.put("place", next);
    return true;
  }
}
