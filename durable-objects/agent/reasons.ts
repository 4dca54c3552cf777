/** Why not all of a discovery is in force, and what it is therefore. */
import type { DiscoveryState } from "./discoveries.ts";
import type { Open } from "./facts.ts";

export interface Reasons {
  readonly errors: readonly string[];
  readonly delays: readonly string[];
  readonly waitsFor: readonly string[];
}

export function reasonsOf(open: readonly Open[]): Reasons {
  // All instances of a system wait for the same.
  const of = (kind: Open["kind"]) => [
    ...new Set(open.filter((one) => one.kind === kind).map(({ reason }) => reason)),
  ];
  return { errors: of("error"), delays: of("delayed"), waitsFor: of("waits") };
}

export function stateFor({ errors, delays, waitsFor }: Reasons): DiscoveryState {
  if (errors.length > 0) return "failed";
  if (delays.length > 0) return "delayed";
  return waitsFor.length > 0 ? "parked" : "accepted";
}
