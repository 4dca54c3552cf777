/** What a cluster tells of itself, in words. */
import type { ClusterState, ClusterType, HanaDetails } from "../../../domain/cluster/details.ts";
import type { ClusterView } from "../../../domain/cluster/view.ts";

const types: Readonly<Record<ClusterType, string>> = {
  hana_scale_up: "HANA scale-up",
  hana_scale_out: "HANA scale-out",
  ascs_ers: "ASCS/ERS",
  hana_ascs_ers: "HANA + ASCS/ERS",
  unknown: "Unknown",
};

export function typeInWords(type: ClusterType): string {
  return types[type];
}

const states: Readonly<Record<ClusterState, string>> = {
  S_IDLE: "Idle",
  S_ELECTION: "Election",
  S_INTEGRATION: "Integration",
  S_FINALIZE_JOIN: "Finalizing a join",
  S_NOT_DC: "Not the controller",
  S_POLICY_ENGINE: "Planning",
  S_RECOVERY: "Recovery",
  S_RELEASE_DC: "Releasing the controller",
  S_STARTING: "Starting",
  S_PENDING: "Pending",
  S_STOPPING: "Stopping",
  S_TERMINATE: "Terminating",
  S_TRANSITION_ENGINE: "In transition",
  S_MAX: "S_MAX",
  stopped: "Stopped",
  unknown: "Unknown",
};

export function stateInWords(state: ClusterState): string {
  return states[state];
}

const scenarios: Readonly<Record<HanaDetails["hana_scenario"], string>> = {
  performance_optimized: "Performance optimized",
  cost_optimized: "Cost optimized",
  unknown: "Unknown",
};

export function scenarioInWords(scenario: HanaDetails["hana_scenario"]): string {
  return scenarios[scenario];
}

const architectures: Readonly<Record<HanaDetails["architecture_type"], string>> = {
  classic: "Classic",
  angi: "Angi",
};

export function architectureInWords(architecture: HanaDetails["architecture_type"]): string {
  return architectures[architecture];
}

/** What `landscapeHostConfiguration.py` returns. */
const replicationHealths: Readonly<Record<string, string>> = {
  "0": "Fatal",
  "1": "Error",
  "2": "Warning",
  "3": "Info",
  "4": "Ok",
};

export function replicationHealthInWords(state: string): string {
  const words = replicationHealths[state];
  return words === undefined ? state : `${words} (${state})`;
}

/** What kind of whole a resource is part of. */
export function parentInWords({ multi_state }: { readonly multi_state: boolean | null }): string {
  if (multi_state === null) return "group";
  return multi_state ? "promotable clone" : "clone";
}

/** A cluster without a name is called by its id. */
export function clusterName({ id, name }: Pick<ClusterView, "id" | "name">): string {
  return name === null || name === "" ? id : name;
}

/** All SIDs of what the cluster runs, the database's first. */
export function sidsOf({ sid, additional_sids }: Pick<ClusterView, "sid" | "additional_sids">): string[] {
  return [...new Set([sid, ...additional_sids])].filter((one) => one !== "");
}
