/** A cluster that runs central services: per SAP system, what of it runs where. */
import { describe, expect, it } from "vitest";
import {
  centralServices,
  centralServicesOf,
  group,
  node,
  primitive,
  registered,
  resource,
} from "./examples.spec.ts";

type Changes = Readonly<Record<string, unknown>>;
type Parts = Parameters<typeof centralServices>[0];
const INSTANCE = "ocf::heartbeat:SAPInstance";

const systemsOf = (parts: Parts = {}, sids?: readonly string[]) =>
  centralServicesOf(centralServices(parts, sids)).sap_systems;
const nodesOf = (parts: Parts = {}) => systemsOf(parts)[0]?.nodes ?? [];

/** The instances alone, on these nodes. */
const running = (ascs: string | null, ers: string | null, changes: Changes = {}) => [
  group("grp_NWP_ASCS00", [resource("sap_NWP_ASCS00", INSTANCE, ascs, changes)]),
  group("grp_NWP_ERS10", [resource("sap_NWP_ERS10", INSTANCE, ers)]),
];

describe("the systems", () => {
  it("are told by the SIDs of the instances, each once", () => {
    expect(systemsOf().map(({ sid }) => sid)).toEqual(["NWP"]);
    expect(systemsOf({}, ["NWP", "NWD", "NWQ"]).map(({ sid }) => sid)).toEqual(["NWP", "NWD", "NWQ"]);
  });

  it("have details of the whole cluster beside them", () => {
    const { sap_systems: _, resources, ...rest } = centralServicesOf(centralServices());
    expect(rest).toEqual({
      fencing_type: "external/sbd",
      maintenance_mode: false,
      stopped_resources: [],
      sbd_devices: [{ device: "/dev/sda", status: "healthy" }],
    });
    expect(resources.map(({ id }) => id)).toEqual([
      "stonith-sbd",
      "ip_NWP_ASCS00",
      "fs_NWP_ASCS00",
      "sap_NWP_ASCS00",
      "ip_NWP_ERS10",
      "fs_NWP_ERS10",
      "sap_NWP_ERS10",
    ]);
  });
});

describe("a node", () => {
  it("is told with what of the system runs on it", () => {
    const attributes = { one: { runs_ers_NWP: "1" }, two: {} };
    expect(nodesOf({ attributes })).toMatchObject([
      {
        name: "one",
        roles: ["ascs"],
        virtual_ips: ["10.0.0.00"],
        filesystems: ["/usr/sap/NWP/ASCS00"],
        attributes: { runs_ers_NWP: "1" },
        status: "Online",
      },
      {
        name: "two",
        roles: ["ers"],
        virtual_ips: ["10.0.0.10"],
        filesystems: ["/usr/sap/NWP/ERS10"],
        attributes: {},
        status: "Online",
      },
    ]);
  });

  it("has the roles of all instances on it", () => {
    expect(nodesOf({ groups: running("one", "one") }).map(({ roles }) => roles)).toEqual([
      ["ascs", "ers"],
      [],
    ]);
    expect(nodesOf({ groups: running("two", "one") }).map(({ roles }) => roles)).toEqual([["ers"], ["ascs"]]);
    const third = nodesOf({ nodes: ["one", "two", "three"].map((name) => node(name)) })[2];
    expect(third).toMatchObject({
      name: "three",
      roles: [],
      virtual_ips: [],
      filesystems: [],
      resources: [],
    });
  });

  it.each([
    ["true", "ers"],
    ["false", "ascs"],
    ["TRUE", "ascs"],
    ["", "ascs"],
    [null, "ascs"],
  ])("runs, with IS_ERS %j, %s", (value, role) => {
    const isErs = value === null ? {} : { IS_ERS: value };
    const instance = primitive("sap_NWP_ASCS00", "SAPInstance", { InstanceName: "NWP_ASCS00_a", ...isErs });
    const configured = { Groups: [{ Id: "grp_NWP_ASCS00", Primitives: [instance] }] };
    expect(nodesOf({ configured }).map(({ roles }) => roles)).toEqual([[role], []]);
  });

  it.each([
    [{ Online: false }, "Offline"],
    [{ Unclean: true }, "Unclean"],
    [{ Standby: true }, "Standby"],
    [{ Maintenance: true }, "Maintenance"],
    [{ Shutdown: true }, "Shutdown"],
    [{ Pending: true }, "Pending"],
    [{ StandbyOnFail: true }, "Standby on fail"],
  ])("with %j is %s", (changes, status) => {
    expect(nodesOf({ nodes: [node("one", changes)] }).map((each) => each.status)).toEqual([status]);
  });

  it("has the resources of the system that run on it", () => {
    const ids = nodesOf().map(({ resources }) => resources.map(({ id }) => id));
    expect(ids[0]).toEqual(expect.arrayContaining(["ip_NWP_ASCS00", "fs_NWP_ASCS00", "sap_NWP_ASCS00"]));
    expect(ids[1]).toEqual(expect.arrayContaining(["ip_NWP_ERS10", "fs_NWP_ERS10", "sap_NWP_ERS10"]));
    expect(ids[1]).not.toContain("sap_NWP_ASCS00");
  });
});

