/** The sites between which a database is replicated, as its instances tell of them. */
import type { DatabaseInstanceView } from "../../../domain/database/view.ts";

export interface ReplicationSite {
  readonly name: string;
  readonly role: "Primary" | "Secondary";
  readonly tier: number | null;
  readonly status: string | null;
  readonly mode: string | null;
  readonly operationMode: string | null;
  readonly source: string | null;
  /** How many instances are there. */
  readonly instances: number;
}

/** What a site is replicated from is above it. A tier that is not known comes last. */
function byTier(one: ReplicationSite, other: ReplicationSite): number {
  const tierOf = ({ tier }: ReplicationSite) => tier ?? Number.MAX_SAFE_INTEGER;
  return tierOf(one) - tierOf(other) || one.name.localeCompare(other.name);
}

/** An instance that is there says more than one that is absent. */
export function replicationSites(instances: readonly DatabaseInstanceView[]): ReplicationSite[] {
  const sites = new Map<string, ReplicationSite>();
  const presentFirst = [...instances].sort(
    (one, other) => Number(one.absent_at !== null) - Number(other.absent_at !== null),
  );
  for (const instance of presentFirst) {
    const { system_replication: role, system_replication_site: site } = instance;
    if (role === null) continue;
    const name = site ?? "";
    const known = sites.get(name);
    sites.set(name, {
      name,
      role,
      tier: instance.system_replication_tier,
      status: instance.system_replication_status,
      mode: instance.system_replication_mode,
      operationMode: instance.system_replication_operation_mode,
      source: instance.system_replication_source_site,
      ...known,
      instances: (known?.instances ?? 0) + 1,
    });
  }
  return [...sites.values()].sort(byTier);
}
