/** Work that may be asked for far more often than it should be done. */

/**
 * @returns asks for the work: it begins within `delay` milliseconds, never beside itself, and everything that was
 * asked for is followed by work that began afterwards
 */
export function paced(work: () => Promise<unknown>, delay: number): () => void {
  let asked = false;
  let busy = false;

  async function run() {
    busy = true;
    while (asked) {
      await new Promise((resolve) => setTimeout(resolve, delay));
      asked = false;
      // What failed is asked for again with the next change.
      await work().catch(() => undefined);
    }
    busy = false;
  }

  return () => {
    asked = true;
    if (!busy) void run();
  };
}
