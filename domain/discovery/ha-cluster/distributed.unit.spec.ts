/** Whether the two central services of a system run each on a node of its own. */
import { describe, expect, it } from "vitest";
import { centralServices, centralServicesOf, group, node, resource } from "./examples.spec.ts";

type Changes = Readonly<Record<string, unknown>>;
type Parts = Parameters<typeof centralServices>[0];
const INSTANCE = "ocf::heartbeat:SAPInstance";

/** The instances alone, on these nodes. */
const running = (ascs: string | null, ers: string | null, changes: Changes = {}) => [
  group("grp_NWP_ASCS00", [resource("sap_NWP_ASCS00", INSTANCE, ascs, changes)]),
  group("grp_NWP_ERS10", [resource("sap_NWP_ERS10", INSTANCE, ers)]),
];

describe("a system is distributed", () => {
  const distributed = (parts: Parts) =>
    centralServicesOf(centralServices(parts)).sap_systems.map((system) => system.distributed);

  it("while its instances run on two nodes that are well", () => {
    expect(distributed({})).toEqual([true]);
    expect(distributed({ groups: running("two", "one") })).toEqual([true]);
  });

  it.each([
    ["both run on one", "one", "one", {}],
    ["one stands still", "one", null, {}],
    ["both stand still", null, null, {}],
    ["one is being started", "one", "two", { Role: "Starting" }],
    ["one is stopped", "one", "two", { Role: "Stopped" }],
    ["one failed", "one", "two", { Failed: true }],
    ["one runs on no known node", "one", "elsewhere", {}],
  ])("not while %s", (_, ascs, ers, changes) => {
    expect(distributed({ groups: running(ascs, ers, changes) })).toEqual([false]);
  });

  it.each([
    ["offline", { Online: false }],
    ["unclean", { Unclean: true }],
  ])("not while a node is %s", (_, changes) => {
    expect(distributed({ nodes: [node("one", changes), node("two")] })).toEqual([false]);
    expect(distributed({ nodes: [node("one"), node("two", changes)] })).toEqual([false]);
  });

  it.each([["Standby"], ["Maintenance"], ["Pending"], ["Shutdown"], ["StandbyOnFail"]])(
    "even while a node is in %s",
    (state) => {
      expect(distributed({ nodes: [node("one", { [state]: true }), node("two")] })).toEqual([true]);
    },
  );

  it("not by a resource of another agent", () => {
    const changed = running("one", "two", { Agent: "ocf::suse:SAPInstance" });
    const third = group("grp_NWP_D02", [resource("sap_NWP_D02", INSTANCE, null)]);
    expect(distributed({ groups: [...changed, third] })).toEqual([false]);
  });

  // Two nodes that are well run it: that a third one, which is not well, is said to run it too changes nothing.
  it("whatever is said of nodes that are not well", () => {
    const [ascs, ers] = running("one", "two");
    const ghost = {
      ...ascs,
      Resources: [...(ascs?.Resources ?? []), resource("sap_NWP_ASCS00", INSTANCE, "three")],
    };
    const nodes = [node("one"), node("two"), node("three", { Online: false })];
    expect(distributed({ nodes, groups: [ghost, ers] })).toEqual([true]);
  });

  it("each for itself", () => {
    const groups = ["NWP", "NWD"].flatMap((sid) => [
      group(`grp_${sid}_ASCS00`, [resource(`sap_${sid}_ASCS00`, INSTANCE, "one")]),
      group(`grp_${sid}_ERS10`, [resource(`sap_${sid}_ERS10`, INSTANCE, sid === "NWP" ? "two" : "one")]),
    ]);
    const told = centralServicesOf(centralServices({ groups }, ["NWP", "NWD"])).sap_systems;
    expect(told.map((system) => [system.sid, system.distributed])).toEqual([
      ["NWP", true],
      ["NWD", false],
    ]);
    expect(told.map(({ nodes }) => nodes.map(({ roles }) => roles))).toEqual([
      [["ascs"], ["ers"]],
      [["ascs", "ers"], []],
    ]);
  });
});
