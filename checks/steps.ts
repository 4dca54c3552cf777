/**
 * Long work in steps: whoever does it may let others go first between two of them. It is the same work, with the same outcome,
 * whoever does it and however long the pauses are.
 */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Does all of it at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
