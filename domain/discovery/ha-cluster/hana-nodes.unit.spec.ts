/** The nodes of a database: their status, roles, address, and which of them only decides majorities. */
import { describe, expect, it } from "vitest";
import { angi, hanaOf, node, primitive, resource, scaleOut, scaleUp } from "./examples.spec.ts";

type Values = Readonly<Record<string, string>>;

/** In the order in which they count. */
const states = [
  ["Unclean", "Unclean"],
  ["Standby", "Standby"],
  ["Maintenance", "Maintenance"],
  ["Shutdown", "Shutdown"],
  ["Pending", "Pending"],
  ["StandbyOnFail", "Standby on fail"],
] as const;

describe("the status of a node", () => {
  const statusOf = (changes: Readonly<Record<string, unknown>>) =>
    hanaOf(scaleUp({ nodes: [node("one", changes)] })).nodes[0]?.status;

  it("is the first that holds, in all combinations", () => {
    for (let bits = 0; bits < 2 ** states.length; bits += 1) {
      const holds = states.map(([key], index) => [key, (bits & (2 ** index)) !== 0] as const);
      const first = states.find((_, index) => holds[index]?.[1]);
      expect(statusOf({ Online: true, ...Object.fromEntries(holds) })).toBe(first?.[1] ?? "Online");
      expect(statusOf({ Online: false, ...Object.fromEntries(holds) })).toBe("Offline");
      expect(statusOf({ Online: null, ...Object.fromEntries(holds) })).toBe("Offline");
    }
  });
});

describe("the roles of a node", () => {
  const rolesOf = (payload: unknown) => {
    const [first] = hanaOf(payload).nodes;
    return [first?.nameserver_actual_role, first?.indexserver_actual_role];
  };
  const told = (hana_prd_roles: string) => ({ attributes: { one: { hana_prd_roles } } });

  it("are the fourth and the sixth of six in classic scale-up", () => {
    expect(rolesOf(scaleUp(told("4:P:m1:name:worker:index")))).toEqual(["name", "index"]);
    expect(rolesOf(scaleUp(told("1:S:::worker:")))).toEqual([null, null]);
  });

  it("are the second and the fourth of four otherwise", () => {
    expect(rolesOf(scaleOut(told("m1:name:worker:index")))).toEqual(["name", "index"]);
    expect(rolesOf(angi("ScaleUp", told("m1:name:worker:index")))).toEqual(["name", "index"]);
    expect(rolesOf(angi("ScaleOut", told("m1:name:worker:index")))).toEqual(["name", "index"]);
  });

  it.each(["", "a", "a:b:c", "a:b:c:d:e", "a:b:c:d:e:f:g"])("are nothing for %j", (roles) => {
    for (const payload of [scaleUp(told(roles)), scaleOut(told(roles)), angi("ScaleUp", told(roles))]) {
      expect(rolesOf(payload)).toEqual([null, null]);
    }
  });

  it("are nothing for four parts in classic scale-up", () => {
    expect(rolesOf(scaleUp(told("m1:name:worker:index")))).toEqual([null, null]);
  });
  it("are nothing for six parts in classic scale-out", () => {
    expect(rolesOf(scaleOut(told("4:P:m1:name:worker:index")))).toEqual([null, null]);
  });
  it("are nothing for six parts with SAPHanaSR-angi", () => {
    expect(rolesOf(angi("ScaleUp", told("4:P:m1:name:worker:index")))).toEqual([null, null]);
  });
});

describe("the attributes of a node", () => {
  it("are by name, those of the node alone", () => {
    const attributes = { one: { hana_prd_site: "NBG", other: "" }, two: { third: "3" } };
    const { nodes } = hanaOf(scaleOut({ attributes }));
    expect(nodes.map((each) => [each.name, each.site, each.attributes])).toEqual([
      ["one", "NBG", { hana_prd_site: "NBG", other: "" }],
      ["two", null, { third: "3" }],
    ]);
  });

  it("hold names like those of Object as any other", () => {
    const attributes = { one: { constructor: "a", toString: "b", hasOwnProperty: "c" } };
    expect(hanaOf(scaleUp({ attributes })).nodes[0]?.attributes).toEqual(attributes.one);
  });

  const noise = { lpa_prd_lpt: "1643125019", lpa_qas_lpt: "10", lpa_PRD_lpt: "20", hana_prd_site: "NBG" };
  const { lpa_prd_lpt: _, ...rest } = noise;
  const left = (payload: unknown) => hanaOf(payload).nodes[0]?.attributes;

  it("of scale-up are without the time at which the database was last seen", () => {
    expect(left(scaleUp({ attributes: { one: noise } }))).toEqual(rest);
    expect(left(angi("ScaleUp", { attributes: { one: noise } }))).toEqual(rest);
  });

  it("of scale-out are all", () => {
    expect(left(scaleOut({ attributes: { one: noise } }))).toEqual(noise);
    expect(left(angi("ScaleOut", { attributes: { one: noise } }))).toEqual(noise);
  });
});

