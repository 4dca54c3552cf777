/** What the control plane should know once all hosts of a landscape have reported: worked out from the model alone. */
import { type ExpectedCluster, expectedCluster } from "./expected/cluster.ts";
import { type ExpectedDatabase, expectedDatabase } from "./expected/database.ts";
import { type ExpectedSapSystem, expectedSapSystem } from "./expected/sap-system.ts";
import type { Landscape } from "./model/installation.ts";

export interface Expected {
  readonly hosts: number;
  readonly clusters: readonly ExpectedCluster[];
  readonly databases: readonly ExpectedDatabase[];
  readonly sapSystems: readonly ExpectedSapSystem[];
}

/** Hosts that are down are expected as they last reported: nothing new is known of what is on them. */
export function expectedOf({ hosts, installations }: Pick<Landscape, "hosts" | "installations">): Expected {
  return {
    hosts: hosts.length,
    clusters: installations.flatMap(({ clusters }) => clusters.map(expectedCluster)),
    databases: installations.flatMap(({ databases }) => databases.map(expectedDatabase)),
    sapSystems: installations.flatMap(({ systems }) => systems.map(expectedSapSystem)),
  };
}
