/** What Trento's channel `monitoring:databases` says of the events of a database. */
import { replicationOf } from "../../domain/database/state.ts";
import type { DatabaseView } from "../../domain/database/view.ts";
import { isSameInstance } from "../../domain/instance.ts";
import type { StoredDatabaseEvent } from "../subscription/typed-events.ts";
import { type Said, type Subject, whole } from "./message.ts";

/** Null for an event of which clients are told nothing. */
export function sayOfDatabase(event: StoredDatabaseEvent, database: Subject<DatabaseView>): Said | null {
  const { database_id: id } = event.data;
  const { name: sid } = database;
  const stale = (stale_at: string | null): Said => ({
    event: "database_stale_changed",
    payload: { id, stale_at },
  });
  const ofInstance = (name: string, changed: object): Said | null => {
    if (!("instance_number" in event.data)) return null;
    const { database_id, host_id, instance_number } = event.data;
    return { event: name, payload: { database_id, host_id, instance_number, sid, ...changed } };
  };
  switch (event.type) {
    case "DatabaseRegistered":
      return whole("database_registered", database);
    case "DatabaseRestored":
      return whole("database_restored", database);
    case "DatabaseDeregistered":
      return { event: "database_deregistered", payload: { id, sid } };
    case "DatabaseHealthChanged":
      return {
        event: "database_health_changed",
        payload: { id, database_id: id, health: event.data.health },
      };
    case "DatabaseTenantsUpdated":
      return {
        event: "database_tenants_updated",
        payload: { database_id: id, tenants: event.data.tenants },
      };
    case "DatabaseDataMarkedStale":
      return stale(event.data.stale_at);
    case "DatabaseDataMarkedInSync":
      return stale(null);
    case "DatabaseInstanceRegistered": {
      const instance = database.view?.database_instances.find((one) => isSameInstance(one, event.data));
      return { event: "database_instance_registered", payload: instance ?? event.data };
    }
    case "DatabaseInstanceStatusChanged":
      return ofInstance("database_instance_status_changed", { status: event.data.status });
    case "DatabaseInstanceSystemReplicationChanged":
      return ofInstance("database_instance_system_replication_changed", replicationOf(event.data));
    case "DatabaseInstanceMarkedAbsent":
      return ofInstance("database_instance_absent_at_changed", { absent_at: event.data.absent_at });
    case "DatabaseInstanceMarkedPresent":
      return ofInstance("database_instance_absent_at_changed", { absent_at: null });
    case "DatabaseInstanceDataMarkedStale":
      return ofInstance("database_instance_stale_changed", { stale_at: event.data.stale_at });
    case "DatabaseInstanceDataMarkedInSync":
      return ofInstance("database_instance_stale_changed", { stale_at: null });
    case "DatabaseInstanceDeregistered":
      return ofInstance("database_instance_deregistered", {});
    default:
      return null;
  }
}
