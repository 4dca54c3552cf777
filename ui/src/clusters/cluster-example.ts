/** A cluster for specs. */
import type { ClusterView } from "../../../domain/cluster/view.ts";

export function clusterExample(changed: Partial<ClusterView> = {}): ClusterView {
  return {
    id: "469e7be5-4e20-5007-b044-c6f540a87493",
    name: "hana_cluster",
    type: "hana_scale_up",
    provider: "azure",
    state: "S_IDLE",
    health: "passing",
    stale_at: null,
    resources_number: 7,
    hosts_number: 2,
    sid: "HDP",
    additional_sids: [],
    sap_instances: [{ sid: "HDP", instance_number: "10" }],
    selected_checks: [],
    tags: [],
    details: null,
    cib_last_written: null,
    inserted_at: "2026-01-01T00:00:00.000Z",
    updated_at: "2026-01-01T00:00:00.000Z",
    ...changed,
  };
}
