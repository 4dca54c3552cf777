/** The resources of a cluster: where they run, what they are part of, how often they failed, which stand still. */
import { describe, expect, it } from "vitest";
import {
  centralServices,
  centralServicesOf,
  clone,
  group,
  hanaOf,
  hanaPrimitive,
  primitive,
  resource,
  scaleOut,
  scaleUp,
  topologyPrimitive,
} from "./examples.spec.ts";

type Changes = Readonly<Record<string, unknown>>;
const DUMMY = "ocf::heartbeat:Dummy";
const stonith = resource("stonith", "stonith:external/sbd", "one");

const named = (payload: unknown, id: string) => hanaOf(payload).resources.filter((one) => one.id === id);
/** The one resource, at the top, with these values. */
const single = (changes: Changes, history: readonly unknown[] = []) =>
  named(scaleUp({ resources: [stonith, resource("x", DUMMY, "one", changes)], history }), "x")[0];

describe("a resource", () => {
  it("is told in whole", () => {
    expect(named(scaleUp(), "stonith-sbd")).toEqual([
      {
        id: "stonith-sbd",
        type: "stonith:external/sbd",
        role: "Started",
        status: "Active",
        fail_count: 0,
        managed: true,
        node: "one",
        sid: null,
        parent: null,
      },
    ]);
  });

  it("stands still on no node", () => {
    const payload = scaleUp({ resources: [stonith, resource("still", DUMMY, null)] });
    expect(named(payload, "still")).toMatchObject([
      { role: "Stopped", status: null, node: null, parent: null },
    ]);
  });

  it("may be unmanaged", () => {
    expect(single({ Managed: false })?.managed).toBe(false);
  });

  it("comes in the order: alone, of clones, of groups", () => {
    const ids = hanaOf(scaleUp({ groups: [group("g", [resource("grouped", DUMMY, "one")])] })).resources;
    expect(ids.map(({ id }) => id)).toEqual([
      "stonith-sbd",
      "topology",
      "topology",
      "hana",
      "hana",
      "grouped",
    ]);
  });

  it("is told with its node too", () => {
    for (const details of [hanaOf(scaleUp()), hanaOf(scaleOut())]) {
      expect(details.nodes).toHaveLength(2);
      for (const { name, resources } of details.nodes) {
        expect(resources).toEqual(details.resources.filter((one) => one.node === name));
      }
      expect(details.nodes.map(({ resources }) => resources.length)).toEqual([3, 2]);
    }
  });
});

describe("the status of a resource", () => {
  const states = [
    ["Active", "Active"],
    ["Blocked", "Blocked"],
    ["Failed", "Failed"],
    ["FailureIgnored", "FailureIgnored"],
    ["Orphaned", "Orphaned"],
    ["Removed", "Orphaned"],
  ] as const;

  it("is the first that holds, in all combinations", () => {
    for (let bits = 0; bits < 2 ** states.length; bits += 1) {
      const holds = states.map(([key], index) => [key, (bits & (2 ** index)) !== 0] as const);
      const first = states.find((_, index) => holds[index]?.[1]);
      expect(single(Object.fromEntries(holds))?.status).toBe(first?.[1] ?? null);
    }
  });
});

describe("the parent of a resource", () => {
  const inside = [resource("x", DUMMY, "one")];
  const parentIn = (parts: Changes) => named(scaleUp({ ...parts }), "x").map(({ parent }) => parent);

  it("is nothing at the top", () => {
    expect(single({})?.parent).toBeNull();
  });

  it("is the clone", () => {
    const parents = hanaOf(scaleUp()).resources.map(({ parent }) => parent);
    expect(parents).toContainEqual({ id: "clone-topology", managed: true, multi_state: false });
    expect(parents).toContainEqual({ id: "clone-hana", managed: true, multi_state: true });
  });

  it("is the group, which knows no states", () => {
    expect(parentIn({ groups: [group("g", inside)] })).toEqual([
      { id: "g", managed: true, multi_state: null },
    ]);
    expect(parentIn({ groups: [{ ...group("g", inside), Managed: false }] })).toEqual([
      { id: "g", managed: false, multi_state: null },
    ]);
  });

  it("is a managed group, when agents do not tell", () => {
    expect(parentIn({ groups: [{ Id: "g", Resources: inside }] })).toEqual([
      { id: "g", managed: true, multi_state: null },
    ]);
  });
});

