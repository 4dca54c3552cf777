/** What a cluster is for, and by which resource agents: told by the topology, the clones and the groups. */
import { describe, expect, it } from "vitest";
import {
  angi,
  centralServices,
  clone,
  clusterPayload,
  group,
  hanaOf,
  registered,
  resource,
  scaleOut,
  scaleUp,
} from "./examples.spec.ts";

const TOPOLOGY = "ocf::suse:SAPHanaTopology";
const UP = "ocf::suse:SAPHana";
const OUT = "ocf::suse:SAPHanaController";

const instanceGroup = (id: string) =>
  group(`group-${id}`, [resource(id, "ocf::heartbeat:SAPInstance", "one")]);
const instanceGroups = (count: number) =>
  Array.from({ length: count }, (_, index) => instanceGroup(`sap-${index}`));
const cloned = (...agents: string[]) =>
  agents.map((agent, index) => clone(`clone-${index}`, false, [resource(`res-${index}`, agent, "one")]));
const topology = (value: string | null) => (value === null ? {} : { hana_prd_glob_topology: value });

/** Type and architecture, as far as the cluster has details to tell it in. */
function kindOf(clones: readonly unknown[], groups: readonly unknown[], value: string | null) {
  const { type, details } = registered(clusterPayload({ clones, groups, properties: topology(value) }));
  if (details === null) return [type, null];
  return [type, "architecture_type" in details ? details.architecture_type : "central services"];
}

describe("the decision", () => {
  it.each([
    // clones, number of groups of instances, topology → type, architecture
    [[], 0, null, "unknown", null],
    [[], 0, "ScaleUp", "hana_scale_up", "angi"],
    [[], 0, "ScaleOut", "hana_scale_out", "angi"],
    [[], 0, "Sideways", "unknown", null],
    [[TOPOLOGY, UP], 0, null, "hana_scale_up", "classic"],
    [[TOPOLOGY, OUT], 0, null, "hana_scale_out", "classic"],
    [[TOPOLOGY, UP], 0, "ScaleUp", "hana_scale_up", "angi"],
    [[TOPOLOGY, OUT], 0, "ScaleUp", "hana_scale_up", "angi"],
    [[TOPOLOGY, UP], 0, "ScaleOut", "hana_scale_out", "angi"],
    [[TOPOLOGY, OUT], 0, "ScaleOut", "hana_scale_out", "angi"],
    [[TOPOLOGY, OUT], 0, "Sideways", "hana_scale_out", "classic"],
    [[], 2, null, "ascs_ers", "central services"],
    [[], 2, "ScaleUp", "ascs_ers", "central services"],
    [[], 2, "ScaleOut", "ascs_ers", "central services"],
    [[TOPOLOGY, UP], 2, null, "hana_ascs_ers", null],
    [[TOPOLOGY, OUT], 2, null, "hana_ascs_ers", null],
    [[TOPOLOGY, OUT], 2, "ScaleUp", "hana_ascs_ers", null],
    [[TOPOLOGY, UP], 1, null, "hana_scale_up", "classic"],
    [[TOPOLOGY, OUT], 3, "ScaleOut", "hana_scale_out", "angi"],
  ])("clones %j, %d groups, topology %j: %s, %s", (agents, groups, value, type, architecture) => {
    expect(kindOf(cloned(...agents), instanceGroups(groups), value)).toEqual([type, architecture]);
  });
});

describe("a database set up by hand", () => {
  it.each([
    [[TOPOLOGY]],
    [[UP]],
    [[OUT]],
    [[UP, OUT]],
    [["ocf::heartbeat:Dummy"]],
    [["SAPHanaTopology", "SAPHana"]],
  ])("is none with clones %j", (agents) => {
    expect(kindOf(cloned(...agents), [], null)).toEqual(["unknown", null]);
  });

  it("is scale-up where both kinds of agent run", () => {
    expect(kindOf(cloned(TOPOLOGY, OUT, UP), [], null)).toEqual(["hana_scale_up", "classic"]);
  });

  it("is told by clones alone, not by what runs outside of them", () => {
    const resources = [resource("a", TOPOLOGY, "one"), resource("b", UP, "one")];
    expect(registered(clusterPayload({ resources })).type).toBe("unknown");
    expect(registered(clusterPayload({ groups: [group("group", resources)] })).type).toBe("unknown");
  });
});

describe("central services", () => {
  it.each([
    [0, "unknown"],
    [1, "unknown"],
    [2, "ascs_ers"],
    [3, "unknown"],
    [4, "ascs_ers"],
    [5, "unknown"],
    [6, "ascs_ers"],
  ])("with %d groups: %s", (count, type) => {
    expect(kindOf([], instanceGroups(count), null)[0]).toBe(type);
  });

  it("count groups, however many instances are in one", () => {
    const instances = ["a", "b"].map((id) => resource(id, "ocf::heartbeat:SAPInstance", "one"));
    expect(kindOf([], [group("both", instances)], null)[0]).toBe("unknown");
    expect(kindOf([], [group("both", instances), instanceGroup("c")], null)[0]).toBe("ascs_ers");
  });

  it("are no groups of instances of databases, nor of other resources", () => {
    const database = instanceGroup("rsc_SAP_QAS_HDB20");
    const address = group("ip", [resource("ip", "ocf::heartbeat:IPaddr2", "one")]);
    expect(kindOf([], [instanceGroup("a"), database], null)[0]).toBe("unknown");
    expect(kindOf([], [instanceGroup("a"), address], null)[0]).toBe("unknown");
    expect(kindOf([], [instanceGroup("a"), instanceGroup("b"), database, address], null)[0]).toBe("ascs_ers");
  });

  it("are a group when one of its instances is none of a database", () => {
    const mixed = group("mixed", [
      resource("rsc_HDB20", "ocf::heartbeat:SAPInstance", "one"),
      resource("rsc_ASCS00", "ocf::heartbeat:SAPInstance", "one"),
    ]);
    expect(kindOf([], [mixed, instanceGroup("a")], null)[0]).toBe("ascs_ers");
  });
});

describe("the topology", () => {
  it("is the first property whose name ends so", () => {
    const of = (properties: Record<string, string>) => registered(clusterPayload({ properties })).type;
    expect(of({ a_glob_topology: "ScaleOut", b_glob_topology: "ScaleUp" })).toBe("hana_scale_out");
    expect(of({ a_glob_topology: "ScaleUp", b_glob_topology: "ScaleOut" })).toBe("hana_scale_up");
    expect(of({ a_glob_topology: "Sideways", b_glob_topology: "ScaleOut" })).toBe("unknown");
    expect(of({ a_glob_topology_2: "ScaleUp" })).toBe("unknown");
  });
});

describe("the examples", () => {
  it("are what they are called", () => {
    expect(registered(scaleUp()).type).toBe("hana_scale_up");
    expect(registered(scaleOut()).type).toBe("hana_scale_out");
    expect(registered(angi("ScaleUp")).type).toBe("hana_scale_up");
    expect(registered(angi("ScaleOut")).type).toBe("hana_scale_out");
    expect(registered(centralServices()).type).toBe("ascs_ers");
    const architectures = [scaleUp(), scaleOut(), angi("ScaleUp")].map(
      (one) => hanaOf(one).architecture_type,
    );
    expect(architectures).toEqual(["classic", "classic", "angi"]);
  });

  it("have details whoever tells of them", () => {
    const { designated_controller, details } = registered(scaleUp({ top: { DC: false } }));
    expect(designated_controller).toBe(false);
    expect(details).not.toBeNull();
  });
});
