/** Clusters as clients see them, from the read models. */
import { asc, eq, isNull } from "drizzle-orm";
import { type ClusterDetails, type ClusterResource, isHana } from "../../domain/cluster/details.ts";
import type { ClusterResourceView, ClusterView } from "../../domain/cluster/view.ts";
import { applicationSids, hanaSid } from "../../domain/discovery/ha-cluster/instances.ts";
import type { Tag } from "../../domain/tag.ts";
import type { Database } from "./database.ts";
import { type Ids, isAmong } from "./identified.ts";
import { clusters, clustersEnrichmentData } from "./tables.ts";
import { byResource, selectTags } from "./tags-of.ts";
import type { Viewed } from "./viewed.ts";

function resourceViews(resources: readonly ClusterResource[]): ClusterResourceView[] {
  return resources.map(({ sid, ...resource }) => resource);
}

function detailsView(details: ClusterDetails | null): ClusterView["details"] {
  if (details === null) return null;
  const resources = resourceViews(details.resources);
  const withViews = <N extends { readonly resources: ClusterResource[] }>(node: N) => ({
    ...node,
    resources: resourceViews(node.resources),
  });
  if (isHana(details)) return { ...details, nodes: details.nodes.map(withViews), resources };
  const sap_systems = details.sap_systems.map((system) => ({
    ...system,
    nodes: system.nodes.map(withViews),
  }));
  return { ...details, sap_systems, resources };
}

function toView(
  row: typeof clusters.$inferSelect,
  cibLastWritten: string | null,
  tags: Tag[],
): ClusterView | null {
  if (row.deregistered_at !== null) return null;
  return {
    id: row.id,
    name: row.name,
    type: row.type,
    provider: row.provider,
    state: row.state,
    health: row.health,
    stale_at: row.stale_at,
    resources_number: row.resources_number,
    hosts_number: row.hosts_number,
    sid: hanaSid(row.sap_instances),
    additional_sids: applicationSids(row.sap_instances),
    sap_instances: row.sap_instances.map(({ sid, instance_number }) => ({ sid, instance_number })),
    selected_checks: row.selected_checks,
    tags,
    details: detailsView(row.details),
    cib_last_written: cibLastWritten,
    inserted_at: row.inserted_at,
    updated_at: row.updated_at,
  };
}

/** Clusters by id, those that are gone with a null view. Without `ids` all clusters, ordered by name. */
export async function readClusters(db: Database, ids?: Ids): Promise<Map<string, Viewed<ClusterView>>> {
  const [rows, tagRows] = await db.batch([
    db
      .select({ cluster: clusters, cib: clustersEnrichmentData.cib_last_written })
      .from(clusters)
      .leftJoin(clustersEnrichmentData, eq(clustersEnrichmentData.cluster_id, clusters.id))
      .where(ids === undefined ? isNull(clusters.deregistered_at) : isAmong(clusters.id, ids))
      .orderBy(asc(clusters.name), asc(clusters.id)),
    selectTags(db, "cluster", ids),
  ]);
  const tagsOf = byResource(tagRows);
  return new Map(
    rows.map(({ cluster, cib }) => [
      cluster.id,
      { version: cluster.version, name: cluster.name, view: toView(cluster, cib, tagsOf(cluster.id)) },
    ]),
  );
}