describe("the addresses of a node", () => {
  const withAddress = (type: string, Provider: string) =>
    nodesOf({
      top: { Provider },
      groups: [
        group("grp_NWP_ASCS00", [
          resource("sap_NWP_ASCS00", INSTANCE, "one"),
          resource("moving", `ocf::heartbeat:${type}`, "one"),
        ]),
        ...running(null, "two").slice(1),
      ],
      configured: {
        Groups: [
          {
            Id: "grp_NWP_ASCS00",
            Primitives: [
              primitive("sap_NWP_ASCS00", "SAPInstance", { InstanceName: "NWP_ASCS00_a" }),
              primitive("moving", type, { ip: "10.0.0.7" }),
            ],
          },
        ],
      },
    }).map(({ virtual_ips }) => virtual_ips);

  it("are of IPaddr2, and with aws of what moves in its network", () => {
    expect(withAddress("IPaddr2", "azure")).toEqual([["10.0.0.7"], []]);
    expect(withAddress("aws-vpc-move-ip", "aws")).toEqual([["10.0.0.7"], []]);
    expect(withAddress("azure-lb", "azure")).toEqual([[], []]);
  });
});

describe("filesystems", () => {
  const filesystems = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      primitive(`fs-${index}`, "Filesystem", { directory: `/${index}` }),
    );
  const based = (...counts: readonly number[]) =>
    systemsOf({
      configured: {
        Groups: counts.map((count, index) => ({
          Id: `g-${index}`,
          Primitives: [
            primitive(`sap-${index}`, "SAPInstance", { InstanceName: `NWP_D0${index}_a` }),
            ...filesystems(count),
          ],
        })),
      },
    })[0]?.filesystem_resource_based;

  it("are resources of the cluster where they are exactly two", () => {
    expect([based(1, 1), based(2, 0), based(0, 2)]).toEqual([true, true, true]);
    expect([based(0, 0), based(1, 0), based(2, 1), based(2, 2)]).toEqual([false, false, false, false]);
  });

  it("are those of the groups of the system alone", () => {
    const Primitives = filesystems(2);
    const Groups = [{ Id: "other", Primitives: filesystems(2) }];
    const { Cib } = centralServices();
    const groups = [...Cib.Configuration.Resources.Groups, ...Groups];
    expect(systemsOf({ configured: { Primitives, Groups: groups } })[0]?.filesystem_resource_based).toBe(
      true,
    );
    expect(systemsOf({}, ["NWP", "NWD"]).map((each) => each.filesystem_resource_based)).toEqual([true, true]);
  });

  it("are none with the simple mount, whose instances are mounted all the same", () => {
    const Groups = ["ASCS00", "ERS10"].map((name) => ({
      Id: `grp_NWP_${name}`,
      Primitives: [
        primitive(`srv_NWP_${name}`, "SAPStartSrv", { InstanceName: `NWP_${name}_host` }),
        primitive(`sap_NWP_${name}`, "SAPInstance", { InstanceName: `NWP_${name}_host` }),
      ],
    }));
    const payload = centralServices({ configured: { Groups } });
    const [system] = centralServicesOf(payload).sap_systems;
    expect(system).toMatchObject({ sid: "NWP", filesystem_resource_based: false, distributed: true });
    expect(system?.nodes.map((each) => each.filesystems)).toEqual([[], []]);
    expect(registered(payload).sap_instances.map(({ mounted }) => mounted)).toEqual([true, true]);
  });
});
