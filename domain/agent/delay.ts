/** What the server could not apply for reasons of its own: when it tries again, and from when on people are told. */

/** Milliseconds after the first attempt; each further pause is twice as long. */
const FIRST_PAUSE = 2_000;
const LONGEST_PAUSE = 5 * 60_000;
/** Pauses are spread by up to so much of themselves: what fails, fails for many agents in the same moment. */
const SPREAD = 1 / 4;
/** Milliseconds: an object that is moved or begins anew is back before that, and was no news. */
const TOLD_AFTER = 5_000;

/**
 * @param attempts that were made, one at least
 * @param random between 0 and 1
 * @returns milliseconds until the next
 */
export function pauseAfter(attempts: number, random: number): number {
  return Math.min(FIRST_PAUSE * 2 ** (attempts - 1), LONGEST_PAUSE) * (1 + random * SPREAD);
}

/** @param since when the first attempt failed, in ISO 8601 @param now milliseconds */
export function isNews(since: string, now: number): boolean {
  return now - Date.parse(since) >= TOLD_AFTER;
}
