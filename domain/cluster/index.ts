/** The cluster aggregate. */
import type { Decider } from "../decider.ts";
import type { ClusterCommand, ClusterRefusal } from "./commands.ts";
import { decideCluster } from "./decide.ts";
import type { ClusterEvent } from "./events.ts";
import { evolveCluster } from "./evolve.ts";
import { type ClusterAggregate, initialCluster } from "./state.ts";

export const cluster: Decider<ClusterAggregate, ClusterCommand, ClusterEvent, ClusterRefusal> = {
  initialState: () => initialCluster,
  decide: decideCluster,
  evolve: evolveCluster,
};

export type { ClusterAggregate, ClusterCommand, ClusterEvent, ClusterRefusal };
