/** The SAP instances that the resources of a cluster name, and what the cluster mounts for them. */
import { describe, expect, it } from "vitest";
import {
  angi,
  centralServices,
  clusterPayload,
  hanaOf,
  primitive,
  registered,
  scaleOut,
  scaleUp,
  topologyPrimitive,
} from "./examples.spec.ts";

const sapInstances = (configured: Record<string, unknown>) =>
  registered(clusterPayload({ configured })).sap_instances;
const inGroup = (...primitives: readonly unknown[]) =>
  sapInstances({ Groups: [{ Id: "group", Primitives: primitives }] });

const topology = (id: string, SID: string, InstanceNumber: string) =>
  primitive(id, "SAPHanaTopology", { SID, InstanceNumber });
const sapInstance = (InstanceName: string) => primitive("sap", "SAPInstance", { InstanceName });
const filesystem = (directory: string) => primitive("fs", "Filesystem", { directory });
const startService = (InstanceName: string) => primitive("srv", "SAPStartSrv", { InstanceName });

describe("a topology of HANA", () => {
  it("is an instance of the database", () => {
    expect(registered(scaleUp()).sap_instances).toEqual([
      {
        name: "HDB00",
        sid: "PRD",
        instance_number: "00",
        hostname: null,
        resource_id: "topology",
        resource_type: "sap_hana_topology",
        mounted: false,
      },
    ]);
  });

  it("is each of them one, in any architecture", () => {
    const two = {
      Clones: [topology("a", "HN9", "09"), topology("b", "QAS", "20")].map((Primitive) => ({
        Id: "c",
        Primitive,
      })),
    };
    const expected = [
      { name: "HDB09", sid: "HN9", instance_number: "09", resource_id: "a" },
      { name: "HDB20", sid: "QAS", instance_number: "20", resource_id: "b" },
    ];
    expect(registered(scaleOut({ configured: two })).sap_instances).toMatchObject(expected);
    expect(registered(angi("ScaleUp", { configured: two })).sap_instances).toMatchObject(expected);
  });
});

describe("a cluster that runs a database and an application beside it", () => {
  it("names the database first, whatever comes first among the resources", () => {
    const configured = {
      Primitives: [sapInstance("QAS_HDB20_node02")],
      Clones: [{ Id: "c", Primitive: topology("topology", "HDC", "10") }],
      Groups: [{ Id: "group", Primitives: [sapInstance("NWP_ASCS00_sapnwpas")] }],
    };
    expect(sapInstances(configured).map(({ sid }) => sid)).toEqual(["HDC", "QAS", "NWP"]);
  });
});

describe("an SAPInstance", () => {
  it("is named by SID, name and host", () => {
    expect(inGroup(sapInstance("NWP_ASCS00_sapnwpas"))).toEqual([
      {
        name: "ASCS00",
        sid: "NWP",
        instance_number: "00",
        hostname: "sapnwpas",
        resource_id: "sap",
        resource_type: "sap_instance",
        mounted: false,
      },
    ]);
  });

  it.each([
    ["NWP_ERS10_sapnwper", "ERS10", "10"],
    ["HA1_D02_host-1", "D02", "02"],
    ["QAS_HDB20_node02", "HDB20", "20"],
    ["JAV_J99_java", "J99", "99"],
  ])("%s is %s with number %s: the last two characters", (name, expected, instance_number) => {
    expect(inGroup(sapInstance(name))).toMatchObject([{ name: expected, instance_number }]);
  });

  it("without a name is none", () => {
    expect(inGroup(primitive("sap", "SAPInstance", { IS_ERS: "true" }))).toEqual([]);
  });
});

describe("the places of a primitive", () => {
  it.each([
    ["the top", { Primitives: [topologyPrimitive] }],
    ["a clone", { Clones: [{ Id: "clone", Primitive: topologyPrimitive }] }],
    ["a master", { Masters: [{ Id: "master", Primitive: topologyPrimitive }] }],
    ["a group", { Groups: [{ Id: "group", Primitives: [topologyPrimitive] }] }],
  ])("include %s", (_, configured) => {
    expect(sapInstances(configured)).toMatchObject([{ sid: "PRD", resource_id: "topology" }]);
  });

  it("name nothing by primitives of other types", () => {
    const values = { SID: "PRD", InstanceNumber: "00", InstanceName: "PRD_HDB00_host" };
    for (const type of [
      "SAPHana",
      "SAPHanaController",
      "SAPDatabase",
      "Filesystem",
      "SAPStartSrv",
      "IPaddr2",
    ]) {
      expect(inGroup(primitive("other", type, values))).toEqual([]);
    }
  });
});

