/** When a cluster's configuration was last written: told beside the events, since it changes with every write. */
import { sql } from "drizzle-orm";
import type { CibWritten } from "../durable-objects/agent/cib.ts";
import type { Bindings } from "./bindings.ts";
import { readClusters } from "./read-models/cluster-views.ts";
import { databaseOf } from "./read-models/database.ts";
import { clustersEnrichmentData } from "./read-models/tables.ts";
import { tell } from "./rooms.ts";

/**
 * What was told last counts, by the clock of the agent's object: the times themselves are local, without a zone, in more than
 * one form, and go back when summer ends or a clock is set. The same again writes nothing.
 */
export async function noteCibWritten(
  env: Bindings,
  { clusterId, cibLastWritten, toldAt }: CibWritten,
): Promise<void> {
  const db = databaseOf(env);
  const changed = { cib_last_written: cibLastWritten, written_at: toldAt };
  const written = await db
    .insert(clustersEnrichmentData)
    .values({ cluster_id: clusterId, ...changed })
    .onConflictDoUpdate({
      target: clustersEnrichmentData.cluster_id,
      set: changed,
      setWhere: sql`excluded.written_at >= ${clustersEnrichmentData.written_at}
        AND excluded.cib_last_written <> ${clustersEnrichmentData.cib_last_written}`,
    })
    .returning({ id: clustersEnrichmentData.cluster_id });
  if (written.length === 0) return;
  await tell(env, "clusters", async () => {
    const found = (await readClusters(db, [clusterId])).get(clusterId);
    const event = "cluster_cib_last_written_updated";
    const payload = { cluster_id: clusterId, cib_last_written: cibLastWritten };
    const changes =
      found === undefined || found.view === null
        ? []
        : [{ id: clusterId, version: found.version, events: [event], resource: found.view }];
    return { changes, messages: [{ topic: "monitoring:clusters", event, payload }] };
  });
}