describe("how often a resource failed", () => {
  const history = (Name: string, ...counts: readonly (readonly [string, unknown])[]) => ({
    Name,
    ResourceHistory: counts.map(([name, FailCount]) => ({ Name: name, FailCount, MigrationThreshold: 5000 })),
  });

  it("is told by the history of its node", () => {
    const told = [history("two", ["x", 5]), history("one", ["other", 7], ["x", 3])];
    expect(single({}, told)?.fail_count).toBe(3);
    expect(single({}, [history("one", ["x", 1_000_000])])?.fail_count).toBe(1_000_000);
    expect(single({}, [history("one", ["x", 0])])?.fail_count).toBe(0);
  });

  it("is 0 where the history is empty", () => {
    expect(single({}, [history("one")])?.fail_count).toBe(0);
    expect(single({}, [{ Name: "one", ResourceHistory: null }])?.fail_count).toBe(0);
  });

  it("is not told of one that runs on no node", () => {
    const still = { Node: null, Active: false, NodesRunningOn: 0 };
    expect(single(still, [history("one", ["x", 3])])?.fail_count).toBeNull();
    expect(single(still)?.fail_count).toBeNull();
    expect(single({})?.fail_count).toBe(0);
  });

  it("is not told where the history does not name it", () => {
    expect(single({}, [history("one", ["other", 7])])?.fail_count).toBeNull();
    expect(single({}, [history("one", ["other", 7]), history("two", ["x", 5])])?.fail_count).toBeNull();
  });

  it("is told of each node's own", () => {
    const told = [history("one", ["hana", 1]), history("two", ["hana", 2])];
    expect(named(scaleUp({ history: told }), "hana").map(({ fail_count }) => fail_count)).toEqual([1, 2]);
  });
});

describe("the SID of a resource", () => {
  const sidOf = (configured: unknown) =>
    named(
      scaleUp({
        resources: [stonith, resource("x", DUMMY, "one")],
        configured: { Primitives: [configured] },
      }),
      "x",
    ).map(({ sid }) => sid);
  const values = { SID: "PRD", InstanceName: "NWP_ASCS00_sapnwpas" };

  it.each(["SAPHana", "SAPHanaTopology", "SAPHanaController"])("of %s is its own", (type) => {
    expect(sidOf(primitive("x", type, values))).toEqual(["PRD"]);
  });

  it("of SAPInstance is what its name begins with", () => {
    expect(sidOf(primitive("x", "SAPInstance", values))).toEqual(["NWP"]);
  });

  it.each(["SAPDatabase", "Filesystem", "IPaddr2", "SAPStartSrv", "Dummy"])("of %s is none", (type) => {
    expect(sidOf(primitive("x", type, values))).toEqual([null]);
  });

  it("is none where nothing tells", () => {
    expect(sidOf(primitive("x", "SAPHana"))).toEqual([null]);
    expect(sidOf(primitive("x", "SAPInstance"))).toEqual([null]);
    expect(sidOf(primitive("other", "SAPHana", values))).toEqual([null]);
  });

  it("is told in clones and groups", () => {
    expect(hanaOf(scaleUp()).resources.map(({ sid }) => sid)).toEqual([null, "PRD", "PRD", "PRD", "PRD"]);
    const swapped = { Clones: [], Masters: [], Primitives: [topologyPrimitive, hanaPrimitive] };
    expect(named(scaleUp({ configured: swapped }), "hana").map(({ sid }) => sid)).toEqual(["PRD", "PRD"]);
    const sids = centralServicesOf(centralServices()).resources.map(({ id, sid }) => [id, sid]);
    expect(sids).toContainEqual(["sap_NWP_ASCS00", "NWP"]);
    expect(sids).toContainEqual(["ip_NWP_ASCS00", null]);
  });
});

describe("stopped resources", () => {
  const stopped = (parts: Changes) => hanaOf(scaleUp({ ...parts })).stopped_resources;
  const still = (id: string, changes: Changes = {}) => resource(id, DUMMY, null, changes);

  it("run on no node and are not active", () => {
    expect(stopped({})).toEqual([]);
    expect(stopped({ resources: [stonith, still("x")] })).toEqual([
      { id: "x", type: DUMMY, role: "Stopped" },
    ]);
    expect(stopped({ resources: [stonith, still("x", { Active: true })] })).toEqual([]);
    expect(stopped({ resources: [stonith, still("x", { NodesRunningOn: 1 })] })).toEqual([]);
    expect(stopped({ resources: [stonith, resource("x", DUMMY, "one", { Active: false })] })).toEqual([]);
  });

  it("may be of groups and of clones", () => {
    const groups = [group("g", [still("grouped")])];
    expect(stopped({ groups }).map(({ id }) => id)).toEqual(["grouped"]);
    const clones = [clone("c", false, [still("cloned"), still("cloned")])];
    const details = centralServicesOf(centralServices({ clones }));
    expect(details.stopped_resources.map(({ id }) => id)).toEqual(["cloned", "cloned"]);
  });
});
