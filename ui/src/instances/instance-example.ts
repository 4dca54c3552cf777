/** Instances for specs. */
import type { DatabaseInstanceView } from "../../../domain/database/view.ts";
import type { ApplicationInstanceView } from "../../../domain/sap-system/view.ts";
import type { InstanceView } from "./instance.ts";

const SOME_ID = "f534a4ad-cef7-5234-b196-e67082ffb50c";

function instanceExample(): InstanceView {
  return {
    sid: "NWP",
    instance_number: "00",
    instance_hostname: "sapnwpas",
    features: "MESSAGESERVER|ENQUE",
    http_port: 50013,
    https_port: 50014,
    start_priority: "1",
    host_id: "9cd46919-5f19-59aa-993e-cf3736c71053",
    status: "green",
    health: "passing",
    absent_at: null,
    stale_at: null,
    inserted_at: "2026-01-01T00:00:00.000Z",
    updated_at: "2026-01-01T00:00:00.000Z",
  };
}

export function applicationInstanceExample(
  changed: Partial<ApplicationInstanceView> = {},
): ApplicationInstanceView {
  return { ...instanceExample(), sap_system_id: SOME_ID, ...changed };
}

export function databaseInstanceExample(changed: Partial<DatabaseInstanceView> = {}): DatabaseInstanceView {
  return {
    ...instanceExample(),
    sid: "HDP",
    features: "HDB|HDB_WORKER",
    database_id: SOME_ID,
    sap_system_id: SOME_ID,
    system_replication: null,
    system_replication_status: null,
    system_replication_site: null,
    system_replication_site_id: null,
    system_replication_mode: null,
    system_replication_operation_mode: null,
    system_replication_source_site: null,
    system_replication_tier: null,
    ...changed,
  };
}
