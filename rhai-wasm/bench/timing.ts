/** Timing on a machine that has other things to do. */

const BATCH = 16;

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** Nanoseconds of one go: the median of many batches, most of which are not interrupted. `work` does `times` of them. */
export function nanoseconds(slice: number, work: (times: number) => void): number {
  const batches: number[] = [];
  const begin = performance.now();
  for (let start = begin; start - begin < slice; ) {
    work(BATCH);
    const end = performance.now();
    batches.push(((end - start) * 1e6) / BATCH);
    start = end;
  }
  return median(batches);
}
