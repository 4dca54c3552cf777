/** Gatherers that run a command, or walk through folders. */
import { describe, expect, it } from "vitest";
import { type Described, machineWith } from "../machine-of-tests.spec.ts";
import { dirScan } from "./dir-scan.ts";
import { fsUsage } from "./fs-usage.ts";
import { matcherOf } from "./glob.ts";
import { packageVersion } from "./package-version.ts";
import { sysctl } from "./sysctl.ts";
import { systemdV1, systemdV2 } from "./systemd.ts";

const error = (type: string) => ({ error: expect.objectContaining({ type }) });
const FORMAT = "VERSION=%{VERSION}\nINSTALLTIME=%{INSTALLTIME}\n---\n";
const query = (name: string) => `rpm -q --qf ${FORMAT} ${name}`;

describe("package_version", () => {
  const machine = machineWith({
    commands: {
      [query("corosync")]: {
        stdout: "VERSION=2.4.5\nINSTALLTIME=100\n---\nVERSION=2.4.6\nINSTALLTIME=200\n---\n",
      },
      [query("nothing")]: { code: 1, stdout: "package nothing is not installed" },
      "zypper --terse versioncmp 2.4.6 2.5.0": { stdout: "-1\n" },
      "zypper --terse versioncmp 2.4.6 1.0": { code: 11, stdout: "1\n" },
      "zypper --terse versioncmp 2.4.6 odd": { code: 2, complaint: "what?" },
    },
  });

  it.each<[string, unknown]>([
    ["corosync", { value: [{ version: "2.4.6" }, { version: "2.4.5" }] }],
    ["corosync,2.5.0", { value: -1 }],
    ["corosync,1.0", { value: 1 }],
    ["corosync,odd", error("package-version-zypper-cmd-error")],
    ["nothing", error("package-version-rpm-cmd-error")],
    ["unheard-of", error("package-version-rpm-cmd-error")],
    ["--eval=%{lua:x}", error("package-version-rpm-cmd-error")],
    ["corosync,--help", error("package-version-rpm-cmd-error")],
    ["", error("package-version-missing-argument")],
  ])("of %j", async (argument, expected) => {
    expect(await packageVersion(machine, argument)).toEqual(expected);
  });
});

describe("systemd", () => {
  const show = (unit: string) =>
    `systemctl show --property=Id,Description,LoadState,ActiveState,UnitFileState,UnitFilePreset,NeedDaemonReload -- ${unit}`;
  const machine = machineWith({
    commands: {
      [show("sbd.service")]: {
        stdout:
          "Id=sbd.service\nDescription=Shared-storage = fencing\nLoadState=loaded\nActiveState=active\nUnitFileState=enabled\nUnitFilePreset=disabled\nNeedDaemonReload=no\nOther=x\n",
      },
      [show("down.service")]: { code: 1, complaint: "System has not been booted with systemd" },
    },
  });

  it("tells the state, or all of a unit", async () => {
    expect(await systemdV1(machine, "sbd")).toEqual({ value: "active" });
    expect(await systemdV2(machine, "sbd.service")).toEqual({
      value: {
        id: "sbd.service",
        description: "Shared-storage = fencing",
        load_state: "loaded",
        active_state: "active",
        unit_file_state: "enabled",
        unit_file_preset: "disabled",
        need_daemon_reload: false,
      },
    });
  });

  it.each([
    ["", "systemd-missing-argument", "systemd-missing-argument"],
    ["a b", "systemd-list-units-error", "systemd-unit-error"],
    ["--failed", "systemd-list-units-error", "systemd-unit-error"],
    ["down", "systemd-dbus-not-initialized", "systemd-dbus-not-initialized"],
  ])("of %j", async (argument, first, second) => {
    expect(await systemdV1(machine, argument)).toEqual(error(first));
    expect(await systemdV2(machine, argument)).toEqual(error(second));
  });
});

