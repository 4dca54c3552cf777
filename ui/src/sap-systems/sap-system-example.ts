/** An SAP system for specs. */
import type { SapSystemView } from "../../../domain/sap-system/view.ts";

export function sapSystemExample(changed: Partial<SapSystemView> = {}): SapSystemView {
  return {
    id: "eb7bc03e-166f-5ed0-b22d-79672d110d04",
    sid: "NWP",
    tenant: "PRD",
    db_host: "10.80.1.13",
    health: "passing",
    ensa_version: "ensa2",
    stale_at: null,
    database_id: "f534a4ad-cef7-5234-b196-e67082ffb50c",
    database_sid: "HDP",
    database_health: "passing",
    database_stale_at: null,
    application_instances: [],
    database_instances: [],
    tags: [],
    inserted_at: "2026-01-01T00:00:00.000Z",
    updated_at: "2026-01-01T00:00:00.000Z",
    ...changed,
  };
}
