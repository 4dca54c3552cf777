/** Mistakes in the configuration of clusters: nothing breaks at once, and checks find them. */
import { type Incident, planForOne } from "./incident.ts";

export const fencingOff: Incident = {
  name: "fencing-off",
  description: "fencing is switched off in a cluster, and forgotten for a while",
  plan: (stage) =>
    planForOne(
      stage,
      ({ clusters }) => clusters,
      (cluster) => [
        {
          line: `fencing is switched off in the cluster ${cluster.name}`,
          change: () => {
            cluster.isFencingOff = true;
          },
        },
        {
          line: `fencing is on again in the cluster ${cluster.name}`,
          change: () => {
            cluster.isFencingOff = false;
          },
        },
      ],
    ),
};

export const shortToken: Incident = {
  name: "short-token",
  description: "a node of a cluster gets a Corosync token that is too short",
  plan: (stage) =>
    planForOne(
      stage,
      ({ clusters }) => clusters.flatMap((cluster) => cluster.nodes.map((node) => ({ cluster, node }))),
      ({ cluster, node }) => [
        {
          line: `${node.host.hostname} gets a short token in the cluster ${cluster.name}`,
          change: () => {
            node.hasShortToken = true;
          },
        },
        {
          line: `${node.host.hostname} has the right token again`,
          change: () => {
            node.hasShortToken = false;
          },
        },
      ],
    ),
};
