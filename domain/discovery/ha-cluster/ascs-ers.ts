/** Details of a cluster that runs the central services of SAP systems. */
import type { z } from "zod";
import type { AscsErsDetails, ascsErsSystemSchema, ClusteredInstance } from "../../cluster/details.ts";
import { fencingType, isInMaintenance } from "./fencing.ts";
import { applicationSids } from "./instances.ts";
import { groupedBy, type KnownCluster } from "./known-cluster.ts";
import type { CrmResource, Primitive } from "./payload.ts";
import {
  attributeOf,
  instanceSid,
  nodeStatus,
  type PlacedResource,
  SAP_INSTANCE,
  stoppedResources,
} from "./resources.ts";
import { addressOf, addressResources } from "./virtual-address.ts";

type System = z.infer<typeof ascsErsSystemSchema>;
type Role = System["nodes"][number]["roles"][number];

/** What of the cluster belongs to one SAP system. */
class Share {
  readonly primitives = new Map<string, Primitive>();
  readonly resources: CrmResource[] = [];
  filesystems = 0;
  readonly #groups = new Set<string>();

  /** Takes a group's resources once, however often the group is listed. */
  take(id: string, primitives: readonly Primitive[], placed: readonly PlacedResource[]): void {
    for (const primitive of primitives) {
      if (primitive.type === "Filesystem") this.filesystems += 1;
      if (!this.primitives.has(primitive.id)) this.primitives.set(primitive.id, primitive);
    }
    if (this.#groups.has(id)) return;
    this.#groups.add(id);
    for (const { resource } of placed) this.resources.push(resource);
  }
}

/** By SID, what is in the groups that hold an instance of it. */
function sharesOf({ cib, placed }: KnownCluster): Map<string, Share> {
  const placedIn = groupedBy(placed, ({ parent }) => parent?.id);
  const shares = new Map<string, Share>();
  for (const { id, primitives } of cib.configuration.resources.groups) {
    const instances = primitives.filter(({ type }) => type === SAP_INSTANCE);
    for (const sid of new Set(instances.map(instanceSid))) {
      if (sid === null) continue;
      const share = shares.get(sid) ?? new Share();
      share.take(id, primitives, placedIn.get(id) ?? []);
      shares.set(sid, share);
    }
  }
  return shares;
}

function isRunningInstance({ agent, role, failed }: CrmResource): boolean {
  return agent === `ocf::heartbeat:${SAP_INSTANCE}` && role === "Started" && !failed;
}

/** Both instances run, each on a node of its own that is well; what is said of other nodes does not count. */
function isDistributed({ crmmon }: KnownCluster, { resources }: Share): boolean {
  const well = new Set(
    crmmon.nodes.filter(({ online, unclean }) => online && !unclean).map(({ name }) => name),
  );
  const nodes = resources.filter(isRunningInstance).map(({ node }) => node?.name ?? "");
  return new Set(nodes.filter((name) => well.has(name))).size === 2;
}

function nodesOf(cluster: KnownCluster, share: Share): System["nodes"] {
  const running = groupedBy(
    share.resources.filter(({ id }) => share.primitives.has(id)),
    ({ node }) => node?.name,
  );
  return cluster.crmmon.nodes.map((node) => {
    const here = running.get(node.name) ?? [];
    const ofType = (type: string) =>
      here.flatMap(({ id }) => share.primitives.get(id) ?? []).filter((one) => one.type === type);
    return {
      name: node.name,
      roles: ofType(SAP_INSTANCE).map(
        (instance): Role => (attributeOf(instance, "IS_ERS") === "true" ? "ers" : "ascs"),
      ),
      virtual_ips: addressResources(cluster, here).flatMap((resource) => addressOf(cluster, resource) ?? []),
      filesystems: ofType("Filesystem").flatMap((filesystem) => attributeOf(filesystem, "directory") || []),
      attributes: cluster.attributesOf(node.name),
      status: nodeStatus(node),
      resources: [...cluster.resourcesOn(node.name)],
    };
  });
}

/** @returns null when the cluster's fencing cannot be told */
export function ascsErsDetails(
  cluster: KnownCluster,
  instances: readonly ClusteredInstance[],
): AscsErsDetails | null {
  const fencing_type = fencingType(cluster);
  if (fencing_type === null) return null;
  const shares = sharesOf(cluster);
  return {
    fencing_type,
    maintenance_mode: isInMaintenance(cluster),
    sap_systems: applicationSids(instances).map((sid): System => {
      const share = shares.get(sid) ?? new Share();
      return {
        sid,
        filesystem_resource_based: share.filesystems === 2,
        distributed: isDistributed(cluster, share),
        nodes: nodesOf(cluster, share),
      };
    }),
    stopped_resources: stoppedResources(cluster.placed),
    sbd_devices: cluster.sbd.devices,
    resources: [...cluster.resources],
  };
}
