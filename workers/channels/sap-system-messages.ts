/** What Trento's channel `monitoring:sap_systems` says of the events of an SAP system. */
import { isSameInstance } from "../../domain/instance.ts";
import type { SapSystemView } from "../../domain/sap-system/view.ts";
import type { StoredSapSystemEvent } from "../subscription/typed-events.ts";
import { type Said, type Subject, whole } from "./message.ts";

/** Null for an event of which clients are told nothing. */
export function sayOfSapSystem(event: StoredSapSystemEvent, system: Subject<SapSystemView>): Said | null {
  const { sap_system_id: id } = event.data;
  const { name: sid } = system;
  const updated = (changed: object): Said => ({
    event: "sap_system_updated",
    payload: { id, ...changed },
  });
  const stale = (stale_at: string | null): Said => ({
    event: "sap_system_stale_changed",
    payload: { id, stale_at },
  });
  const ofInstance = (name: string, changed: object): Said | null => {
    if (!("host_id" in event.data)) return null;
    const { sap_system_id, host_id, instance_number } = event.data;
    return { event: name, payload: { sap_system_id, host_id, instance_number, sid, ...changed } };
  };
  switch (event.type) {
    case "SapSystemRegistered":
      return whole("sap_system_registered", system);
    case "SapSystemRestored":
      return whole("sap_system_restored", system);
    case "SapSystemDeregistered":
      return { event: "sap_system_deregistered", payload: { id, sid } };
    case "SapSystemHealthChanged":
      return { event: "sap_system_health_changed", payload: { id, health: event.data.health } };
    case "SapSystemUpdated":
      return updated({ ensa_version: event.data.ensa_version });
    case "SapSystemDatabaseHealthChanged":
      return updated({ database_health: event.data.database_health });
    case "SapSystemDatabaseStaleAtChanged":
      return updated({ database_stale_at: event.data.database_stale_at });
    case "SapSystemDataMarkedStale":
      return stale(event.data.stale_at);
    case "SapSystemDataMarkedInSync":
      return stale(null);
    case "ApplicationInstanceRegistered": {
      const instance = system.view?.application_instances.find((one) => isSameInstance(one, event.data));
      return { event: "application_instance_registered", payload: instance ?? event.data };
    }
    case "ApplicationInstanceMoved":
      return { event: "application_instance_moved", payload: { ...event.data, sid } };
    case "ApplicationInstanceStatusChanged":
      return ofInstance("application_instance_status_changed", { status: event.data.status });
    case "ApplicationInstanceMarkedAbsent":
      return ofInstance("application_instance_absent_at_changed", { absent_at: event.data.absent_at });
    case "ApplicationInstanceMarkedPresent":
      return ofInstance("application_instance_absent_at_changed", { absent_at: null });
    case "ApplicationInstanceDataMarkedStale":
      return ofInstance("application_instance_stale_changed", { stale_at: event.data.stale_at });
    case "ApplicationInstanceDataMarkedInSync":
      return ofInstance("application_instance_stale_changed", { stale_at: null });
    case "ApplicationInstanceDeregistered":
      return ofInstance("application_instance_deregistered", {});
    default:
      return null;
  }
}
