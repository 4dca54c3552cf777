/** What a person is told in a sentence; anything else is a mistake of ours, and told with its stack. */
export class Failure extends Error {}

/** Whose errors are sentences for a person. */
export function orTell<Value>(work: () => Value): Value {
  try {
    return work();
  } catch (error) {
    throw new Failure(error instanceof Error ? error.message : String(error));
  }
}

/** Runs what was asked for, and ends with 1 where it could not be done. */
export async function runOrTell(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    console.error(error instanceof Failure ? error.message : error);
    process.exit(1);
  }
}
