/** A resource as clients see it, or null when it is gone or not yet whole; and the version of its stream that this reflects. */
export interface Viewed<View> {
  readonly version: number;
  /** What is left of it when it is gone. */
  readonly name: string | null;
  readonly view: View | null;
}

/** The views that there are. */
export function present<View>(found: ReadonlyMap<string, Viewed<View>>): View[] {
  return [...found.values()].flatMap(({ view }) => (view === null ? [] : [view]));
}
