/** Which requests wait behind which. */
import { Slots } from "./slots.ts";

/** Requests in the runtime at once. Fewer make its turns shorter, in which it hears nobody. */
const REST = 16;
const QUICK = 32;
/**
 * Whoever signs in waits for a hash, which takes long, and must not wait in the places of others. The Worker hashes one password
 * at a time and refuses those for whom there is no place in its own queue: it hears of more than that queue takes.
 */
const SIGN_INS = 32;
const LARGE = 1;

/** `/wanda` before it leads to the same. */
const QUICK_PATH =
  /^(?:\/wanda)?\/api\/(?:(?:v\d+\/)?(?:hosts\/[^/]+\/heartbeat|relays\/heartbeats)|healthz|readyz)$/;
const SIGN_IN_PATH = /^(?:\/wanda)?\/api\/session$/;

/** As the router reads it: whoever spells a path in another way waits in the same lane. */
function readPath(target: string): string {
  try {
    return decodeURI(new URL(`http://front${target}`).pathname);
  } catch {
    return target;
  }
}

export class Lanes {
  /** Bodies so large that reading them holds up the runtime: a slot here comes before the one of the lane. */
  readonly large = new Slots(LARGE);
  readonly #quick = new Slots(QUICK);
  readonly #signIns = new Slots(SIGN_INS);
  readonly #rest = new Slots(REST);

  of(target: string): Slots {
    const path = readPath(target);
    if (QUICK_PATH.test(path)) return this.#quick;
    return SIGN_IN_PATH.test(path) ? this.#signIns : this.#rest;
  }
}
