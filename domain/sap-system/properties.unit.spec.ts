/** What holds for every system, whatever is asked of it, in whatever order. Nothing is changed in place: `given` sees to it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import { isSameInstance } from "../instance.ts";
import { isInSync, makeSystem, sapSystemHealth } from "./composition.ts";
import {
  as,
  command,
  ensa,
  eventsOf,
  health,
  history,
  maybeStale,
  name,
  reached,
  registration,
  status,
} from "./example-histories.spec.ts";
import {
  ascs,
  ers,
  host_d,
  java,
  later,
  markAbsent,
  markStale,
  pas,
  register,
  rollUp,
  sap_system_id,
  updateDatabaseHealth,
  updateDatabaseStaleAt,
} from "./examples.spec.ts";
import { type SapSystemAggregate, type SapSystemEvent, sapSystem } from "./index.ts";

const runs = { numRuns: 300 };

describe("for every history of a system", () => {
  it("a registration that is sent twice more is no news the second time", () => {
    fc.assert(
      fc.property(history, registration, (commands, last) => {
        const { state } = reached([...commands, last, structuredClone(last)]);
        as(state).when(structuredClone(last)).thenNothing();
      }),
      runs,
    );
  });

  it("a registration that moved and restored nothing is no news when it is sent once more", () => {
    fc.assert(
      fc.property(history, registration, (commands, last) => {
        const { decision, state } = reached(commands).when(last);
        const happened = decision.ok ? decision.events.map(({ type }) => type) : [];
        fc.pre(!happened.includes("ApplicationInstanceMoved") && !happened.includes("SapSystemRestored"));
        as(state).when(structuredClone(last)).thenNothing();
      }),
      runs,
    );
  });

  it("what its database tells is no news when it is told once more", () => {
    fc.assert(
      fc.property(history, health, maybeStale, (commands, database_health, database_stale_at) => {
        const before = reached(commands);
        fc.pre(before.state.sap_system_id !== null && before.state.deregistered_at === null);
        const ofHealth = updateDatabaseHealth(database_health);
        const ofStaleness = updateDatabaseStaleAt(database_stale_at);
        as(before.when(ofHealth).state).when(ofHealth).thenNothing();
        as(before.when(ofStaleness).state).when(ofStaleness).thenNothing();
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

  it("its health is the worst of its instances and its database after any registration", () => {
    fc.assert(
      fc.property(history, registration, (commands, last) => {
        const { state } = reached(commands).when(last);
        fc.pre(state.sid !== null && state.deregistered_at === null);
        expect(state.health).toBe(sapSystemHealth(state));
      }),
      runs,
    );
  });

  it("it is stale while one of its instances is, and not after a registration when nothing is", () => {
    fc.assert(
      fc.property(history, registration, (commands, last) => {
        const before = reached(commands);
        if (before.state.instances.some((one) => one.stale_at !== null))
          expect(before.state.stale_at).not.toBeNull();
        const { state } = before.when(last);
        if (isInSync(state)) expect(state.stale_at).toBeNull();
      }),
      runs,
    );
  });

  it("it is there exactly while its instances make a system, unless its database went away", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 25 }), (commands) => {
        const { state } = reached(commands.filter(({ type }) => type !== "DeregisterSapSystem"));
        expect(state.sid !== null && state.deregistered_at === null).toBe(makeSystem(state.instances));
      }),
      runs,
    );
  });

  it("every event names it", () => {
    fc.assert(
      fc.property(history, (commands) => {
        for (const event of eventsOf(commands)) expect(event.data).toMatchObject({ sap_system_id });
      }),
    );
  });

  it("its events, stored and read again, tell the same system, as its snapshot does", () => {
    fc.assert(
      fc.property(history, command, (commands, next) => {
        const stored: readonly SapSystemEvent[] = JSON.parse(JSON.stringify(eventsOf(commands)));
        const rebuilt = given(sapSystem, stored);
        const rolledUp = reached(commands);
        expect(rebuilt.state).toStrictEqual(rolledUp.state);
        expect(rebuilt.when(next).decision).toStrictEqual(rolledUp.when(next).decision);
        expect(rebuilt.when(rollUp).decision).toStrictEqual(rolledUp.when(rollUp).decision);
      }),
    );
  });

  it("an instance that registered is known as it told", () => {
    fc.assert(
      fc.property(history, registration, (commands, last) => {
        const before = reached(commands);
        const { state } = before.when(last);
        const { sid, features, status: told } = last.data;
        const instance = state.instances.find((one) => isSameInstance(one, last.data));
        const wasKnown = before.state.instances.some((one) => isSameInstance(one, last.data));
        expect(instance).toMatchObject(wasKnown ? { sid } : { sid, features });
        // Rule 12: a system that is deregistered is not told of a change of status.
        if (before.state.deregistered_at === null) expect(instance?.status).toBe(told);
        if (wasKnown) expect(instance).toMatchObject({ absent_at: null, stale_at: null });
      }),
      runs,
    );
  });

  it("what was marked absent or stale is not marked again", () => {
    fc.assert(
      fc.property(history, name, (commands, which) => {
        const absent = reached([...commands, markAbsent(which)]);
        absent.when(markAbsent(which, later)).thenNothing();
        const stale = reached([markStale(which)], absent.state);
        stale.when(markStale(which, later)).thenNothing();
      }),
    );
  });
});

describe("for every order in which the instances of one system register", () => {
  /** A message server, an application server, and perhaps more; a second server of the same number among them. */
  const more = fc.subarray([ers, java, { ...pas, host_id: host_d }]);
  const members = fc
    .tuple(more, fc.array(status, { minLength: 5, maxLength: 5 }), ensa, health)
    .map(([others, statuses, ensa_version, database_health]) =>
      [ascs, pas, ...others].map((one, index) => {
        const enqueues = one === ascs || one === ers;
        return register({
          ...one,
          status: statuses[index] ?? "green",
          clustered: enqueues,
          ensa_version: enqueues ? ensa_version : "no_ensa",
          database_health,
        });
      }),
    );
  const orders = members.chain((all) => {
    const anyOrder = fc.shuffledSubarray(all, { minLength: all.length });
    return fc.tuple(fc.constant(all), anyOrder, anyOrder);
  });
  const summary = ({ instances, ...system }: SapSystemAggregate) => ({
    ...system,
    instances: instances.toSorted((one, two) =>
      `${one.host_id} ${one.instance_number}` < `${two.host_id} ${two.instance_number}` ? -1 : 1,
    ),
  });

  it("it is the same system once all of them registered twice", () => {
    fc.assert(
      fc.property(orders, ([all, first, second]) => {
        const { state } = reached([...first, ...second]);
        expect(summary(state)).toStrictEqual(summary(reached([...all, ...all]).state));
        expect(state).toMatchObject({ health: sapSystemHealth(state), deregistered_at: null });
        expect(state.instances).toHaveLength(all.length);
        expect(state.ensa_version).toBe(all[0]?.data.ensa_version);
      }),
      runs,
    );
  });
});
