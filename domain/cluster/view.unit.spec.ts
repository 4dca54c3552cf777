/** What clients see of a cluster lets the details of each kind through, without the SID of a resource. */
import { describe, expect, it } from "vitest";
import { ascsErsDetailsSchema, type ClusterResource, hanaDetailsSchema } from "./details.ts";
import { ascsErsDetails, cluster_id, hanaDetails } from "./examples.spec.ts";
import { clusterViewSchema } from "./view.ts";

const view = {
  id: cluster_id,
  name: "hana_cluster",
  type: "hana_scale_up",
  provider: "kvm",
  state: "S_IDLE",
  health: "passing",
  stale_at: null,
  resources_number: 8,
  hosts_number: 2,
  sid: "PRD",
  additional_sids: [],
  sap_instances: [{ sid: "PRD", instance_number: "00" }],
  selected_checks: ["A"],
  tags: [],
  details: null,
  cib_last_written: null,
  inserted_at: "2026-01-01T00:00:00.000Z",
  updated_at: "2026-01-01T00:00:00.000Z",
};

const seen = (resources: readonly ClusterResource[]) => resources.map(({ sid: _, ...rest }) => rest);

describe("the details of a cluster", () => {
  it("of each kind hold all that is told", () => {
    expect(hanaDetailsSchema.parse(hanaDetails)).toEqual(hanaDetails);
    expect(ascsErsDetailsSchema.parse(ascsErsDetails)).toEqual(ascsErsDetails);
  });
});

describe("the view of a cluster", () => {
  it("holds all of a cluster without details", () => {
    expect(clusterViewSchema.parse(view)).toEqual(view);
  });

  it("holds all of a HANA cluster's details but the SID of a resource", () => {
    const { details } = clusterViewSchema.parse({ ...view, details: hanaDetails });
    expect(details).toEqual({
      ...hanaDetails,
      nodes: hanaDetails.nodes.map((node) => ({ ...node, resources: seen(node.resources) })),
      resources: seen(hanaDetails.resources),
    });
  });

  it("holds all of an ASCS/ERS cluster's details but the SID of a resource", () => {
    const { details } = clusterViewSchema.parse({ ...view, type: "ascs_ers", details: ascsErsDetails });
    expect(details).toEqual({
      ...ascsErsDetails,
      sap_systems: ascsErsDetails.sap_systems.map((system) => ({
        ...system,
        nodes: system.nodes.map((node) => ({ ...node, resources: seen(node.resources) })),
      })),
    });
  });
});
