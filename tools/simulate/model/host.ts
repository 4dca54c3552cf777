/** A host of the landscape, with what can change of it. */
import type { Installation } from "./installation.ts";

export const providers = ["azure", "aws", "gcp", "kvm", "nutanix", "vmware"] as const;
export type SimulatedProvider = (typeof providers)[number];

export type Role = "hana" | "application" | "none";
export type Tuning = "compliant" | "not compliant" | "not tuned" | "old" | "not installed";

export interface SimulatedHost {
  readonly id: string;
  readonly hostname: string;
  readonly domain: string;
  readonly address: string;
  readonly role: Role;
  readonly provider: SimulatedProvider;
  readonly cpuCount: number;
  readonly memoryMb: number;
  readonly osVersion: string;
  /** What the host is part of. */
  readonly installation: Installation;
  agentVersion: string;
  bootedAt: string;
  tuning: Tuning;
  extraAddress: string | null;
  /** Switched off: its agent is silent, and its cluster does not see it. */
  isDown: boolean;
}

/** Copies of a host, made to try a change, are still that host. */
export function isSameHost(one: SimulatedHost, other: SimulatedHost): boolean {
  return one.id === other.id;
}
