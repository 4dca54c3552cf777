/** What a user may be permitted, with the ids that Trento's clients know. */
import type { Ability } from "./users.ts";

export interface KnownAbility extends Ability {
  readonly id: number;
  readonly label: string;
}

const labels: readonly (readonly [name: string, resource: string, label: string])[] = [
  ["all", "all", "Permits everything"],
  ["all", "users", "Permits to see, make, change and remove users"],
  ["all", "cluster_checks_execution", "Permits to run the checks of clusters"],
  ["all", "host_checks_execution", "Permits to run the checks of hosts"],
  ["all", "host_checks_selection", "Permits to select the checks of hosts"],
  ["all", "cluster_checks_selection", "Permits to select the checks of clusters"],
  ["all", "host_tags", "Permits to tag hosts"],
  ["all", "cluster_tags", "Permits to tag clusters"],
  ["all", "database_tags", "Permits to tag databases"],
  ["all", "sap_system_tags", "Permits to tag SAP systems"],
  ["cleanup", "host", "Permits to clean up hosts that are gone"],
  ["cleanup", "application_instance", "Permits to clean up absent application instances"],
  ["cleanup", "database_instance", "Permits to clean up absent database instances"],
  ["all", "api_key_settings", "Permits to see and replace the API key of the agents"],
  ["all", "suma_settings", "Permits to change the settings of SUSE Multi-Linux Manager"],
  ["all", "activity_logs_settings", "Permits to change how long the activity log is kept"],
  ["activity_log", "users", "Permits to see whose the entries of the activity log are"],
  ["all", "check_customization", "Permits to customise checks"],
  ["saptune_solution_apply", "host", "Permits to apply a saptune solution to a host"],
  ["all", "alerting_settings", "Permits to change how alerts are sent"],
  ["saptune_solution_change", "host", "Permits to change the saptune solution of a host"],
  ["maintenance_change", "cluster", "Permits to put clusters into maintenance, and out of it"],
  ["start", "application_instance", "Permits to start application instances"],
  ["stop", "application_instance", "Permits to stop application instances"],
  ["pacemaker_enable", "cluster", "Permits to have Pacemaker started when a host starts"],
  ["pacemaker_disable", "cluster", "Permits to have Pacemaker not started when a host starts"],
  ["start", "sap_system", "Permits to start SAP systems"],
  ["stop", "sap_system", "Permits to stop SAP systems"],
  ["start", "database", "Permits to start databases"],
  ["stop", "database", "Permits to stop databases"],
  ["cluster_host_start", "cluster", "Permits to start the cluster on a host"],
  ["cluster_host_stop", "cluster", "Permits to stop the cluster on a host"],
  ["reboot", "host", "Permits to reboot hosts"],
  ["resource_refresh", "cluster", "Permits to refresh the resources of clusters"],
  ["operation", "all", "Permits all operations"],
];

export const knownAbilities: readonly KnownAbility[] = labels.map(([name, resource, label], index) => ({
  id: index + 1,
  name,
  resource,
  label,
}));

/** The known ones among those that a user has. */
export function withLabels(abilities: readonly Ability[]): KnownAbility[] {
  return knownAbilities.filter((known) =>
    abilities.some(({ name, resource }) => known.name === name && known.resource === resource),
  );
}
