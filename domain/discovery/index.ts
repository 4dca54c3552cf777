/** The policies by discovery type. */
import { cloudPolicy } from "./cloud-discovery.ts";
import type { DiscoveryType } from "./envelope.ts";
import { hostPolicy } from "./host-discovery.ts";
import { commands, type Policy } from "./policy.ts";
import { saptunePolicy } from "./saptune-discovery.ts";
import { subscriptionPolicy } from "./subscription-discovery.ts";

/** Kept by the agent's object, and read for what it says of SAP on the host; clusters and SAP systems are not modelled yet. */
const keptOnly: Policy = () => commands();

export const policies: Record<DiscoveryType, Policy> = {
  host_discovery: hostPolicy,
  cloud_discovery: cloudPolicy,
  subscription_discovery: subscriptionPolicy,
  saptune_discovery: saptunePolicy,
  ha_cluster_discovery: keptOnly,
  sap_system_discovery: keptOnly,
};
