/** Instances that a cluster moves from host to host: rule 6. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  absent_at,
  ascs,
  complete,
  ers,
  healthChanged,
  host_b,
  host_d,
  incomplete,
  instanceInSync,
  instanceRegistered,
  instanceStale,
  markAbsent,
  markedAbsent,
  markedPresent,
  moved,
  pas,
  register,
  stale_at,
  statusChanged,
  systemInSync,
  systemStale,
} from "./examples.spec.ts";
import { sapSystem } from "./index.ts";

const ascsOnB = { ...ascs, host_id: host_b };
const arrives = register({ ...ascsOnB, clustered: true });

describe("rule 6: a clustered instance that registers on another host", () => {
  it("was moved there", () => {
    const { state } = given(sapSystem, complete)
      .when(arrives)
      .then([moved(ascs, host_b)]);
    expect(state.instances).toMatchObject([ascsOnB, pas]);
  });

  it("was moved there before there is a system as well", () => {
    given(sapSystem, incomplete)
      .when(arrives)
      .then([moved(ascs, host_b)]);
  });

  it("tells its status there when it is another", () => {
    const { state } = given(sapSystem, complete)
      .when(register({ ...ascsOnB, clustered: true, status: "yellow" }))
      .then([moved(ascs, host_b), statusChanged("yellow", ascsOnB), healthChanged("warning")]);
    expect(state.instances[0]).toMatchObject({ ...ascsOnB, status: "yellow" });
  });

  it("is known there from then on", () => {
    given(sapSystem, [...complete, moved(ascs, host_b)])
      .when(arrives)
      .thenNothing();
  });

  it("may be moved back", () => {
    given(sapSystem, [...complete, moved(ascs, host_b)])
      .when(register({ ...ascs, clustered: true }))
      .then([moved(ascsOnB, ascs.host_id)]);
  });

  it("is moved next to an instance of another number", () => {
    const { state } = given(sapSystem, [...complete, instanceRegistered(ers)])
      .when(arrives)
      .then([moved(ascs, host_b)]);
    expect(state.instances).toMatchObject([ascsOnB, pas, ers]);
  });

  it("is registered when none of its number is known", () => {
    given(sapSystem, complete)
      .when(register({ ...ers, clustered: true }))
      .then([instanceRegistered(ers)]);
  });

  it("is registered when that of its number has other features", () => {
    const other = { ...ascsOnB, features: "ENQREP" };
    const { state } = given(sapSystem, complete)
      .when(register({ ...other, clustered: true }))
      .then([instanceRegistered(other)]);
    expect(state.instances).toMatchObject([ascs, pas, other]);
  });

  it("does not move when it is known on its host: the other is a second one", () => {
    const twice = [...complete, instanceRegistered(ascsOnB)];
    given(sapSystem, twice).when(arrives).thenNothing();
    given(sapSystem, twice)
      .when(register({ ...ascs, clustered: true }))
      .thenNothing();
  });
});

describe("rule 6: an instance without a cluster that registers on another host", () => {
  it("is a second one of that number", () => {
    const { state } = given(sapSystem, complete)
      .when(register(ascsOnB))
      .then([instanceRegistered(ascsOnB)]);
    expect(state.instances).toMatchObject([ascs, pas, ascsOnB]);
  });

  it("counts, and so does the first, for the health", () => {
    given(sapSystem, [...complete, statusChanged("red", ascs), healthChanged("critical")])
      .when(register(ascsOnB))
      .then([instanceRegistered(ascsOnB)]);
  });
});

describe("rules 5 and 6: a moved instance that was absent or stale where it was", () => {
  const ill = [...complete, markedAbsent(ascs), instanceStale(ascs), systemStale()];

  it("is so still: only what was known of it on its new host is looked at", () => {
    const { state } = given(sapSystem, ill)
      .when(arrives)
      .then([moved(ascs, host_b)]);
    expect(state).toMatchObject({ stale_at, instances: [{ ...ascsOnB, absent_at, stale_at }, pas] });
  });

  it("is present and in sync when it registers again", () => {
    given(sapSystem, [...ill, moved(ascs, host_b)])
      .when(arrives)
      .then([markedPresent(ascsOnB), instanceInSync(ascsOnB), systemInSync]);
  });

  it("is nothing that its old host could miss", () => {
    given(sapSystem, [...complete, moved(ascs, host_b)])
      .when(markAbsent(ascs))
      .thenNothing();
    given(sapSystem, [...complete, moved(ascs, host_b)])
      .when(markAbsent({ ...ascs, host_id: host_d }))
      .thenNothing();
  });
});
