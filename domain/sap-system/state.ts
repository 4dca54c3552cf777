/** What an SAP system's decisions need to remember. */
import { z } from "zod";
import type { Health } from "../health.ts";
import type { InstanceStatus } from "../instance.ts";

/** Generation of the enqueue server that an instance or a system runs. */
export const ensaVersionSchema = z.enum(["no_ensa", "ensa1", "ensa2"]);
export type EnsaVersion = z.infer<typeof ensaVersionSchema>;

export interface ApplicationInstance {
  readonly sid: string;
  readonly host_id: string;
  readonly instance_number: string;
  readonly features: string;
  readonly status: InstanceStatus;
  readonly absent_at: string | null;
  readonly stale_at: string | null;
}

/** Where the system's data is. */
export interface DatabaseLink {
  readonly database_id: string;
  readonly tenant: string;
  /** Address by which the instances reach the database. */
  readonly db_host: string;
}

export interface SapSystemAggregate {
  /** Null before the first instance. */
  readonly sap_system_id: string | null;
  /** Null until the instances make a system. */
  readonly sid: string | null;
  readonly health: Health;
  readonly database: DatabaseLink | null;
  readonly database_health: Health;
  readonly database_stale_at: string | null;
  readonly ensa_version: EnsaVersion;
  readonly instances: readonly ApplicationInstance[];
  readonly stale_at: string | null;
  readonly deregistered_at: string | null;
  readonly rolling_up: boolean;
}

export const initialSapSystem: SapSystemAggregate = {
  sap_system_id: null,
  sid: null,
  health: "unknown",
  database: null,
  database_health: "unknown",
  database_stale_at: null,
  ensa_version: "no_ensa",
  instances: [],
  stale_at: null,
  deregistered_at: null,
  rolling_up: false,
};
