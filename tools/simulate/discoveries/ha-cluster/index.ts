/** `ha_cluster_discovery`: the cluster as this host sees it. */
import { type Cluster, controllerOf, nodeOf } from "../../model/cluster.ts";
import { isSameHost, type SimulatedHost } from "../../model/host.ts";
import { clusterOf } from "../../model/installation.ts";
import { centralServicesContents } from "./central-services.ts";
import { cibOf } from "./cib.ts";
import { crmmonOf } from "./crmmon.ts";
import { fencingResources, sbdOf } from "./fencing.ts";
import { hanaAttributes, hanaProperties } from "./hana-attributes.ts";
import { hanaLocations, hanaResources } from "./hana-resources.ts";
import type { Contents } from "./resource.ts";
import { storageContents } from "./storage.ts";

function workloadOf(cluster: Cluster): Contents {
  const { workload } = cluster;
  switch (workload.kind) {
    case "hana":
      return {
        resources: hanaResources(cluster, workload.database, workload.second),
        properties: hanaProperties(workload.database),
        attributesOf: (node) => hanaAttributes(workload.database, node),
        locations: hanaLocations(cluster, workload.database, workload.second),
      };
    case "central services":
      return centralServicesContents(cluster, workload.system, workload.isSimpleMount);
    case "storage":
      return storageContents(cluster, workload.export, workload.virtualIp);
  }
}

/** What the cluster runs, and how. */
export function contentsOf(cluster: Cluster): Contents {
  const workload = workloadOf(cluster);
  return { ...workload, resources: [...fencingResources(cluster), ...workload.resources] };
}

export function haClusterDiscovery(host: SimulatedHost): unknown {
  const cluster = clusterOf(host);
  if (cluster === null) return null;
  const { id: Id, name: Name, provider: Provider, state: State } = cluster;
  if (nodeOf(cluster, host)?.isRunning === false) return { Id, Name, Online: false };
  const controller = controllerOf(cluster);
  const contents = contentsOf(cluster);
  return {
    Id,
    Name,
    Online: true,
    DC: controller !== null && isSameHost(controller.host, host),
    Provider,
    State,
    Cib: cibOf(cluster, contents),
    Crmmon: crmmonOf(cluster, contents),
    SBD: sbdOf(cluster),
  };
}
