/** What a database's decisions need to remember. */
import { z } from "zod";
import type { Health } from "../health.ts";
import type { InstanceStatus } from "../instance.ts";

export const tenantSchema = z.object({ name: z.string() });
export type Tenant = z.infer<typeof tenantSchema>;

/** How an instance takes part in system replication; all null for one that does not. */
export const systemReplicationSchema = z.object({
  system_replication: z.enum(["Primary", "Secondary"]).nullable(),
  system_replication_status: z.string().nullable(),
  system_replication_site: z.string().nullable(),
  system_replication_site_id: z.int().nullable(),
  system_replication_mode: z.string().nullable(),
  system_replication_operation_mode: z.string().nullable(),
  system_replication_source_site: z.string().nullable(),
  system_replication_tier: z.int().nullable(),
});
export type SystemReplication = Readonly<z.infer<typeof systemReplicationSchema>>;

export interface DatabaseInstance extends SystemReplication {
  readonly sid: string;
  readonly host_id: string;
  readonly instance_number: string;
  readonly features: string;
  readonly status: InstanceStatus;
  readonly absent_at: string | null;
  readonly stale_at: string | null;
}

export interface DatabaseAggregate {
  /** Null until the database is registered. */
  readonly database_id: string | null;
  readonly sid: string | null;
  readonly health: Health;
  readonly instances: readonly DatabaseInstance[];
  readonly tenants: readonly Tenant[];
  readonly stale_at: string | null;
  readonly deregistered_at: string | null;
  readonly rolling_up: boolean;
}

export const initialDatabase: DatabaseAggregate = {
  database_id: null,
  sid: null,
  health: "unknown",
  instances: [],
  tenants: [],
  stale_at: null,
  deregistered_at: null,
  rolling_up: false,
};

/** The eight fields of replication, and nothing else, of an object that holds at least them. */
export function replicationOf(source: SystemReplication): SystemReplication {
  return {
    system_replication: source.system_replication,
    system_replication_status: source.system_replication_status,
    system_replication_site: source.system_replication_site,
    system_replication_site_id: source.system_replication_site_id,
    system_replication_mode: source.system_replication_mode,
    system_replication_operation_mode: source.system_replication_operation_mode,
    system_replication_source_site: source.system_replication_source_site,
    system_replication_tier: source.system_replication_tier,
  };
}
