/** `host_discovery` → RegisterHost: what is required, what has a default, and what is invalid. */
import { describe, expect, it } from "vitest";
import {
  agentId,
  blank,
  commandData,
  complaints,
  droppedFrom,
  hostPayload,
  invalid,
  json,
} from "./examples.spec.ts";
import { hostPolicy } from "./host-discovery.ts";

const registered = (changes: object = {}) =>
  commandData("RegisterHost", hostPolicy, { ...hostPayload, ...changes });
const complaintsAbout = (changes: object) => complaints(hostPolicy, { ...hostPayload, ...changes });

const required = {
  hostname: "suse",
  ip_addresses: ["10.1.1.4"],
  agent_version: "2.1.0",
  cpu_count: 2,
  total_memory_mb: 4096,
  socket_count: 1,
  os_version: "15-SP2",
};

describe("a host's payload", () => {
  it("becomes a registration of the agent's host", () => {
    const { netmasks: _, ...described } = hostPayload;
    expect(registered()).toEqual({
      ...described,
      host_id: agentId,
      ip_addresses: ["10.1.1.4/16", "10.1.1.5/24"],
      installation_source: "suse",
      last_boot_timestamp: "2024-06-10T12:34:56.000Z",
    });
  });

  it("may leave out all but the required fields", () => {
    expect(commandData("RegisterHost", hostPolicy, required)).toEqual({
      ...required,
      host_id: agentId,
      fully_qualified_domain_name: null,
      arch: "unknown",
      installation_source: "unknown",
      prometheus_targets: null,
      prometheus_mode: "pull",
      systemd_units: [],
      last_boot_timestamp: null,
    });
  });

  it.each([
    "fully_qualified_domain_name",
    "netmasks",
    "arch",
    "installation_source",
    "prometheus_targets",
    "prometheus_mode",
    "systemd_units",
    "last_boot_timestamp",
  ])("may hold null for %s, which is as good as nothing", (field) => {
    expect(registered({ [field]: null })).toEqual(registered({ [field]: undefined }));
  });

  it.each(Object.keys(required))("must hold %s", (field) => {
    expect(complaintsAbout({ [field]: undefined })).toEqual({ [`/${field}`]: blank });
    expect(complaintsAbout({ [field]: null })).toEqual({ [`/${field}`]: blank });
    expect(complaintsAbout({ [field]: { a: 1 } })).toEqual({ [`/${field}`]: invalid });
  });

  it("says all that is wrong at once", () => {
    const all = Object.fromEntries(Object.keys(required).map((field) => [`/${field}`, blank]));
    expect(complaints(hostPolicy, {})).toEqual(all);
  });

  it.each([
    [null, blank],
    [undefined, blank],
    [[], invalid],
    [[hostPayload], invalid],
    ["host", invalid],
    [7, invalid],
  ])("%j is none: %s", (payload, message) => {
    expect(complaints(hostPolicy, payload)).toEqual({ "": message });
  });

  it("may hold fields of newer agents, which are left out", () => {
    expect(registered({ added: { later: true } })).toEqual(registered());
  });

  it("may send counts as text", () => {
    expect(registered({ cpu_count: "8", total_memory_mb: "1024", socket_count: "2" })).toMatchObject({
      cpu_count: 8,
      total_memory_mb: 1024,
      socket_count: 2,
    });
  });

  it("knows a blank fully qualified name for none", () => {
    expect(registered({ fully_qualified_domain_name: " " }).fully_qualified_domain_name).toBeNull();
  });
});

