/** Health of all SAP systems, with that of what they stand on. */
import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import { aggregateHealth, type Health } from "../../domain/health.ts";
import type { HostView } from "../../domain/host/view.ts";
import { healthOfStatus } from "../../domain/instance.ts";
import type { HealthSummary } from "../../domain/sap-system/health-summary.ts";
import type { SapSystemView } from "../../domain/sap-system/view.ts";
import type { Database } from "./database.ts";
import { readSapSystems } from "./sap-system-views.ts";
import { clusterHosts, clusters, hosts } from "./tables.ts";
import { present } from "./viewed.ts";

/** The worst first: a host that was never heard is not lost. */
const heartbeats = ["critical", "unknown", "passing"] as const;

interface Standing {
  readonly id: string;
  readonly health: Health;
  readonly stale_at: string | null;
}

interface HostStanding extends Standing {
  readonly heartbeat: HostView["heartbeat"];
}

function earliest(things: readonly { readonly stale_at: string | null }[]): string | null {
  const times = things.flatMap(({ stale_at }) => stale_at ?? []).sort();
  return times[0] ?? null;
}

function healthOf(things: readonly { readonly health: Health }[]): Health {
  return aggregateHealth(things.map(({ health }) => health));
}

/** The cluster of the first of the hosts that is in one. */
function clusterOf(
  instances: readonly { readonly host_id: string }[],
  clusterByHost: ReadonlyMap<string, Standing>,
): Standing | null {
  const [found] = instances.flatMap(({ host_id }) => clusterByHost.get(host_id) ?? []);
  return found ?? null;
}

function summaryOf(
  system: SapSystemView,
  clusterByHost: ReadonlyMap<string, Standing>,
  hostById: ReadonlyMap<string, HostStanding>,
): HealthSummary {
  const { application_instances, database_instances } = system;
  const applicationCluster = clusterOf(application_instances, clusterByHost);
  const databaseCluster = clusterOf(database_instances, clusterByHost);
  const hostIds = new Set([...application_instances, ...database_instances].map(({ host_id }) => host_id));
  const ownHosts = [...hostIds].flatMap((id) => hostById.get(id) ?? []);
  return {
    id: system.id,
    sid: system.sid,
    sapsystem_health: system.health,
    application_health: aggregateHealth(application_instances.map(({ status }) => healthOfStatus(status))),
    application_stale_at: earliest(application_instances),
    application_cluster_id: applicationCluster?.id ?? null,
    application_cluster_health: applicationCluster?.health ?? "unknown",
    application_cluster_stale_at: applicationCluster?.stale_at ?? null,
    database_id: system.database_id,
    database_sid: system.database_sid,
    database_health: system.database_health,
    database_stale_at: system.database_stale_at,
    database_cluster_id: databaseCluster?.id ?? null,
    database_cluster_health: databaseCluster?.health ?? "unknown",
    database_cluster_stale_at: databaseCluster?.stale_at ?? null,
    hosts_health: healthOf(ownHosts),
    hosts_stale_at: earliest(ownHosts),
    hosts_heartbeat:
      heartbeats.find((one) => ownHosts.some(({ heartbeat }) => heartbeat === one)) ?? "unknown",
    cluster_id: databaseCluster?.id ?? null,
    clusters_health: databaseCluster?.health ?? "unknown",
    tenant: system.database_sid,
  };
}

export async function readHealthSummary(db: Database): Promise<HealthSummary[]> {
  const systems = present(await readSapSystems(db));
  const [members, hostRows] = await db.batch([
    db
      .select({
        hostId: clusterHosts.host_id,
        id: clusters.id,
        health: clusters.health,
        stale_at: clusters.stale_at,
      })
      .from(clusterHosts)
      .innerJoin(clusters, eq(clusters.id, clusterHosts.cluster_id))
      .where(isNull(clusters.deregistered_at))
      // A host that changes from one cluster to another may for a moment be in both: the newer one, as the last, counts.
      .orderBy(asc(clusterHosts.inserted_at)),
    db
      .select({ id: hosts.id, health: hosts.health, stale_at: hosts.stale_at, heartbeat: hosts.heartbeat })
      .from(hosts)
      .where(and(isNull(hosts.deregistered_at), isNotNull(hosts.hostname))),
  ]);
  const clusterByHost = new Map(members.map(({ hostId, ...cluster }) => [hostId, cluster]));
  const hostById = new Map(hostRows.map((host) => [host.id, host]));
  return systems.map((system) => summaryOf(system, clusterByHost, hostById));
}
