/** Which discoveries that are not in force concern what is shown, in words. */
import type { OpenDiscovery } from "../../../domain/agent/open-discovery.ts";
import type { AgentView } from "../../../domain/agent/view.ts";

export type Concerning = "host" | "cluster" | "sap_system" | "database";

/** An open discovery, and whose it is. */
export interface OpenOnHost extends OpenDiscovery {
  readonly hostId: string;
  /** The host's name, or its id. */
  readonly host: string;
}

/** A host is concerned by all that its agent tells, what stands on hosts by what is told of it. */
function concerns({ discovery_type, state }: OpenDiscovery, of: Concerning): boolean {
  switch (of) {
    case "host":
      return true;
    case "cluster":
      return discovery_type === "ha_cluster_discovery";
    case "sap_system":
      return discovery_type === "sap_system_discovery";
    case "database":
      // What waits is not in it yet, or stands above it.
      return discovery_type === "sap_system_discovery" && state !== "parked";
  }
}

export function openOn(
  agents: readonly AgentView[],
  hostIds: Iterable<string>,
  of: Concerning,
): OpenOnHost[] {
  const concerned = new Set(hostIds);
  return agents
    .filter(({ id }) => concerned.has(id))
    .flatMap(({ id, hostname, open_discoveries }) =>
      open_discoveries
        .filter((open) => concerns(open, of))
        .map((open) => ({ ...open, hostId: id, host: hostname ?? id })),
    );
}

/** Agents that no host of the list is known by: their registration is refused. */
export function unregistered(
  agents: readonly AgentView[],
  hosts: readonly { readonly id: string }[],
): AgentView[] {
  const known = new Set(hosts.map(({ id }) => id));
  return agents.filter(({ id }) => !known.has(id));
}

const subjects: Readonly<Record<OpenDiscovery["discovery_type"], string>> = {
  host_discovery: "itself",
  cloud_discovery: "its cloud",
  subscription_discovery: "its subscriptions",
  saptune_discovery: "saptune",
  ha_cluster_discovery: "its cluster",
  sap_system_discovery: "its SAP instances",
};

export function subjectOf(type: OpenDiscovery["discovery_type"]): string {
  return subjects[type];
}

interface Wording {
  /** Beside one thing of several. */
  readonly short: string;
  /** After what the agent reports. */
  readonly long: string;
  /** Before the reasons. */
  readonly reasons: string | null;
  readonly outcome: string;
}

export const wordings: Readonly<Record<OpenDiscovery["state"], Wording>> = {
  refused: {
    short: "refused",
    long: "has been refused",
    reasons: null,
    outcome:
      "What is shown of it was true before that. It is brought up to date as soon as the agent reports something that can be read.",
  },
  parked: {
    short: "waits",
    long: "has been waiting",
    reasons: "It waits for",
    outcome: "It is applied as soon as that is there.",
  },
  delayed: {
    short: "waits",
    long: "has been waiting for the server",
    reasons: "The server could not apply it yet:",
    outcome: "Nothing is wrong with it. The server tries again by itself.",
  },
};

/** The one that has been open for the longest; undefined where there is none. */
export function oldest(open: readonly OpenOnHost[]): OpenOnHost | undefined {
  return open.toSorted((one, other) => one.since.localeCompare(other.since))[0];
}
