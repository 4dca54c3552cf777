/** What is not there is written by Go as a struct whose fields are all empty: the cluster is described as if it were left out. */
import { describe, expect, it } from "vitest";
import { droppedFrom } from "../examples.spec.ts";
import {
  centralServices,
  clone,
  group,
  node,
  primitive,
  registered,
  resource,
  scaleUp,
} from "./examples.spec.ts";
import { haClusterPolicy } from "./index.ts";

const nothing = primitive("", "");
const nothingCloned = { Id: "cln_grp_storage", Primitive: nothing };
const whole = scaleUp();
const { Clones, Masters } = whole.Cib.Configuration.Resources as { Clones?: unknown[]; Masters?: unknown[] };

describe("the cluster is the same", () => {
  it.each([
    ["a group", { Clones: [...(Clones ?? []), nothingCloned] }],
    ["nothing at all", { Clones: [...(Clones ?? []), { Id: "", Primitive: nothing }] }],
    ["a promotable group", { Masters: [...(Masters ?? []), nothingCloned] }],
    [
      "a group of empty primitives",
      {
        Groups: [
          { Id: "grp", Primitives: [nothing] },
          { Id: "", Primitives: null },
        ],
      },
    ],
    ["an empty primitive", { Primitives: [nothing] }],
  ])("with %s that is cloned or empty", (_, configured) => {
    expect(registered(scaleUp({ configured }))).toEqual(registered(whole));
  });

  it("with a clone, a group and a resource of crm_mon that are empty", () => {
    const { Crmmon } = whole;
    const empty = resource("", "", null);
    const payload = {
      ...whole,
      Crmmon: {
        ...Crmmon,
        Nodes: [...Crmmon.Nodes, node("")],
        Resources: [...Crmmon.Resources, empty],
        Clones: [...Crmmon.Clones, clone("", false, [])],
        Groups: [group("", [])],
        NodeHistory: { Nodes: [{ Name: "", ResourceHistory: [] }] },
        NodeAttributes: { Nodes: [...Crmmon.NodeAttributes.Nodes, { Name: "", Attributes: [] }] },
      },
    };
    expect(registered(payload)).toEqual(registered(whole));
    expect(Object.keys(droppedFrom(haClusterPolicy, payload))).toEqual([
      "/Crmmon/Nodes/2/Name",
      "/Crmmon/Resources/1/Id",
      "/Crmmon/NodeHistory/Nodes/0/Name",
      "/Crmmon/NodeAttributes/Nodes/2/Name",
    ]);
  });

  it("with a constraint of nothing", () => {
    const locations = [{ Id: "", Node: "", Resource: "", Role: "", Score: "" }];
    expect(registered(scaleUp({ locations }))).toEqual(registered(whole));
  });
});

it("a resource whose node is empty runs nowhere", () => {
  const still = resource("still", "ocf::heartbeat:Dummy", null, {
    Node: { Id: "", Name: "", Cached: false },
  });
  const { details } = registered(centralServices({ resources: [resource("s", "stonith:x", "one"), still] }));
  expect(details?.resources.find(({ id }) => id === "still")?.node).toBeNull();
});