describe("fs_usage", () => {
  const head = "Filesystem 1024-blocks Used Available Capacity Mounted on\n";
  const root = "/dev/mapper/my root 1000 400 600 40% /\n";
  const machine = machineWith({
    commands: {
      "df -k -P": { code: 1, stdout: `${head}${root}tmpfs 10 11 -1 100% /my tmp\n`, complaint: "denied" },
      "df -k -P -- /": { stdout: head + root },
      "df -k -P -- /nothing": { code: 1, complaint: "No such file" },
      "df -k -P -- /odd": { stdout: `${head}odd\n` },
    },
  });
  const usage = {
    filesystem: "/dev/mapper/my root",
    blocks: 1000,
    used: 400,
    available: 600,
    capacity: 40,
    mountpoint: "/",
  };

  it.each<[string, unknown]>([
    ["/", { value: [usage] }],
    [
      "",
      {
        value: [
          usage,
          { filesystem: "tmpfs", blocks: 10, used: 11, available: -1, capacity: 100, mountpoint: "/my tmp" },
        ],
      },
    ],
    ["/nothing", error("fs-usage-execution-error")],
    ["/odd", error("fs-usage-invalid-format-error")],
    ["--help", error("fs-usage-execution-error")],
  ])("of %j", async (argument, expected) => {
    expect(await fsUsage(machine, argument)).toEqual(expected);
  });
});

describe("sysctl", () => {
  const machine = machineWith({
    files: {
      "/proc/sys/vm/swappiness": "60\n",
      "/proc/sys/net/ipv4/tcp_rmem": "4096\t131072\t6291456\n",
      "/proc/sys/net/ipv4/conf/eth0.100/mtu": "1500\n",
      "/etc/secret": "x",
    },
  });

  it.each<[string, unknown]>([
    ["vm.swappiness", { value: 60 }],
    ["net.ipv4.tcp_rmem", { value: "4096\t131072\t6291456" }],
    ["net.ipv4.conf", { value: { "eth0/100": { mtu: 1500 } } }],
    ["net.ipv4.conf.eth0/100.mtu", { value: 1500 }],
    ["vm.nothing", error("sysctl-value-not-found")],
    ["///.///.etc.secret", error("sysctl-value-not-found")],
    ["", error("sysctl-missing-argument")],
  ])("of %j", async (argument, expected) => {
    expect(await sysctl(machine, argument)).toEqual(expected);
  });
});

describe("dir_scan", () => {
  const described: Described = {
    files: {
      "/etc/passwd": "root:x:0:0::/root:/bin/sh\nprdadm:x:1001:100::/home/prd:/bin/csh\n",
      "/etc/group": "root:x:0:\nusers:x:100:\n",
      "/usr/sap/PRD/a.pem": "",
      "/usr/sap/PRD/b.txt": "",
      "/usr/sap/PRT/c.pem": "",
      "/usr/sap/ODD/c.pem": "",
    },
    owners: { "/usr/sap/PRD/a.pem": [1001, 100], "/usr/sap/ODD/c.pem": [7, 7] },
  };

  it.each<[string, unknown]>([
    [
      "/usr/sap/PR?/*.pem",
      {
        value: [
          { name: "/usr/sap/PRD/a.pem", owner: "prdadm", group: "users" },
          { name: "/usr/sap/PRT/c.pem", owner: "root", group: "root" },
        ],
      },
    ],
    ["/usr/sap/PRD/b.txt", { value: [{ name: "/usr/sap/PRD/b.txt", owner: "root", group: "root" }] }],
    ["/nothing", { value: [] }],
    ["/nothing/*", { value: [] }],
    ["/usr/sap/ODD/*", error("dir-scan-scanning-error")],
    ["not/from/root", error("dir-scan-scanning-error")],
    ["/[a", error("dir-scan-scanning-error")],
    ["", error("dir-scan-missing-argument")],
  ])("of %j", async (argument, expected) => {
    expect(await dirScan(machineWith(described), argument)).toEqual(expected);
  });
});

describe("a pattern", () => {
  it.each<[string, string, boolean]>([
    ["*", "", true],
    ["a*c", "abbc", true],
    ["a*c", "abbcd", false],
    ["?", "é", true],
    ["?", "", false],
    ["[a-c]x", "bx", true],
    ["[^a-c]x", "bx", false],
    ["[]]", "]", true],
    ["\\*", "*", true],
    ["\\*", "a", false],
    [`${"*a".repeat(40)}b`, "a".repeat(5_000), false],
  ])("%s against %.20s", (pattern, name, expected) => {
    expect(matcherOf(pattern)(name)).toBe(expected);
  });
});
