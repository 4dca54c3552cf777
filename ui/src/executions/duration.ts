/** How long an execution took. */
interface Timed {
  readonly started_at: string;
  readonly completed_at: string | null;
}

export function durationOf({ started_at, completed_at }: Timed): string {
  if (completed_at === null) return "–";
  const seconds = (Date.parse(completed_at) - Date.parse(started_at)) / 1_000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}
