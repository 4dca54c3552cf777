/** All kinds of incidents, in the order in which a story tells them. */
import { maintenance, nodeLost, nodeStopped, sbdBroken } from "./clusters.ts";
import { failover } from "./failover.ts";
import { addressAdded, agentUpdated, hostLost, hostRebooted, tuningLost } from "./hosts.ts";
import type { Incident } from "./incident.ts";
import { ascsMoved, instanceAbsent, instanceFailed, instanceStopped } from "./instances.ts";
import { fencingOff, shortToken } from "./misconfigured.ts";

export const incidents: readonly [Incident, ...Incident[]] = [
  failover,
  instanceStopped,
  hostLost,
  sbdBroken,
  ascsMoved,
  tuningLost,
  nodeLost,
  fencingOff,
  agentUpdated,
  instanceAbsent,
  shortToken,
  maintenance,
  hostRebooted,
  nodeStopped,
  instanceFailed,
  addressAdded,
];
