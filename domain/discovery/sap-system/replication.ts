/** System replication, as `hdbnsutil -sr_state` and the replication's own status tell it. */
import type { RegisterDatabaseInstance } from "../../database/commands.ts";
import type { SystemReplication } from "../../database/state.ts";
import type { SentInstance } from "./payload.ts";

const SITE_MAPPING = "siteMapping/";
const SITE_TIER = "siteTier/";
const SECONDARY_MODES = ["sync", "syncmem", "async", "unknown"];

type Told = SystemReplication &
  Pick<RegisterDatabaseInstance["data"], "system_replication_active_primary_site">;

function toText(value: unknown): string | null {
  return typeof value === "string" && value.trim() !== "" ? value : null;
}

function toNumber(value: unknown): number | null {
  if (Number.isSafeInteger(value)) return Number(value);
  return typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : null;
}

function roleOf(mode: string | null): SystemReplication["system_replication"] {
  if (mode === "primary") return "Primary";
  return mode !== null && SECONDARY_MODES.includes(mode) ? "Secondary" : null;
}

/** The site whose mapping lists this one. */
function sourceSite(state: Readonly<Record<string, unknown>>, site: string | null): string | null {
  if (site === null) return null;
  const mapping = Object.entries(state).find(
    ([key, value]) => key.startsWith(SITE_MAPPING) && [value].flat().includes(site),
  );
  return mapping === undefined ? null : mapping[0].slice(SITE_MAPPING.length);
}

/** A secondary that does not tell tiers is given its own when its primary is known. */
function tierOf(
  state: Readonly<Record<string, unknown>>,
  site: string | null,
  mode: string | null,
): number | null {
  const tellsTiers = Object.keys(state).some((key) => key.startsWith(SITE_TIER));
  if (tellsTiers) return site === null ? null : toNumber(state[`${SITE_TIER}${site}`]);
  return mode === "primary" ? 1 : null;
}

export function systemReplicationOf({ HdbnsutilSRstate: state, SystemReplication }: SentInstance): Told {
  const mode = toText(state.mode);
  const site = toText(state.site_name);
  return {
    system_replication: roleOf(mode),
    system_replication_status: SystemReplication?.overall_replication_status ?? null,
    system_replication_site: site,
    system_replication_site_id: toNumber(state.site_id),
    system_replication_mode: mode,
    system_replication_operation_mode: toText(state.operation_mode),
    system_replication_source_site: sourceSite(state, site),
    system_replication_tier: tierOf(state, site, mode),
    system_replication_active_primary_site: toNumber(state.active_primary_site),
  };
}
