/** Which enqueue server a system runs: rule 7. */
import { describe, expect, it } from "vitest";
import { given } from "../given-when-then.ts";
import {
  ascs,
  complete,
  ensaUpdated,
  ers,
  incomplete,
  instanceRegistered,
  pas,
  register,
  systemRegistered,
  withoutDatabase,
} from "./examples.spec.ts";
import { sapSystem } from "./index.ts";
import type { EnsaVersion } from "./state.ts";

const systemOf = (ensa_version: EnsaVersion) => [
  instanceRegistered(ascs),
  instanceRegistered(pas),
  systemRegistered({ ensa_version }),
];

describe("rule 7: the enqueue server", () => {
  it.each<readonly [EnsaVersion, EnsaVersion]>([
    ["no_ensa", "ensa1"],
    ["no_ensa", "ensa2"],
    ["ensa1", "ensa2"],
    ["ensa2", "ensa1"],
  ])("was %s and is %s: that is told", (before, ensa_version) => {
    const { state } = given(sapSystem, systemOf(before))
      .when(register({ ...ascs, ensa_version }))
      .then([ensaUpdated(ensa_version)]);
    expect(state.ensa_version).toBe(ensa_version);
  });

  it.each<EnsaVersion>(["no_ensa", "ensa1", "ensa2"])("is %s still: nothing", (ensa_version) => {
    given(sapSystem, systemOf(ensa_version))
      .when(register({ ...ascs, ensa_version }))
      .thenNothing();
  });

  it.each<EnsaVersion>(["ensa1", "ensa2"])("stays %s when an instance has none", (ensa_version) => {
    const { state } = given(sapSystem, systemOf(ensa_version)).when(register(pas)).thenNothing();
    expect(state.ensa_version).toBe(ensa_version);
  });

  it("is told by an instance that is new as well", () => {
    given(sapSystem, complete)
      .when(register({ ...ers, ensa_version: "ensa2" }))
      .then([instanceRegistered(ers), ensaUpdated("ensa2")]);
  });

  it("is not told while there is no system", () => {
    const { state } = given(sapSystem, incomplete)
      .when(register({ ...ascs, ensa_version: "ensa2" }))
      .thenNothing();
    expect(state.ensa_version).toBe("no_ensa");
  });

  it("is that of the instance which completes the system, until another tells", () => {
    const { state } = given(sapSystem)
      .when(register({ ...ascs, ensa_version: "ensa2" }))
      .then([instanceRegistered(ascs)]);
    expect(state.ensa_version).toBe("no_ensa");
    given(sapSystem, incomplete)
      .when(register(pas))
      .then([instanceRegistered(pas), systemRegistered()]);
    given(sapSystem, complete)
      .when(register({ ...ascs, ensa_version: "ensa2" }))
      .then([ensaUpdated("ensa2")]);
  });

  it("is told once the system is restored, not by the restoration (rule 12)", () => {
    const command = register({ ...ascs, ensa_version: "ensa2" });
    const { state, decision } = given(sapSystem, withoutDatabase).when(command);
    expect(decision).toMatchObject({ ok: true, events: [{ type: "SapSystemRestored" }] });
    expect(sapSystem.decide(command, state)).toStrictEqual({ ok: true, events: [ensaUpdated("ensa2")] });
  });
});
