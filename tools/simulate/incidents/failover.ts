/** A primary fails, and its secondary takes over. */
import type { Cluster } from "../model/cluster.ts";
import { isReplicating } from "../model/condition.ts";
import { type Database, type Site, secondaryOf } from "../model/database.ts";
import { type Incident, planForOne, type Step } from "./incident.ts";

interface Failover {
  readonly cluster: Cluster;
  readonly database: Database;
  readonly primary: Site;
  readonly secondary: Site;
}

/** A second database would have to make room; such pairs are left alone. */
function possibleFailovers(clusters: readonly Cluster[]): Failover[] {
  return clusters.flatMap((cluster) => {
    const { workload } = cluster;
    if (workload.kind !== "hana" || workload.second !== null || !isReplicating(workload.database)) return [];
    const { database } = workload;
    const secondary = secondaryOf(database);
    return secondary === null ? [] : [{ cluster, database, primary: database.primary, secondary }];
  });
}

const hostname = ({ instances }: Site) => instances[0]?.host.hostname ?? "nowhere";

function steps({ cluster, database, primary, secondary }: Failover): Step[] {
  const name = `the database ${database.sid}`;
  return [
    {
      line: `${name} fails at its primary site ${primary.name} on ${hostname(primary)}`,
      change: () => {
        primary.isRunning = false;
        cluster.state = "S_TRANSITION_ENGINE";
      },
    },
    {
      line: `${hostname(secondary)} at ${secondary.name} takes over ${name}, and its address ${database.address}`,
      change: () => {
        secondary.role = "primary";
        database.primary = secondary;
        cluster.state = "S_IDLE";
      },
    },
    {
      line: `${hostname(primary)} is registered as secondary: ${name} is replicated from ${secondary.name} to ${primary.name}`,
      change: () => {
        primary.role = "secondary";
        primary.isRunning = true;
      },
    },
  ];
}

export const failover: Incident = {
  name: "hana-failover",
  description: "the primary of a database fails, and the secondary takes over",
  stays: true,
  plan: (stage) => planForOne(stage, ({ clusters }) => possibleFailovers(clusters), steps),
};
