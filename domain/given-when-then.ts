/** Specifications of deciders that read aloud: given these events, when this command, then those events. */
import { expect } from "vitest";
import type { Command, Decider, Decision, DomainEvent } from "./decider.ts";

/** Freezes all of a value: a decider that changes what it was given fails its test. */
export function deepFreeze<T>(value: T): T {
  if (value !== null && typeof value === "object" && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) deepFreeze(child);
  }
  return value;
}

export interface Outcome<S, E extends DomainEvent, Refusal extends string> {
  readonly decision: Decision<E, Refusal>;
  /** The state after the decision's events; the state before when the command was refused. */
  readonly state: S;
  /** Exactly these events, in this order. */
  then(events: readonly E[]): Outcome<S, E, Refusal>;
  thenNothing(): Outcome<S, E, Refusal>;
  thenRefused(error: Refusal): Outcome<S, E, Refusal>;
}

export interface Situation<S, C extends Command, E extends DomainEvent, Refusal extends string> {
  readonly state: S;
  when(command: C): Outcome<S, E, Refusal>;
}

/** The situation after `events`, of which none means that nothing happened yet. */
export function given<S, C extends Command, E extends DomainEvent, Refusal extends string>(
  decider: Decider<S, C, E, Refusal>,
  events: readonly NoInfer<E>[] = [],
): Situation<S, C, E, Refusal> {
  const apply = (state: S, happened: readonly E[]): S =>
    happened.reduce((current, event) => deepFreeze(decider.evolve(current, deepFreeze(event))), state);
  const state = apply(deepFreeze(decider.initialState()), events);
  return {
    state,
    when(command) {
      const decision = decider.decide(deepFreeze(command), state);
      const outcome: Outcome<S, E, Refusal> = {
        decision,
        state: decision.ok ? apply(state, decision.events) : state,
        // biome-ignore lint/suspicious/noThenProperty: given, when, then; nobody awaits an outcome
        then(expected) {
          expect(decision).toStrictEqual({ ok: true, events: expected });
          return outcome;
        },
        thenNothing: () => outcome.then([]),
        thenRefused(error) {
          expect(decision).toStrictEqual({ ok: false, error });
          return outcome;
        },
      };
      return outcome;
    },
  };
}
