/** A database for specs. */
import type { DatabaseView } from "../../../domain/database/view.ts";

export function databaseExample(changed: Partial<DatabaseView> = {}): DatabaseView {
  return {
    id: "f534a4ad-cef7-5234-b196-e67082ffb50c",
    sid: "HDP",
    health: "passing",
    stale_at: null,
    database_instances: [],
    tags: [],
    inserted_at: "2026-01-01T00:00:00.000Z",
    updated_at: "2026-01-01T00:00:00.000Z",
    ...changed,
  };
}
