/** The shape every aggregate has: commands, events, a pure `decide` and a pure `evolve`. */

/** A request to change an aggregate. `data` holds all that a decision may need, times included. */
export interface Command<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/** Something that happened to an aggregate. */
export interface DomainEvent<Type extends string = string, Data = unknown> {
  readonly type: Type;
  readonly data: Data;
}

/** A command is answered by events (perhaps none: nothing changed) or refused with a typed error. */
export type Decision<E extends DomainEvent, Refusal extends string> =
  | { readonly ok: true; readonly events: readonly E[] }
  | { readonly ok: false; readonly error: Refusal };

/** A pure aggregate. `decide` and `evolve` are synchronous, total and deterministic. */
export interface Decider<S, C extends Command, E extends DomainEvent, Refusal extends string> {
  initialState(): S;
  decide(command: C, state: S): Decision<E, Refusal>;
  /** An event of an unknown type leaves the state unchanged. */
  evolve(state: S, event: E): S;
}

export function accept<E extends DomainEvent>(
  ...events: E[]
): { readonly ok: true; readonly events: readonly E[] } {
  return { ok: true, events };
}

export function refuse<Refusal extends string>(
  error: Refusal,
): { readonly ok: false; readonly error: Refusal } {
  return { ok: false, error };
}
