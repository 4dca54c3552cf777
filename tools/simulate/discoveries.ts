/** What the agent of a host sends, in the form in which agents send it. */
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";
import { cloudDiscovery } from "./discoveries/cloud.ts";
import { haClusterDiscovery } from "./discoveries/ha-cluster/index.ts";
import { hostDiscovery } from "./discoveries/host.ts";
import { sapSystemDiscovery } from "./discoveries/sap-system/index.ts";
import { saptuneDiscovery } from "./discoveries/saptune.ts";
import { subscriptionDiscovery } from "./discoveries/subscription.ts";
import type { SimulatedHost } from "./model/host.ts";

export interface Discovery {
  readonly type: DiscoveryType;
  readonly payload: unknown;
}

/** In the order in which an agent sends them. */
const discoveries: readonly (readonly [DiscoveryType, (host: SimulatedHost) => unknown])[] = [
  ["host_discovery", hostDiscovery],
  ["cloud_discovery", cloudDiscovery],
  ["ha_cluster_discovery", haClusterDiscovery],
  ["sap_system_discovery", sapSystemDiscovery],
  ["subscription_discovery", subscriptionDiscovery],
  ["saptune_discovery", saptuneDiscovery],
];
export const sentTypes: readonly DiscoveryType[] = discoveries.map(([type]) => type);

/** How often each is repeated, in milliseconds, as an agent does by default. */
export const periods: Readonly<Partial<Record<DiscoveryType, number>>> = {
  host_discovery: 10_000,
  cloud_discovery: 10_000,
  ha_cluster_discovery: 10_000,
  sap_system_discovery: 10_000,
  subscription_discovery: 900_000,
  saptune_discovery: 900_000,
};
export const HEARTBEAT_PERIOD = 5_000;

/** Each payload is made when it is read: a landscape of many hosts is never in memory as a whole. */
export function discoveriesOf(host: SimulatedHost): readonly Discovery[] {
  return discoveries.map(([type, make]) => ({
    type,
    get payload() {
      return make(host);
    },
  }));
}

/** Compact, keys in order, as an agent writes it. */
export function envelopeOf(host: SimulatedHost, { type, payload }: Discovery): string {
  return JSON.stringify({ agent_id: host.id, discovery_type: type, payload: inOrder(payload) });
}

function inOrder(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(inOrder);
  if (value === null || typeof value !== "object") return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, child]) => [key, inOrder(child)]));
}
