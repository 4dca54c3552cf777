/** Faults of the product that are known and not mended in it yet: mended as it is loaded, so that the next is found. */
import type { Change } from "./plants.ts";

/** `MEND=none` leaves them; `MEND=a,b` mends these alone. */
export const mends: Readonly<Record<string, readonly Change[]>> = {
  // Told again after a failure, a cluster's members are told again too, as a database's systems are.
  "members-told-again": [
    {
      module: "workers/projector/news.ts",
      find: "  if (ofMembers.length === 0) return { changes: [], messages: [] };\n  const hosts = await readHosts(db, distinct(ofMembers.map(({ hostId }) => hostId)));",
      put: `  const again = progress.filter(({ stream, previous, reached }) => stream.type === "cluster" && reached <= previous);
  const members = again.length === 0 ? [] : await db.select({ id: clusterHosts.host_id }).from(clusterHosts).where(inArray(clusterHosts.cluster_id, again.map(({ stream }) => stream.id)));
  if (ofMembers.length + members.length === 0) return { changes: [], messages: [] };
  const hosts = await readHosts(db, distinct([...ofMembers.map(({ hostId }) => hostId), ...members.map(({ id }) => id)]));`,
    },
    {
      module: "workers/projector/news.ts",
      find: 'import { loggedStreams } from "./activity-log.ts";',
      put: 'import { loggedStreams } from "./activity-log.ts";\nimport { inArray } from "drizzle-orm";\nimport { clusterHosts } from "../read-models/tables.ts";',
    },
  ],
};
