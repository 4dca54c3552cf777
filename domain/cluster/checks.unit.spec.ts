/** Selection and execution of checks: rule 8. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  checksHealth,
  checksSelected,
  clusterRegistered,
  detailsUpdated,
  healthChanged,
  hostAdded,
  pair,
  replication,
  undescribed,
} from "./example-events.spec.ts";
import {
  ascsErs,
  ascsErsHealth,
  complete,
  hanaHealth,
  hanaWith,
  healths,
  host_a,
  online,
  select,
} from "./examples.spec.ts";
import { cluster } from "./index.ts";

describe("rule 8: the selection of checks", () => {
  it("is told", () => {
    const before = given(cluster, pair);
    const { state } = before.when(select("A", "B")).then([checksSelected("A", "B")]);
    expect(state).toEqual({ ...before.state, selected_checks: ["A", "B"] });
  });

  it("is told again when it is the same", () => {
    given(cluster, [...pair, checksSelected("A", "B")])
      .when(select("A", "B"))
      .then([checksSelected("A", "B")]);
  });

  it("takes the place of the one before", () => {
    const { state } = given(cluster, [...pair, checksSelected("A", "B")])
      .when(select("C"))
      .then([checksSelected("C")]);
    expect(state.selected_checks).toEqual(["C"]);
  });

  it("may be empty", () => {
    const { state } = given(cluster, [...pair, checksSelected("A")])
      .when(select())
      .then([checksSelected()]);
    expect(state.selected_checks).toEqual([]);
  });

  it("needs no details", () => {
    given(cluster, undescribed)
      .when(select("A"))
      .then([checksSelected("A")]);
  });
});

describe("rule 8: the execution of checks", () => {
  it.each([
    ["passing", []],
    ["warning", [healthChanged("warning")]],
    ["critical", [healthChanged("critical")]],
  ] as const)(
    "of a healthy cluster that finds it %s is told; the cluster's health follows",
    (found, follows) => {
      const { state } = given(cluster, pair)
        .when(complete(found))
        .then([checksHealth(found), ...follows]);
      expect(state).toMatchObject({ health: found, health_details: hanaHealth({ checks_health: found }) });
    },
  );

  it("that finds unknown, as before, is not told", () => {
    given(cluster, pair).when(complete("unknown")).thenNothing();
  });

  it.each(healths)("that finds %s again is not told again", (found) => {
    const health = found === "unknown" ? "passing" : found;
    given(cluster, [...pair, checksHealth(found), healthChanged(health)])
      .when(complete(found))
      .thenNothing();
  });

  it("that finds unknown after critical is told, and the checks count no longer", () => {
    const { state } = given(cluster, [...pair, checksHealth("critical"), healthChanged("critical")])
      .when(complete("unknown"))
      .then([checksHealth("unknown"), healthChanged("passing")]);
    expect(state.health_details).toEqual(hanaHealth());
  });

  it("changes nothing of the health that something worse decides", () => {
    const failed = hanaWith({ sr_health_state: "1" });
    given(cluster, [...pair, detailsUpdated(failed), replication("critical"), healthChanged("critical")])
      .when(complete("warning"))
      .then([checksHealth("warning")]);
  });

  it("is kept in an ASCS/ERS cluster as well", () => {
    const { state } = given(cluster, [
      clusterRegistered(ascsErs, "passing", ascsErsHealth()),
      hostAdded(host_a),
    ])
      .when(complete("critical"))
      .then([checksHealth("critical"), healthChanged("critical")]);
    expect(state.health_details).toEqual(ascsErsHealth({ checks_health: "critical" }));
  });

  it("is kept when the controller tells something else of the same kind", () => {
    const told = hanaWith({ maintenance_mode: true });
    const { state } = given(cluster, [...pair, checksHealth("warning"), healthChanged("warning")])
      .when(online(told))
      .then([detailsUpdated(told)]);
    expect(state).toMatchObject({
      health: "warning",
      health_details: hanaHealth({ checks_health: "warning" }),
    });
  });

  it("of a cluster without details is not told: there is nothing to keep it in (rule 6)", () => {
    for (const health of healths) {
      const { state } = given(cluster, undescribed).when(complete(health)).thenNothing();
      expect(state.health).toBe("unknown");
    }
  });
});
