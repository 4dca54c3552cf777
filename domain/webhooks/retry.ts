/** When a message that an endpoint did not take is tried again (Standard Webhooks 1.0). */

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 60 * 60_000];

/** Milliseconds after the attempt before; the first comes at once. */
const PAUSES = [
  0,
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
] as const;

export const ATTEMPTS = PAUSES.length;

/** An endpoint that has taken nothing for so long is disabled. */
export const DISABLED_AFTER = 5 * 24 * HOUR;

/** The longest that an endpoint may ask us to wait. */
const LONGEST_WISH = 24 * HOUR;

/**
 * @param attempts that were made
 * @param random between 0 and 1: endpoints that failed together must not be asked together again
 * @param wished milliseconds that the endpoint asked us to wait, by `Retry-After`
 * @returns milliseconds until the next attempt; null when there is none
 */
export function pauseAfter(attempts: number, random: number, wished: number | null): number | null {
  const pause = PAUSES[attempts];
  if (pause === undefined) return null;
  const jittered = pause * (0.9 + random / 5);
  return Math.max(jittered, Math.min(wished ?? 0, LONGEST_WISH));
}

const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/** `Retry-After` in seconds, or as a date. @returns milliseconds; null for what is neither */
export function wishedPause(header: string | null, now: number): number | null {
  if (header === null) return null;
  if (/^\d+$/.test(header.trim())) return Number(header) * SECOND;
  // Parsing alone would take "-5" for a year.
  const at = HTTP_DATE.test(header.trim()) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
