/** The words of Pacemaker that are understood: none may go missing. */
import { expect, it } from "vitest";
import { clusterStateSchema, clusterTypeSchema } from "./details.ts";

it("the states of a cluster are those of Pacemaker, and two of our own", () => {
  const pacemaker =
    "IDLE ELECTION INTEGRATION FINALIZE_JOIN NOT_DC POLICY_ENGINE RECOVERY RELEASE_DC STARTING PENDING STOPPING TERMINATE TRANSITION_ENGINE MAX";
  const states = pacemaker.split(" ").map((state) => `S_${state}`);
  expect(clusterStateSchema.options).toEqual([...states, "stopped", "unknown"]);
});

it("the types of a cluster", () => {
  expect(clusterTypeSchema.options).toEqual([
    "hana_scale_up",
    "hana_scale_out",
    "ascs_ers",
    "hana_ascs_ers",
    "unknown",
  ]);
});
