/**
 * An object that nobody calls stays open as long as a stub of it lies in the heap, dead or not, with its database, the cache of that
 * and three files. Of all that the engine sees a few hundred bytes, and collects them when the heap is full: after minutes, in which a
 * server that makes many objects holds a thousand of them. So it is asked to, now and then.
 */

/** Milliseconds. A collection takes some hundredths of a second, an object is let go of ten seconds after its last stub. */
const EVERY = 30_000;

/** There where the runtime is started with `--expose-gc`. */
interface Collecting {
  readonly gc?: (options: { type: "major"; execution: "async" }) => Promise<void>;
}

let last = 0;

/** @param now milliseconds */
export async function collectNowAndThen(
  now = Date.now(),
  from: Collecting = globalThis as Collecting,
): Promise<void> {
  if (from.gc === undefined || now - last < EVERY) return;
  last = now;
  await from.gc({ type: "major", execution: "async" });
}
