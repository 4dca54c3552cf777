/** What one event says on a channel: its name there, and what comes with it. */
export interface Said {
  readonly event: string;
  readonly payload: object;
}

/**
 * A resource as it is now; null when it is gone. What is left of one that is gone is its name.
 */
export interface Subject<View> {
  readonly view: View | null;
  readonly name: string | null;
}

/** The whole resource, where there is one: who hears that one came is not told of one that has left since. */
export function whole<View extends object>(event: string, { view }: Subject<View>): Said | null {
  return view === null ? null : { event, payload: view };
}
