/** Points in time, as the reader's own clock and language have them. */
export function time(text: string | null): string {
  return text === null ? "never" : new Date(text).toLocaleString();
}

/** The same where there is little room: of today, the time of day alone. */
export function shortTime(text: string, now = new Date()): string {
  const then = new Date(text);
  if (then.toDateString() === now.toDateString()) return then.toLocaleTimeString([], { timeStyle: "short" });
  return then.toLocaleString([], { dateStyle: "short", timeStyle: "short" });
}
