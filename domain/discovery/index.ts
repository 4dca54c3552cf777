/** The policies by discovery type. */
import { cloudPolicy } from "./cloud-discovery.ts";
import type { DiscoveryType } from "./envelope.ts";
import { haClusterPolicy } from "./ha-cluster/index.ts";
import { hostPolicy } from "./host-discovery.ts";
import type { Policy } from "./policy.ts";
import { sapSystemPolicy } from "./sap-system/index.ts";
import { saptunePolicy } from "./saptune-discovery.ts";
import { subscriptionPolicy } from "./subscription-discovery.ts";
import { weighed } from "./weight.ts";

export const policies: Record<DiscoveryType, Policy> = {
  host_discovery: weighed(hostPolicy),
  cloud_discovery: weighed(cloudPolicy),
  subscription_discovery: weighed(subscriptionPolicy),
  saptune_discovery: weighed(saptunePolicy),
  ha_cluster_discovery: weighed(haClusterPolicy),
  sap_system_discovery: weighed(sapSystemPolicy),
};
