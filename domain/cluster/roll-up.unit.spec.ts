/** Compaction of a cluster's stream: rule 12, and section 8 of the domain. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  checksHealth,
  checksSelected,
  dataInSync,
  dataStale,
  gone,
  healthChanged,
  hostInSync,
  hostStale,
  pair,
  rolledUp,
  rollUpRequested,
  statusChanged,
} from "./example-events.spec.ts";
import { commandTypes, complete, everyCommand, host_b, member, online, rollUp } from "./examples.spec.ts";
import { type ClusterAggregate, cluster } from "./index.ts";

describe("rule 12: a cluster that is rolling up", () => {
  it.each(commandTypes)("refuses %s", (type) => {
    given(cluster, [...pair, rollUpRequested()])
      .when(everyCommand[type])
      .thenRefused("cluster_rolling_up");
  });

  it.each(commandTypes)("refuses %s when it is deregistered as well", (type) => {
    given(cluster, [...gone, rollUpRequested()])
      .when(everyCommand[type])
      .thenRefused("cluster_rolling_up");
  });
});

describe("section 8: the roll-up", () => {
  const eventful = given(cluster, [
    ...pair,
    checksSelected("A"),
    checksHealth("critical"),
    healthChanged("critical"),
    statusChanged(host_b, "offline"),
    hostStale(host_b),
    dataStale(),
  ]);

  it("is requested with a snapshot of all that is known", () => {
    const { state } = eventful.when(rollUp).then([rollUpRequested(eventful.state)]);
    expect(state).toEqual({ ...eventful.state, rolling_up: true });
  });

  it("takes its snapshot before the cluster was rolling up", () => {
    expect(eventful.state.rolling_up).toBe(false);
  });

  it("puts the snapshot in the place of everything that happened", () => {
    expect(given(cluster, [rolledUp(eventful.state)]).state).toEqual(eventful.state);
    expect(given(cluster, [...pair, rollUpRequested(), rolledUp(eventful.state)]).state).toEqual(
      eventful.state,
    );
  });

  it("leaves a cluster that answers commands as before", () => {
    const stored: ClusterAggregate = JSON.parse(JSON.stringify(eventful.state));
    const after = given(cluster, [rolledUp(stored)]);
    after.when(online()).thenNothing();
    after.when(complete("critical")).thenNothing();
    after.when(complete("warning")).then([checksHealth("warning"), healthChanged("warning")]);
    after.when(member(host_b)).then([statusChanged(host_b, "online"), hostInSync(host_b), dataInSync]);
  });

  it("keeps a deregistered cluster deregistered", () => {
    const before = given(cluster, gone);
    given(cluster, [rolledUp(before.state)])
      .when(everyCommand.SelectChecks)
      .thenRefused("cluster_not_registered");
  });
});
