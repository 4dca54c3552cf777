/** What can be asked of an SAP system. */
import type { Command } from "../decider.ts";
import type { Health } from "../health.ts";
import type { InstanceName } from "../instance.ts";
import type { ApplicationInstance, DatabaseLink, EnsaVersion } from "./state.ts";

interface OfSapSystem {
  readonly sap_system_id: string;
}
type OfInstance = OfSapSystem & InstanceName;

/** What is told of an instance once, at its registration. */
export interface InstanceDescription {
  readonly instance_hostname: string;
  readonly http_port: number;
  readonly https_port: number;
  readonly start_priority: string;
}

/** An instance as its host tells of it: which database its tenant is in is not known yet. */
export type DiscoveredInstance = Omit<ApplicationInstance, "absent_at" | "stale_at"> &
  InstanceDescription &
  Pick<DatabaseLink, "tenant" | "db_host"> & {
    readonly ensa_version: EnsaVersion;
    /** Whether a cluster may move the instance from host to host. */
    readonly clustered: boolean;
  };

export type RegisterApplicationInstance = Command<
  "RegisterApplicationInstance",
  OfSapSystem &
    DiscoveredInstance &
    DatabaseLink & { readonly database_health: Health; readonly database_stale_at: string | null }
>;
export type MarkApplicationInstanceAbsent = Command<
  "MarkApplicationInstanceAbsent",
  OfInstance & { readonly absent_at: string }
>;
export type MarkApplicationInstanceDataStale = Command<
  "MarkApplicationInstanceDataStale",
  OfInstance & { readonly stale_at: string }
>;
export type DeregisterApplicationInstance = Command<
  "DeregisterApplicationInstance",
  OfInstance & { readonly deregistered_at: string }
>;
export type DeregisterSapSystem = Command<
  "DeregisterSapSystem",
  OfSapSystem & { readonly deregistered_at: string }
>;
export type RestoreSapSystem = Command<
  "RestoreSapSystem",
  OfSapSystem & Pick<DatabaseLink, "tenant" | "db_host"> & { readonly database_health: Health }
>;
export type UpdateDatabaseHealth = Command<
  "UpdateDatabaseHealth",
  OfSapSystem & { readonly database_health: Health }
>;
export type UpdateDatabaseStaleAt = Command<
  "UpdateDatabaseStaleAt",
  OfSapSystem & { readonly database_stale_at: string | null }
>;
export type RollUpSapSystem = Command<"RollUpSapSystem", OfSapSystem>;

export type SapSystemCommand =
  | RegisterApplicationInstance
  | MarkApplicationInstanceAbsent
  | MarkApplicationInstanceDataStale
  | DeregisterApplicationInstance
  | DeregisterSapSystem
  | RestoreSapSystem
  | UpdateDatabaseHealth
  | UpdateDatabaseStaleAt
  | RollUpSapSystem;

export type SapSystemRefusal =
  | "sap_system_not_registered"
  | "application_instance_not_registered"
  | "sap_system_rolling_up";
