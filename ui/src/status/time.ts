/** Points in time, as the reader's own clock and language have them. */
export function time(text: string | null): string {
  return text === null ? "never" : new Date(text).toLocaleString();
}
