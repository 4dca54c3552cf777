/** System replication, as `hdbnsutil -sr_state` and the replication's status tell it on one host. */
import { databaseStatus, isReplicating } from "../../model/condition.ts";
import type { Database, DatabaseInstance, Site } from "../../model/database.ts";

const nameOf = ({ name, id }: Site) => name ?? `SITE${id}`;

/** The primary as this site knows it: one that was taken over still takes itself for it. */
function knownPrimary({ database, site }: DatabaseInstance): Site {
  return site.role === "primary" ? site : database.primary;
}

function perSite(database: Database, primary: Site): Record<string, string> {
  const entries = database.sites.flatMap((site) => {
    const isPrimary = site === primary;
    return [
      [`siteTier/${nameOf(site)}`, isPrimary ? "1" : "2"],
      [`siteReplicationMode/${nameOf(site)}`, isPrimary ? "primary" : database.replicationMode],
      [`siteOperationMode/${nameOf(site)}`, isPrimary ? "primary" : database.operationMode],
    ];
  });
  return Object.fromEntries(entries);
}

export function replicationState(instance: DatabaseInstance): unknown {
  const { database, site } = instance;
  if (database.sites.length < 2) return { mode: "none", online: "true", site_id: "0" };
  const primary = knownPrimary(instance);
  const isPrimary = primary === site;
  const others = database.sites.filter((one) => one !== primary).map(nameOf);
  return {
    mode: isPrimary ? "primary" : database.replicationMode,
    operation_mode: isPrimary ? "primary" : database.operationMode,
    site_id: String(site.id),
    site_name: nameOf(site),
    online: String(databaseStatus(instance) === "green"),
    isSource: String(isPrimary),
    isConsumer: String(!isPrimary),
    hasConsumers: String(isPrimary),
    isPrimarySuspended: "false",
    isTakeoverActive: "false",
    ...(isPrimary
      ? {}
      : {
          active_primary_site: String(primary.id),
          primary_masters: primary.instances[0]?.host.hostname ?? "",
          replayMode: "auto",
        }),
    [`siteMapping/${nameOf(primary)}`]: others.length === 1 ? others[0] : others,
    ...perSite(database, primary),
  };
}

/** Only the primary knows how the replication goes. */
export function replicationStatus(instance: DatabaseInstance): unknown {
  const { database, site } = instance;
  if (database.sites.length < 2) return null;
  const primary = knownPrimary(instance);
  const mode = database.replicationMode.toUpperCase();
  if (primary !== site) {
    return {
      local_site_id: String(site.id),
      [`site/${site.id}/SITE_NAME`]: nameOf(site),
      [`site/${site.id}/REPLICATION_MODE`]: mode,
      [`site/${site.id}/SOURCE_SITE_ID`]: String(primary.id),
    };
  }
  const isActive = isReplicating(database);
  return {
    local_site_id: String(site.id),
    overall_replication_status: isActive ? "ACTIVE" : "ERROR",
    overall_in_sync_status: isActive ? "SYSTEM_IN_SYNC" : "SYSTEM_NOT_IN_SYNC",
    [`site/${site.id}/SITE_NAME`]: nameOf(site),
    [`site/${site.id}/REPLICATION_MODE`]: "PRIMARY",
  };
}
