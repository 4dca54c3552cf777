/** What holds for every database, whatever is asked of it, in whatever order. Nothing is changed in place: `given` sees to it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import { isSameInstance } from "../instance.ts";
import { as, command, eventsOf, history, name, reached, registration } from "./example-histories.spec.ts";
import { absent_at, database_id, deregistered_at, later, rollUp, stale_at } from "./examples.spec.ts";
import { databaseHealth } from "./health.ts";
import { type DatabaseEvent, database } from "./index.ts";

const runs = { numRuns: 300 };

describe("for every history of a database", () => {
  it("a registration that is sent twice more is no news the second time", () => {
    fc.assert(
      fc.property(history, registration, (commands, last) => {
        const first = reached(commands).when(last);
        fc.pre(first.decision.ok);
        reached([structuredClone(last)], first.state)
          .when(structuredClone(last))
          .thenNothing();
      }),
      runs,
    );
  });

  it("a registration that restored nothing is no news when it is sent once more", () => {
    fc.assert(
      fc.property(history, registration, (commands, last) => {
        const before = reached(commands);
        const first = before.when(last);
        fc.pre(first.decision.ok && before.state.deregistered_at === null);
        as(first.state).when(structuredClone(last)).thenNothing();
      }),
      runs,
    );
  });

  it("what was refused is refused again, and changes nothing", () => {
    fc.assert(
      fc.property(history, command, (commands, next) => {
        const before = reached(commands);
        const first = before.when(next);
        fc.pre(!first.decision.ok);
        expect(first.state).toBe(before.state);
        expect(before.when(structuredClone(next)).decision).toStrictEqual(first.decision);
      }),
    );
  });

  it("no two instances have the same number on the same host", () => {
    fc.assert(
      fc.property(history, (commands) => {
        const names = reached(commands).state.instances.map((one) => `${one.host_id} ${one.instance_number}`);
        expect(new Set(names).size).toBe(names.length);
      }),
      runs,
    );
  });

  it("its health is the worst of its instances after any registration that restored nothing", () => {
    fc.assert(
      fc.property(history, registration, (commands, last) => {
        const before = reached(commands);
        const { decision, state } = before.when(last);
        fc.pre(decision.ok && before.state.deregistered_at === null);
        expect(state.health).toBe(databaseHealth(state.instances));
      }),
      runs,
    );
  });

  it("its health is that of the instance which restored it, and from the next one on that of all", () => {
    fc.assert(
      fc.property(history, registration, (commands, last) => {
        const before = reached(commands);
        const { decision, state } = before.when(last);
        fc.pre(decision.ok && before.state.deregistered_at !== null);
        expect(state.health).toBe(databaseHealth([last.data]));
        const settled = as(state).when(last).state;
        expect(settled.health).toBe(databaseHealth(settled.instances));
      }),
    );
  });

  it("it is stale while one of its instances is", () => {
    fc.assert(
      fc.property(history, (commands) => {
        const { instances, stale_at: since } = reached(commands).state;
        fc.pre(instances.some((one) => one.stale_at !== null));
        expect(since).not.toBeNull();
      }),
    );
  });

  it("it is deregistered when no instance is left, and never while there is a primary", () => {
    fc.assert(
      fc.property(history, (commands) => {
        const { state } = reached(commands);
        const roles = state.instances.map((one) => one.system_replication);
        if (state.database_id !== null && roles.length === 0)
          expect(state.deregistered_at).toBe(deregistered_at);
        if (roles.includes("Primary")) expect(state.deregistered_at).toBeNull();
        expect(state.database_id === null && roles.length > 0).toBe(false);
      }),
      runs,
    );
  });

  it("every event names it", () => {
    fc.assert(
      fc.property(history, (commands) => {
        for (const event of eventsOf(commands)) expect(event.data).toMatchObject({ database_id });
      }),
    );
  });

  it("its events, stored and read again, tell the same database, as its snapshot does", () => {
    fc.assert(
      fc.property(history, command, (commands, next) => {
        const stored: readonly DatabaseEvent[] = JSON.parse(JSON.stringify(eventsOf(commands)));
        const rebuilt = given(database, stored);
        const rolledUp = reached(commands);
        expect(rebuilt.state).toStrictEqual(rolledUp.state);
        expect(rebuilt.when(next).decision).toStrictEqual(rolledUp.when(next).decision);
        expect(rebuilt.when(rollUp).decision).toStrictEqual(rolledUp.when(rollUp).decision);
      }),
    );
  });

  it("an instance that registered is known as it told, present and in sync", () => {
    fc.assert(
      fc.property(history, registration, (commands, last) => {
        const { decision, state } = reached(commands).when(last);
        fc.pre(decision.ok);
        const { sid, features, status, system_replication, system_replication_site } = last.data;
        const told = { sid, features, status, system_replication, system_replication_site };
        const instance = state.instances.find((one) => isSameInstance(one, last.data));
        expect(instance).toMatchObject({ ...told, absent_at: null, stale_at: null });
        const { tenants, host_id } = last.data;
        const isOnly = state.instances.every((one) => one.host_id === host_id);
        if (isOnly && system_replication !== "Secondary")
          expect(new Set(state.tenants)).toEqual(new Set(tenants));
      }),
      runs,
    );
  });

  it("after a registration that restored nothing, it is stale exactly while one of its instances is", () => {
    fc.assert(
      fc.property(history, registration, (commands, last) => {
        const before = reached(commands);
        const { decision, state } = before.when(last);
        fc.pre(decision.ok && before.state.deregistered_at === null);
        expect(state.stale_at !== null).toBe(state.instances.some((one) => one.stale_at !== null));
      }),
      runs,
    );
  });

  it("what was marked absent or stale is not marked again", () => {
    fc.assert(
      fc.property(history, name, (commands, which) => {
        const before = reached(commands);
        fc.pre(before.state.database_id !== null);
        const { state } = before.when({
          type: "MarkDatabaseInstanceAbsent",
          data: { ...which, absent_at },
        });
        as(state)
          .when({ type: "MarkDatabaseInstanceAbsent", data: { ...which, absent_at: later } })
          .thenNothing();
        const stale = as(state).when({
          type: "MarkDatabaseInstanceDataStale",
          data: { ...which, stale_at },
        }).state;
        as(stale)
          .when({ type: "MarkDatabaseInstanceDataStale", data: { ...which, stale_at: later } })
          .thenNothing();
      }),
    );
  });
});
