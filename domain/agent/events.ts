/** What becomes of an agent's discoveries, where it changes. */
import type { DomainEvent } from "../decider.ts";
import type { DiscoveryType } from "../discovery/envelope.ts";
import type { OpenIssue, OpenState } from "./open-discovery.ts";

interface OfDiscovery {
  readonly host_id: string;
  readonly discovery_type: DiscoveryType;
}

interface NotInForce extends OfDiscovery {
  readonly issues: readonly OpenIssue[];
  readonly since: string;
}

/** `hostname` is there where the host tells how it is called: one that is not registered has no other name. */
export type DiscoveryRefused = DomainEvent<"DiscoveryRefused", NotInForce & { readonly hostname?: string }>;
export type DiscoveryParked = DomainEvent<"DiscoveryParked", NotInForce & { readonly hostname?: string }>;
/** Nothing is wrong with it: the server could not apply it yet, for reasons of its own. */
export type DiscoveryDelayed = DomainEvent<"DiscoveryDelayed", NotInForce & { readonly hostname?: string }>;
export type DiscoveryApplied = DomainEvent<"DiscoveryApplied", OfDiscovery>;
export type DiscoveriesForgotten = DomainEvent<"DiscoveriesForgotten", { readonly host_id: string }>;

export type AgentEvent =
  | DiscoveryRefused
  | DiscoveryParked
  | DiscoveryDelayed
  | DiscoveryApplied
  | DiscoveriesForgotten;

/** What the last discovery of a type is, after each of these. */
export const openStateAfter = {
  DiscoveryRefused: "refused",
  DiscoveryParked: "parked",
  DiscoveryDelayed: "delayed",
} as const satisfies Partial<Record<AgentEvent["type"], OpenState>>;