describe("the architecture and the source of the installation", () => {
  it.each([
    ["x86_64", "x86_64"],
    ["X86_64", "x86_64"],
    ["PPC64LE", "ppc64le"],
    ["s390x", "s390x"],
    ["Unknown", "unknown"],
    ["", "unknown"],
  ])("arch %j is %s", (sent, arch) => {
    expect(registered({ arch: sent }).arch).toBe(arch);
  });

  it.each([
    ["Community", "community"],
    ["SUSE", "suse"],
    ["Suse", "suse"],
    ["suse", "suse"],
    ["UNKNOWN", "unknown"],
    ["", "unknown"],
  ])("installation_source %j is %s", (sent, source) => {
    expect(registered({ installation_source: sent }).installation_source).toBe(source);
  });

  it.each(["arch", "installation_source"])("%s of another name is unknown", (field) => {
    for (const value of ["devel", 5]) {
      expect(registered({ [field]: value })).toMatchObject({ [field]: "unknown" });
      expect(droppedFrom(hostPolicy, { ...hostPayload, [field]: value })).toEqual({ [`/${field}`]: invalid });
    }
  });
});

describe("prometheus", () => {
  it.each([
    ["push", "push"],
    ["pull", "pull"],
    [null, "pull"],
    ["", "pull"],
  ])("mode %j is %s", (sent, mode) => {
    expect(registered({ prometheus_mode: sent }).prometheus_mode).toBe(mode);
  });

  it.each(["invalid", "Push", 1, true])("mode %j is invalid", (sent) => {
    expect(complaintsAbout({ prometheus_mode: sent })).toEqual({ "/prometheus_mode": invalid });
  });

  it("has any exporters, and none is not the same as not told", () => {
    expect(registered({ prometheus_targets: {} }).prometheus_targets).toEqual({});
    const targets = { node_exporter: "10.0.0.1:9100", ha_cluster_exporter: "10.0.0.1:9664" };
    expect(registered({ prometheus_targets: targets }).prometheus_targets).toEqual(targets);
  });

  it.each([[[]], ["10.0.0.1:9100"], [5], [true]])("exporters %j are invalid", (sent) => {
    expect(complaintsAbout({ prometheus_targets: sent })).toEqual({ "/prometheus_targets": invalid });
  });

  it("is read without exporters whose address is wrong", () => {
    const prometheus_targets = { "a/b~c": 5, blank: " ", none: null, good: "10.1.1.4:9100" };
    expect(registered({ prometheus_targets }).prometheus_targets).toEqual({ good: "10.1.1.4:9100" });
    expect(droppedFrom(hostPolicy, { ...hostPayload, prometheus_targets })).toEqual({
      "/prometheus_targets/a~1b~0c": invalid,
      "/prometheus_targets/blank": blank,
      "/prometheus_targets/none": blank,
    });
  });

  it("does not fall for exporters named as JavaScript's own keys", () => {
    const targets = json('{"constructor":"a:1","toString":"b:2","hasOwnProperty":"c:3","__proto__":"d:4"}');
    const { prometheus_targets } = registered({ prometheus_targets: targets });
    expect(prometheus_targets).toMatchObject({ constructor: "a:1", toString: "b:2", hasOwnProperty: "c:3" });
    expect(Object.getPrototypeOf(prometheus_targets)).toBe(Object.prototype);
  });
});

describe("systemd units", () => {
  it("say which of them is none", () => {
    const units = [{ name: "a", unit_file_state: "enabled" }, null, "c"];
    expect(complaintsAbout({ systemd_units: units })).toEqual({
      "/systemd_units/1": blank,
      "/systemd_units/2": invalid,
    });
  });

  it.each(["", " ", null, undefined, 5])(
    "that tell the state %j are in an unknown one",
    (unit_file_state) => {
      expect(registered({ systemd_units: [{ name: "pacemaker.service", unit_file_state }] })).toMatchObject({
        systemd_units: [{ name: "pacemaker.service", unit_file_state: "unknown" }],
      });
    },
  );

  it("are left out without a name", () => {
    const systemd_units = ["", "a", null, "b"].map((name) => ({ name, unit_file_state: "enabled" }));
    const { systemd_units: units } = registered({ systemd_units });
    expect(units.map(({ name }) => name)).toEqual(["a", "b"]);
  });
});
