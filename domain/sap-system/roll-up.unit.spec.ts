/** Compaction of a system's stream: section 8 of the domain. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  ascs,
  complete,
  databaseStaleAtChanged,
  ensaUpdated,
  everyCommand,
  gone,
  healthChanged,
  incomplete,
  instanceInSync,
  instanceStale,
  later,
  markedAbsent,
  markedPresent,
  register,
  rollUp,
  rollUpRequested,
  sap_system_id,
  statusChanged,
  systemStale,
  withoutDatabase,
} from "./examples.spec.ts";
import { type SapSystemEvent, sapSystem } from "./index.ts";

describe("section 8: a system that is rolling up", () => {
  it.each(everyCommand)("refuses $type", (command) => {
    given(sapSystem, [...complete, rollUpRequested])
      .when(command)
      .thenRefused("sap_system_rolling_up");
  });

  it.each(everyCommand)("refuses $type when it is deregistered as well", (command) => {
    given(sapSystem, [...withoutDatabase, rollUpRequested])
      .when(command)
      .thenRefused("sap_system_rolling_up");
  });
});

describe("section 8: the roll-up", () => {
  const eventful = given(sapSystem, [
    ...complete,
    statusChanged("red", ascs),
    healthChanged("critical"),
    ensaUpdated("ensa2"),
    markedAbsent(ascs),
    instanceStale(ascs),
    systemStale(),
    databaseStaleAtChanged(later),
  ]);
  const rolledUp: SapSystemEvent = {
    type: "SapSystemRolledUp",
    data: { sap_system_id, snapshot: eventful.state },
  };

  it("is requested with a snapshot of all that is known", () => {
    const { state } = eventful
      .when(rollUp)
      .then([{ type: "SapSystemRollUpRequested", data: { sap_system_id, snapshot: eventful.state } }]);
    expect(state).toStrictEqual({ ...eventful.state, rolling_up: true });
  });

  it.each([
    ["that is none yet", incomplete],
    ["that is deregistered", withoutDatabase],
    ["of which nothing is left", gone],
  ])("may be of a system %s", (_, events) => {
    const before = given(sapSystem, events);
    before
      .when(rollUp)
      .then([{ type: "SapSystemRollUpRequested", data: { sap_system_id, snapshot: before.state } }]);
  });

  it("takes its snapshot before the system was rolling up", () => {
    expect(eventful.state.rolling_up).toBe(false);
  });

  it("puts the snapshot in the place of everything that happened", () => {
    expect(given(sapSystem, [rolledUp]).state).toStrictEqual(eventful.state);
    expect(given(sapSystem, [...complete, rollUpRequested, rolledUp]).state).toStrictEqual(eventful.state);
  });

  it("leaves a system that answers commands as before", () => {
    given(sapSystem, [rolledUp])
      .when(register({ ...ascs, status: "green", ensa_version: "ensa1" }))
      .then([
        markedPresent(ascs),
        instanceInSync(ascs),
        statusChanged("green", ascs),
        ensaUpdated("ensa1"),
        healthChanged("passing"),
      ]);
  });
});
