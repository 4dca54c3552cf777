/** How a cluster fences its nodes, its SBD devices, and whether it is being maintained. */
import { describe, expect, it } from "vitest";
import { agentId, complaints, noMemory } from "../examples.spec.ts";
import {
  angi,
  centralServices,
  centralServicesOf,
  clone,
  clusterPayload,
  group,
  hanaOf,
  registered,
  resource,
  scaleOut,
  scaleUp,
} from "./examples.spec.ts";
import { haClusterPolicy } from "./index.ts";

const none = { Devices: null, Config: null };
const fence = (agent: string) => resource("fence", agent, "one");
const dummy = resource("dummy", "ocf::heartbeat:Dummy", "one");
const fencing = (sbd: unknown, resources: readonly unknown[] = []) =>
  hanaOf(scaleUp({ sbd, resources })).fencing_type;

describe("the type of fencing", () => {
  it.each([
    ["stonith:external/sbd", "external/sbd"],
    ["stonith:external/ec2", "external/ec2"],
    ["stonith:fence_azure_arm", "fence_azure_arm"],
    ["stonith:a:b", "a:b"],
  ])("of the agent %s is %s", (agent, type) => {
    expect(fencing(none, [fence(agent)])).toBe(type);
    expect(centralServicesOf(centralServices({ sbd: none, resources: [fence(agent)] })).fencing_type).toBe(
      type,
    );
  });

  it("is that of the first such agent", () => {
    expect(fencing(none, [dummy, fence("stonith:first"), fence("stonith:second")])).toBe("first");
  });

  it("goes before what SBD is configured with", () => {
    const sbd = { Devices: [], Config: { SBD_DEVICE: "/dev/sda", SBD_WATCHDOG_DEV: "/dev/watchdog" } };
    expect(fencing(sbd, [fence("stonith:external/sbd")])).toBe("external/sbd");
  });

  it("is unknown with a device of SBD that no resource uses", () => {
    expect(fencing({ Devices: [], Config: { SBD_DEVICE: "/dev/sda" } })).toBe("Unknown");
    const both = { SBD_DEVICE: "/dev/sda", SBD_WATCHDOG_DEV: "/dev/watchdog" };
    expect(fencing({ Devices: null, Config: both }, [dummy])).toBe("Unknown");
  });

  it.each([[null], [[]]])("is SBD without disks with a watchdog and no devices: %j", (Devices) => {
    expect(fencing({ Devices, Config: { SBD_WATCHDOG_DEV: "/dev/watchdog" } })).toBe("Diskless SBD");
  });

  it("is told with other agents that only look like it", () => {
    const Config = { SBD_WATCHDOG_DEV: "/dev/watchdog" };
    for (const agent of ["ocf::stonith:x", "Stonith:x", "stonithd"]) {
      expect(fencing({ Devices: null, Config }, [fence(agent)])).toBe("Diskless SBD");
    }
  });

  it.each([
    ["in a clone", { clones: [clone("c", false, [fence("stonith:cloned")])] }, "cloned"],
    ["in a group", { groups: [group("g", [fence("stonith:grouped")])] }, "grouped"],
  ])("is told by a resource %s too", (_, parts, type) => {
    const properties = { hana_prd_glob_topology: "ScaleUp" };
    expect(hanaOf(clusterPayload({ sbd: none, resources: [], properties, ...parts })).fencing_type).toBe(
      type,
    );
  });
});

describe("a cluster whose fencing nothing tells", () => {
  const device = { Device: "/dev/sda", Status: "healthy" };

  it.each([
    ["no SBD", none],
    ["an empty configuration", { Devices: [], Config: {} }],
    ["other settings", { Devices: null, Config: { SBD_OPTS: "", SBD_PACEMAKER: "yes" } }],
    ["a watchdog beside devices", { Devices: [device], Config: { SBD_WATCHDOG_DEV: "/dev/watchdog" } }],
  ])("cannot be described: %s", (_, sbd) => {
    for (const payload of [scaleUp, scaleOut, centralServices].map((build) =>
      build({ sbd, resources: [] }),
    )) {
      const messages = Object.entries(complaints(haClusterPolicy, payload));
      expect(messages).toEqual([["/SBD", expect.stringContaining("fencing_type can't be blank")]]);
    }
  });

  it("cannot be described without a key SBD at all", () => {
    const { SBD: _, ...payload } = angi("ScaleUp", { resources: [] });
    const result = haClusterPolicy(agentId, payload, noMemory);
    expect(result).toMatchObject({ ok: false, issues: [{ path: [expect.stringMatching(/^sbd$/i)] }] });
  });

  it("needs no description when it is of no known type", () => {
    expect(registered(clusterPayload({ sbd: none, resources: [] }))).toMatchObject({
      type: "unknown",
      details: null,
    });
  });
});

describe("the devices of SBD", () => {
  const Config = { SBD_DEVICE: "/dev/sda;/dev/sdb" };
  const Devices = [
    {
      Device: "/dev/sda",
      Status: "healthy",
      Dump: { Slots: 255 },
      List: [{ Id: 0, Name: "one", Status: "clear" }],
    },
    { Device: "/dev/sdb", Status: "unhealthy", Dump: null, List: null },
  ];
  const told = [
    { device: "/dev/sda", status: "healthy" },
    { device: "/dev/sdb", status: "unhealthy" },
  ];

  it("are told with their status", () => {
    expect(hanaOf(scaleUp({ sbd: { Devices, Config } })).sbd_devices).toEqual(told);
    expect(hanaOf(scaleOut({ sbd: { Devices, Config } })).sbd_devices).toEqual(told);
    expect(centralServicesOf(centralServices({ sbd: { Devices, Config } })).sbd_devices).toEqual(told);
  });

  it.each([[none], [{ Devices: [], Config }], [{ Config }]])("are none in %j", (sbd) => {
    expect(hanaOf(scaleUp({ sbd })).sbd_devices).toEqual([]);
  });
});

describe("a cluster in maintenance", () => {
  it.each([
    [{ "maintenance-mode": "true" }, true],
    [{ "maintenance-mode": "false" }, false],
    [{ "maintenance-mode": "" }, false],
    [{ "maintenance-mode": "TRUE" }, false],
    [{ "maintenance-mode": "1" }, false],
    [{ maintenance: "true" }, false],
    [{}, false],
  ])("%j: %s", (properties, expected) => {
    expect(hanaOf(scaleUp({ properties: { ...properties } })).maintenance_mode).toBe(expected);
    expect(hanaOf(scaleOut({ properties: { ...properties } })).maintenance_mode).toBe(expected);
    expect(hanaOf(angi("ScaleOut", { properties: { ...properties } })).maintenance_mode).toBe(expected);
    expect(centralServicesOf(centralServices({ properties: { ...properties } })).maintenance_mode).toBe(
      expected,
    );
  });
});
