/** Details of a cluster that runs the central services of SAP systems. */
import type { z } from "zod";
import type { AscsErsDetails, ascsErsSystemSchema, ClusteredInstance } from "../../cluster/details.ts";
import { fencingType, isInMaintenance } from "./fencing.ts";
import { applicationSids } from "./instances.ts";
import type { CrmResource, OnlineCluster, Primitive } from "./payload.ts";
import {
  attributeOf,
  clusterResources,
  nodeAttributes,
  nodeStatus,
  placedResources,
  SAP_INSTANCE,
  stoppedResources,
  virtualIps,
} from "./resources.ts";

type System = z.infer<typeof ascsErsSystemSchema>;
type Role = System["nodes"][number]["roles"][number];

/** What of the cluster belongs to one SAP system. */
interface Share {
  readonly primitives: readonly Primitive[];
  readonly resources: readonly CrmResource[];
}

function shareOf(cluster: OnlineCluster, sid: string): Share {
  const groups = cluster.cib.configuration.resources.groups.filter(({ primitives }) =>
    primitives.some(
      (primitive) =>
        primitive.type === SAP_INSTANCE && attributeOf(primitive, "InstanceName")?.split("_")[0] === sid,
    ),
  );
  const ids = new Set(groups.map(({ id }) => id));
  return {
    primitives: groups.flatMap(({ primitives }) => primitives),
    resources: placedResources(cluster)
      .filter(({ parent }) => parent !== null && ids.has(parent.id))
      .map(({ resource }) => resource),
  };
}

/** Both instances run, each on a node of its own that is well. */
function isDistributed({ crmmon }: OnlineCluster, { resources }: Share): boolean {
  const well = new Set(
    crmmon.nodes.filter(({ online, unclean }) => online && !unclean).map(({ name }) => name),
  );
  const nodes = resources
    .filter(
      ({ agent, role, failed }) =>
        agent === `ocf::heartbeat:${SAP_INSTANCE}` && role === "Started" && !failed,
    )
    .map(({ node }) => node?.name ?? "");
  const distinct = new Set(nodes);
  return distinct.size === 2 && [...distinct].every((name) => well.has(name));
}

function nodesOf(
  cluster: OnlineCluster,
  share: Share,
  all: ReturnType<typeof clusterResources>,
): System["nodes"] {
  const primitiveOf = ({ id }: CrmResource) => share.primitives.find((primitive) => primitive.id === id);
  return cluster.crmmon.nodes.map((node) => {
    const here = share.resources
      .filter((resource) => resource.node?.name === node.name)
      .map(primitiveOf)
      .filter((primitive) => primitive !== undefined);
    const ofType = (type: string) => here.filter((primitive) => primitive.type === type);
    return {
      name: node.name,
      roles: ofType(SAP_INSTANCE).map(
        (instance): Role => (attributeOf(instance, "IS_ERS") === "true" ? "ers" : "ascs"),
      ),
      virtual_ips: virtualIps(cluster, node.name, (resource) => primitiveOf(resource) !== undefined),
      filesystems: ofType("Filesystem").flatMap((filesystem) => attributeOf(filesystem, "directory") || []),
      attributes: nodeAttributes(cluster, node.name),
      status: nodeStatus(node),
      resources: all.filter((resource) => resource.node === node.name),
    };
  });
}

/** @returns null when the cluster's fencing cannot be told */
export function ascsErsDetails(
  cluster: OnlineCluster,
  instances: readonly ClusteredInstance[],
): AscsErsDetails | null {
  const fencing_type = fencingType(cluster);
  if (fencing_type === null) return null;
  const resources = clusterResources(cluster);
  return {
    fencing_type,
    maintenance_mode: isInMaintenance(cluster),
    sap_systems: applicationSids(instances).map((sid): System => {
      const share = shareOf(cluster, sid);
      return {
        sid,
        filesystem_resource_based: share.primitives.filter(({ type }) => type === "Filesystem").length === 2,
        distributed: isDistributed(cluster, share),
        nodes: nodesOf(cluster, share, resources),
      };
    }),
    stopped_resources: stoppedResources(cluster),
    sbd_devices: cluster.sbd.devices,
    resources,
  };
}
