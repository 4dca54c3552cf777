/** The SAP instances that a cluster's resources name. */
import type { ClusteredInstance } from "../../cluster/details.ts";
import type { KnownCluster } from "./known-cluster.ts";
import { attributeOf, SAP_INSTANCE } from "./resources.ts";

/** Those of HANA first, whatever the order of the resources: clients take the first for the cluster's database. */
export function clusteredInstances(cluster: KnownCluster): ClusteredInstance[] {
  return [...hanaInstances(cluster), ...applicationInstances(cluster)];
}

function hanaInstances({ primitives }: KnownCluster): ClusteredInstance[] {
  return primitives
    .filter(({ type }) => type === "SAPHanaTopology")
    .map((primitive) => {
      const number = attributeOf(primitive, "InstanceNumber") ?? "";
      return {
        name: `HDB${number}`,
        sid: attributeOf(primitive, "SID") ?? "",
        instance_number: number,
        hostname: null,
        resource_id: primitive.id,
        resource_type: "sap_hana_topology",
        mounted: false,
      };
    });
}

function applicationInstances({ primitives }: KnownCluster): ClusteredInstance[] {
  const directories = new Set(
    primitives
      .filter(({ type }) => type === "Filesystem")
      .map((primitive) => attributeOf(primitive, "directory")),
  );
  const started = new Set(
    primitives
      .filter(({ type }) => type === "SAPStartSrv")
      .map((primitive) => attributeOf(primitive, "InstanceName")),
  );
  return primitives.flatMap((primitive): ClusteredInstance[] => {
    const instanceName = primitive.type === SAP_INSTANCE ? attributeOf(primitive, "InstanceName") : null;
    if (instanceName === null) return [];
    const [sid = "", name = "", hostname = null] = instanceName.split("_");
    return [
      {
        name,
        sid,
        instance_number: name.slice(-2),
        hostname,
        resource_id: primitive.id,
        resource_type: "sap_instance",
        mounted: directories.has(`/usr/sap/${sid}/${name}`) || started.has(instanceName),
      },
    ];
  });
}

/** The SID of the database that a cluster runs, or nothing. */
export function hanaSid(instances: readonly ClusteredInstance[]): string {
  return instances.find(({ resource_type }) => resource_type === "sap_hana_topology")?.sid ?? "";
}

/** SIDs of the instances that are no database. */
export function applicationSids(instances: readonly ClusteredInstance[]): string[] {
  const sids = instances
    .filter(({ resource_type }) => resource_type === "sap_instance")
    .map(({ sid }) => sid);
  return [...new Set(sids)];
}
