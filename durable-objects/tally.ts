/**
 * The Durable Object that adds up what all isolates have counted. It keeps nothing on disk: after a rest it counts from zero,
 * as a process does that was started anew, and as Prometheus expects of a counter.
 */
import { DurableObject } from "cloudflare:workers";
import type { DurableObjectBindings } from "./bindings.ts";
import type { Tally } from "./metrics/tally.ts";

/** Samples that are kept: what a mistake in a label could make more of is passed over. */
const MOST = 5_000;

export class TallyObject extends DurableObject<DurableObjectBindings> {
  readonly #sums = new Map<string, number>();

  async add(tally: Tally): Promise<void> {
    for (const [sample, value] of Object.entries(tally)) {
      const sum = this.#sums.get(sample);
      if (sum !== undefined || this.#sums.size < MOST) this.#sums.set(sample, (sum ?? 0) + value);
    }
  }

  async read(): Promise<Tally> {
    return Object.fromEntries(this.#sums);
  }
}