describe("an instance is mounted", () => {
  const mounted = (...others: readonly unknown[]) =>
    inGroup(sapInstance("NWP_ASCS00_sapnwpas"), ...others).map((instance) => instance.mounted);

  it("where the cluster mounts its directory", () => {
    expect(mounted(filesystem("/usr/sap/NWP/ASCS00"))).toEqual([true]);
  });

  it("where the cluster starts its service: the simple mount", () => {
    expect(mounted(startService("NWP_ASCS00_sapnwpas"))).toEqual([true]);
  });

  it.each([
    "/usr/sap/NWP",
    "/usr/sap/NWP/ASCS00/",
    "/usr/sap/NWP/ASCS01",
    "/usr/sap/NWD/ASCS00",
    "/USR/SAP/NWP/ASCS00",
    "",
  ])("but not for the directory %j", (directory) => {
    expect(mounted(filesystem(directory))).toEqual([false]);
  });

  it.each(["NWP_ASCS00", "NWP_ASCS00_other", "NWD_ASCS00_sapnwpas", ""])(
    "but not for the service of %j",
    (name) => {
      expect(mounted(startService(name))).toEqual([false]);
    },
  );

  it("but not by a mere attribute of the name", () => {
    expect(mounted(primitive("fs", "Filesystem", { device: "/usr/sap/NWP/ASCS00" }))).toEqual([false]);
    expect(mounted(primitive("other", "Dummy", { directory: "/usr/sap/NWP/ASCS00" }))).toEqual([false]);
  });

  it("wherever the filesystem stands in the configuration", () => {
    const [instance] = sapInstances({
      Primitives: [filesystem("/usr/sap/NWP/ASCS00")],
      Groups: [{ Id: "group", Primitives: [sapInstance("NWP_ASCS00_sapnwpas")] }],
    });
    expect(instance?.mounted).toBe(true);
  });

  it("each for itself", () => {
    const both = inGroup(
      sapInstance("NWP_ASCS00_a"),
      sapInstance("NWP_ERS10_b"),
      filesystem("/usr/sap/NWP/ERS10"),
    );
    expect(both.map(({ name, mounted }) => [name, mounted])).toEqual([
      ["ASCS00", false],
      ["ERS10", true],
    ]);
    expect(registered(centralServices()).sap_instances.every((one) => one.mounted)).toBe(true);
  });
});

describe("the scenario of a database", () => {
  const quality = { Primitives: [sapInstance("QAS_HDB20_node02")] };

  it("is optimised for performance while it is alone", () => {
    for (const payload of [scaleUp(), scaleOut(), angi("ScaleUp"), angi("ScaleOut")]) {
      expect(hanaOf(payload).hana_scenario).toBe("performance_optimized");
    }
  });

  it("is optimised for cost beside another instance", () => {
    for (const payload of [
      scaleUp({ configured: quality }),
      scaleOut({ configured: quality }),
      angi("ScaleUp", { configured: quality }),
    ]) {
      expect(hanaOf(payload).hana_scenario).toBe("cost_optimized");
      const told = registered(payload).sap_instances.map(
        (one) => `${one.sid} ${one.resource_type} ${one.hostname}`,
      );
      expect(told.sort()).toEqual(["PRD sap_hana_topology null", "QAS sap_instance node02"]);
    }
  });
});

describe("the SID of a database", () => {
  const attributes = { one: { hana_aaa_site: "A", hana_bbb_site: "B", hana__site: "none" } };

  it("is that of the first topology, in small letters in the names of attributes", () => {
    const Clones = [topology("a", "AAA", "00"), topology("b", "BBB", "01")].map((Primitive) => ({
      Id: "c",
      Primitive,
    }));
    expect(hanaOf(scaleUp({ attributes, configured: { Clones } })).nodes[0]?.site).toBe("A");
  });

  it("is empty without a topology", () => {
    expect(hanaOf(scaleUp({ attributes, configured: { Clones: [] } })).nodes[0]?.site).toBe("none");
  });
});
