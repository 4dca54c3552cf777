/**
 * The Durable Object that adds up what all isolates have counted. It is woken seldom and sleeps in between, so the sums are
 * on disk: one row, written when an isolate hands over.
 */
import { DurableObject } from "cloudflare:workers";
import type { DurableObjectBindings } from "./bindings.ts";
import type { Tally } from "./metrics/tally.ts";

/** Samples that are kept: what a mistake in a label could make more of is passed over. */
const MOST = 5_000;

const KEY = "sums";

export class TallyObject extends DurableObject<DurableObjectBindings> {
  readonly #sums: Map<string, number>;

  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env);
    this.#sums = ctx.storage.kv.get<Map<string, number>>(KEY) ?? new Map();
  }

  async add(tally: Tally): Promise<void> {
    for (const [sample, value] of Object.entries(tally)) {
      const sum = this.#sums.get(sample);
      if (sum !== undefined || this.#sums.size < MOST) this.#sums.set(sample, (sum ?? 0) + value);
    }
    this.ctx.storage.kv.put(KEY, this.#sums);
  }

  async read(): Promise<Tally> {
    return Object.fromEntries(this.#sums);
  }
}
