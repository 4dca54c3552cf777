/** Compaction of a host's stream: rule 1, and section 8 of the domain. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  checksHealthChanged,
  commandTypes,
  everyCommand,
  goneAs,
  host_id,
  hostHealthChanged,
  hostRegistered,
  registerHost,
  rollUpRequested,
} from "./examples.spec.ts";
import { host } from "./index.ts";

describe("rule 1: a host that is rolling up", () => {
  it.each(commandTypes)("refuses %s", (type) => {
    given(host, [hostRegistered(), rollUpRequested]).when(everyCommand[type]).thenRefused("host_rolling_up");
  });

  it.each(commandTypes)("refuses %s when it is deregistered as well", (type) => {
    given(host, [...goneAs(), rollUpRequested])
      .when(everyCommand[type])
      .thenRefused("host_rolling_up");
  });
});

describe("section 8: the roll-up", () => {
  const eventful = given(host, [
    hostRegistered(),
    checksHealthChanged("critical"),
    hostHealthChanged("critical"),
    { type: "HostChecksSelected", data: { host_id, checks: ["A"] } },
  ]);

  it("is requested with a snapshot of all that is known", () => {
    const { state } = eventful
      .when(everyCommand.RollUpHost)
      .then([{ type: "HostRollUpRequested", data: { host_id, snapshot: eventful.state } }]);
    expect(state).toEqual({ ...eventful.state, rolling_up: true });
  });

  it("takes its snapshot before the host was rolling up", () => {
    expect(eventful.state.rolling_up).toBe(false);
  });

  it("puts the snapshot in the place of everything that happened", () => {
    const rolledUp = given(host, [{ type: "HostRolledUp", data: { host_id, snapshot: eventful.state } }]);
    expect(rolledUp.state).toEqual(eventful.state);
  });

  it("leaves a host that answers commands as before", () => {
    const rolledUp = given(host, [{ type: "HostRolledUp", data: { host_id, snapshot: eventful.state } }]);
    rolledUp.when(registerHost()).thenNothing();
    rolledUp
      .when(everyCommand.CompleteHostChecksExecution)
      .then([checksHealthChanged("warning"), hostHealthChanged("warning")]);
  });

  it("keeps a deregistered host deregistered", () => {
    const gone = given(host, goneAs());
    given(host, [{ type: "HostRolledUp", data: { host_id, snapshot: gone.state } }])
      .when(everyCommand.UpdateHeartbeat)
      .thenRefused("host_not_registered");
  });
});