describe("the virtual address of a node", () => {
  const ip = (id: string, type: string, values: Values) => primitive(id, type, values);
  const addresses = (Provider: string, primitives: readonly unknown[], resources: readonly unknown[]) =>
    hanaOf(
      scaleUp({
        resources: [resource("s", "stonith:x", "one"), ...resources],
        top: { Provider },
        configured: { Primitives: primitives },
      }),
    ).nodes.map((each) => each.virtual_ip);
  const address = ip("ip", "IPaddr2", { ip: "10.0.0.1", cidr_netmask: "24" });
  const moving = ip("move", "aws-vpc-move-ip", { ip: "10.0.0.2" });
  const both = [
    resource("ip", "ocf::heartbeat:IPaddr2", "one"),
    resource("move", "ocf::suse:aws-vpc-move-ip", "two"),
  ];

  it.each(["azure", "gcp", "kvm", "nutanix", "vmware", "unknown"])(
    "with %s is that of IPaddr2",
    (provider) => {
      expect(addresses(provider, [address, moving], both)).toEqual(["10.0.0.1", null]);
    },
  );

  it("with aws is that which moves in its network", () => {
    expect(addresses("aws", [address, moving], both)).toEqual([null, "10.0.0.2"]);
  });

  it("is none where nothing tells", () => {
    const running = [resource("ip", "ocf::heartbeat:IPaddr2", "one")];
    expect(addresses("azure", [], running)).toEqual([null, null]);
    expect(addresses("azure", [ip("ip", "IPaddr2", { cidr_netmask: "24" })], running)).toEqual([null, null]);
    expect(addresses("azure", [ip("ip", "IPaddr2", { ip: "" })], running)).toEqual([null, null]);
    expect(addresses("azure", [address], [])).toEqual([null, null]);
    expect(addresses("azure", [address], [resource("ip", "ocf::heartbeat:IPaddr2", null)])).toEqual([
      null,
      null,
    ]);
    expect(addresses("azure", [address], [resource("ip", "ocf::heartbeat:IPaddr", "one")])).toEqual([
      null,
      null,
    ]);
  });

  const second = ip("ip2", "IPaddr2", { ip: "10.0.0.9" });
  const twoRunning = ["ip", "ip2"].map((id) => resource(id, "ocf::heartbeat:IPaddr2", "one"));

  it("is that of the first resource", () => {
    expect(addresses("azure", [second, address], twoRunning)).toEqual(["10.0.0.1", null]);
  });

  // "first resource … that primitive's `ip` attribute, else null": the second is not looked at.
  it("is none where the first resource has none", () => {
    expect(addresses("azure", [ip("ip", "IPaddr2", {}), second], twoRunning)).toEqual([null, null]);
  });
});

describe("a majority maker", () => {
  const banned = (Resource: string, changes: Readonly<Record<string, unknown>> = {}) => ({
    Id: `not-${Resource}`,
    Node: "one",
    Resource,
    Role: "",
    Score: "-INFINITY",
    ...changes,
  });
  const makers = (locations: readonly unknown[], configured: Readonly<Record<string, unknown>> = {}) =>
    hanaOf(scaleOut({ locations, configured })).nodes.map((each) => each.is_majority_maker);
  const all = [banned("clone-topology"), banned("clone-hana")];

  it("may run nothing of the database", () => {
    expect(makers(all)).toEqual([true, false]);
    expect(makers(all.map((each) => ({ ...each, Node: "two" })))).toEqual([false, true]);
    expect(makers([...all, ...all.map((each) => ({ ...each, Node: "two" }))])).toEqual([true, true]);
  });

  it("is none that may run some of it", () => {
    expect(makers([])).toEqual([false, false]);
    expect(makers([banned("clone-topology")])).toEqual([false, false]);
    expect(makers([banned("clone-topology"), banned("clone-hana", { Node: "two" })])).toEqual([false, false]);
    expect(makers([banned("clone-topology"), banned("hana")])).toEqual([false, false]);
  });

  it.each(["-1000", "INFINITY", "0", "", null])("is none with the score %j", (Score) => {
    expect(makers([banned("clone-topology"), banned("clone-hana", { Score })])).toEqual([false, false]);
  });

  it("may run what is not of the database", () => {
    const Clones = [{ Id: "clone-fs", Primitive: primitive("fs", "Filesystem") }];
    expect(makers([banned("clone-hana")], { Clones })).toEqual([true, false]);
    expect(makers([banned("clone-fs")], { Clones })).toEqual([false, false]);
  });

  it("is none where no clone is of the database", () => {
    expect(makers([banned("clone-fs")], { Clones: [], Masters: [] })).toEqual([false, false]);
  });

  it.each(["SAPHana", "SAPHanaTopology", "SAPHanaController"])("is told by clones of %s", (type) => {
    const Clones = [{ Id: "only", Primitive: primitive("hana", type) }];
    expect(makers([banned("only")], { Clones, Masters: [] })).toEqual([true, false]);
    expect(makers([banned("only")], { Clones: [], Masters: Clones })).toEqual([true, false]);
  });
});

describe("the values of attributes", () => {
  const tellOf = (value: string) =>
    hanaOf(scaleUp({ attributes: { one: { told: value } } })).nodes[0]?.attributes;

  it("may be whole lists, and are left out where they are longer than any", () => {
    expect(tellOf("x".repeat(20_000))).toEqual({ told: "x".repeat(20_000) });
    expect(tellOf("x".repeat(20_001))).toEqual({ told: "" });
  });
});
