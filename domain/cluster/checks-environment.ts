/** What checks are told of a cluster, and the hosts that they run on. */
import type { EnsaVersion } from "../sap-system/state.ts";
import { type AscsErsDetails, isHana } from "./details.ts";
import { nodeOfHost } from "./node-names.ts";
import type { ClusterAggregate } from "./state.ts";

/** A host of the cluster, as other streams know it. */
export interface ClusterMember {
  readonly host_id: string;
  readonly hostname: string;
  /** The application instances on it. */
  readonly instances: readonly {
    readonly sid: string;
    readonly instance_number: string;
    /** Of the instance's system. */
    readonly ensa_version: EnsaVersion;
  }[];
}

export interface CheckedHost {
  readonly host_id: string;
  readonly attributes: Readonly<Record<string, boolean>>;
}

export interface ClusterEnvironment {
  readonly env: Readonly<Record<string, string>>;
  readonly hosts: readonly CheckedHost[];
}

function filesystemType({ sap_systems }: AscsErsDetails): string {
  if (sap_systems.every(({ filesystem_resource_based }) => filesystem_resource_based))
    return "resource_managed";
  if (sap_systems.every(({ filesystem_resource_based }) => !filesystem_resource_based)) return "simple_mount";
  return "mixed_fs_types";
}

/** Of the cluster's members, those on which an instance is that the cluster runs. */
function ofCentralServices(cluster: ClusterAggregate, members: readonly ClusterMember[]): ClusterEnvironment {
  const { provider, type, details, sap_instances } = cluster;
  const isClustered = (one: { readonly sid: string; readonly instance_number: string }) =>
    sap_instances.some(
      ({ sid, instance_number }) => sid === one.sid && instance_number === one.instance_number,
    );
  const concerned = members.filter(({ instances }) => instances.some(isClustered));
  const versions = new Set(
    concerned.flatMap(({ instances }) =>
      instances.filter(isClustered).map(({ ensa_version }) => ensa_version),
    ),
  );
  const [only] = versions;
  return {
    env: {
      provider,
      cluster_type: type,
      ensa_version: versions.size === 1 && only !== undefined ? only : "mixed_versions",
      filesystem_type: details === null || isHana(details) ? "mixed_fs_types" : filesystemType(details),
    },
    hosts: concerned.map(({ host_id }) => ({ host_id, attributes: {} })),
  };
}

function ofHana(cluster: ClusterAggregate, members: readonly ClusterMember[]): ClusterEnvironment {
  const { provider, type, details } = cluster;
  const hana = details !== null && isHana(details) ? details : null;
  const env = {
    provider,
    cluster_type: type,
    architecture_type: hana?.architecture_type ?? "classic",
    ...(type === "hana_scale_up" ? { hana_scenario: hana?.hana_scenario ?? "unknown" } : {}),
  };
  const hosts = members.map(({ host_id, hostname }) => {
    const node = nodeOfHost(hana?.nodes ?? [], hostname);
    return { host_id, attributes: { is_majority_maker: node?.is_majority_maker ?? false } };
  });
  return { env, hosts };
}

/** Null for a type of cluster that no checks are run on. */
export function checksEnvironment(
  cluster: ClusterAggregate,
  members: readonly ClusterMember[],
): ClusterEnvironment | null {
  switch (cluster.type) {
    case "hana_scale_up":
    case "hana_scale_out":
      return ofHana(cluster, members);
    case "ascs_ers":
      return ofCentralServices(cluster, members);
    default:
      return null;
  }
}
