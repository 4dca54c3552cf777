/** What holds for every cluster, whatever is asked of it, in whatever order. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { deepFreeze } from "../given-when-then.ts";
import { anything, history, host, hosts, registration, reportOnline } from "./example-histories.spec.ts";
import { cluster_id, later, markStale, offline, stale_at } from "./examples.spec.ts";
import { clusterHealth } from "./health.ts";
import { type ClusterAggregate, type ClusterCommand, type ClusterEvent, cluster } from "./index.ts";

/** All of it is frozen: neither a decision nor an event may change what it was given. */
function step(state: ClusterAggregate, next: ClusterCommand) {
  const decision = cluster.decide(deepFreeze(next), deepFreeze(state));
  const events = decision.ok ? decision.events : [];
  const after = events.reduce(
    (current, event) => cluster.evolve(deepFreeze(current), deepFreeze(event)),
    state,
  );
  return { decision, events, state: after };
}
function stateAfter(commands: readonly ClusterCommand[]): ClusterAggregate {
  return commands.reduce((state, next) => step(state, next).state, cluster.initialState());
}
function isSet(ids: readonly string[]): boolean {
  return new Set(ids).size === ids.length;
}

describe("for every history of a cluster", () => {
  it("its health is what its parts amount to, unless it is deregistered", () => {
    fc.assert(
      fc.property(history, (commands) => {
        const state = stateAfter(commands);
        if (state.deregistered_at === null) expect(state.health).toBe(clusterHealth(state.health_details));
      }),
      { numRuns: 500 },
    );
  });

  it("its health details are of the kind of its details, and none without them", () => {
    fc.assert(
      fc.property(history, (commands) => {
        const state = stateAfter(commands);
        const kind = state.details === null ? null : "sites" in state.details ? "HANA" : "ASCS/ERS";
        const { health_details } = state;
        const judged =
          health_details === null ? null : "replication_health" in health_details ? "HANA" : "ASCS/ERS";
        expect(judged).toBe(kind);
      }),
      { numRuns: 300 },
    );
  });

  it("its members are a set, of which the offline and the stale ones are sets as well", () => {
    fc.assert(
      fc.property(history, (commands) => {
        const state = stateAfter(commands);
        expect([state.hosts, state.offline_hosts, state.stale_hosts].map(isSet)).toEqual([true, true, true]);
        expect(hosts).toEqual(expect.arrayContaining([...state.hosts]));
        expect(state.hosts).toEqual(expect.arrayContaining([...state.offline_hosts]));
        expect(state.hosts).toEqual(expect.arrayContaining([...state.stale_hosts]));
      }),
      { numRuns: 500 },
    );
  });

  it("it is deregistered exactly while it has no members", () => {
    fc.assert(
      fc.property(history, (commands) => {
        const { cluster_id: id, hosts: members, deregistered_at } = stateAfter(commands);
        if (id !== null) expect(members.length === 0).toBe(deregistered_at !== null);
      }),
      { numRuns: 300 },
    );
  });

  it("its staleness begins and ends in turn, and is that of its members", () => {
    fc.assert(
      fc.property(history, (commands) => {
        let state = cluster.initialState();
        let isStale = false;
        for (const next of commands) {
          const result = step(state, next);
          state = result.state;
          for (const { type } of result.events) {
            if (type === "ClusterDataMarkedStale" || type === "ClusterDataMarkedInSync") {
              const begins = type === "ClusterDataMarkedStale";
              expect(begins).toBe(!isStale);
              isStale = begins;
            }
            // Rule 9: the last member's leaving says no more than that.
            if (type === "ClusterDeregistered") isStale = false;
          }
          expect(isStale).toBe(state.stale_hosts.length > 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it("what a host reports again is no news", () => {
    fc.assert(
      fc.property(history, reportOnline, (commands, next) => {
        const once = step(stateAfter(commands), next);
        expect(step(once.state, structuredClone(next)).events).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("what an offline host reports again is no news once the cluster is known to be stopped (rules 1, 5, 11)", () => {
    fc.assert(
      fc.property(history, host, (commands, id) => {
        const before = stateAfter(commands);
        const isKnown = before.cluster_id !== null && before.deregistered_at === null;
        const once = step(before, offline(id));
        const twice = step(once.state, offline(id));
        if (isKnown) expect(twice.events).toEqual([]);
        expect(step(twice.state, offline(id)).events).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it("a host that was marked stale is not marked again, whenever that is", () => {
    fc.assert(
      fc.property(history, host, (commands, id) => {
        const once = step(stateAfter(commands), markStale(id, stale_at));
        expect(step(once.state, markStale(id, later)).events).toEqual([]);
      }),
    );
  });

  it("it is stopped when a known cluster's last online member reports to be offline", () => {
    fc.assert(
      fc.property(history, host, (commands, id) => {
        const before = stateAfter(commands);
        fc.pre(before.cluster_id !== null && before.deregistered_at === null && !before.rolling_up);
        const { state } = step(before, offline(id));
        const areAllOffline = state.hosts.length === state.offline_hosts.length;
        expect(state.state).toBe(areAllOffline ? "stopped" : before.state);
      }),
      { numRuns: 300 },
    );
  });

  it("its events, stored and read again, tell the same cluster, which decides the same", () => {
    fc.assert(
      fc.property(history, registration, (commands, last) => {
        let state = cluster.initialState();
        const happened: ClusterEvent[] = [];
        for (const next of [...commands, last]) {
          const result = step(state, next);
          state = result.state;
          happened.push(...result.events);
        }
        const stored: ClusterEvent[] = JSON.parse(JSON.stringify(happened));
        const rebuilt = stored.reduce(cluster.evolve, cluster.initialState());
        expect(rebuilt).toEqual(state);
        expect(step(rebuilt, last).decision).toEqual(step(state, last).decision);
      }),
    );
  });

  it("a decision depends on nothing but the command and the state", () => {
    fc.assert(
      fc.property(history, anything, (commands, next) => {
        const state = stateAfter(commands);
        expect(cluster.decide(next, state)).toStrictEqual(
          cluster.decide(structuredClone(next), structuredClone(state)),
        );
      }),
    );
  });

  it("every event names the cluster", () => {
    fc.assert(
      fc.property(history, anything, (commands, next) => {
        for (const { data } of step(stateAfter(commands), next).events)
          expect(data.cluster_id).toBe(cluster_id);
      }),
    );
  });
});
