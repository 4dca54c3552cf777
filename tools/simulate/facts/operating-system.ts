/** What a host's operating system has and does. */

import { cast } from "../../agent/facts/cast.ts";
import { failed, type Value } from "../../agent/facts/value.ts";
import type { SimulatedHost } from "../model/host.ts";
import {
  addressesOf,
  applicationInstancesOn,
  clusterOf,
  databaseInstancesOn,
} from "../model/installation.ts";
import type { Gatherer } from "./answer.ts";

const installed: Readonly<Record<string, string>> = {
  corosync: "2.4.6",
  pacemaker: "2.1.5",
  SAPHanaSR: "0.162.2",
  "sap-suse-cluster-connector": "3.1.3",
};

/** As `zypper versioncmp` does: 1 where the first is newer. */
function compared(one: string, other: string): number {
  const [own, asked] = [one, other].map((text) => text.split(/[.+-]/).map(Number));
  for (let index = 0; index < Math.max(own?.length ?? 0, asked?.length ?? 0); index += 1) {
    const difference = (own?.[index] ?? 0) - (asked?.[index] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  return 0;
}

export const packageVersion: Gatherer = (host, argument) => {
  const [name = "", asked] = argument.split(",");
  const version =
    name === "pacemaker" ? (clusterOf(host)?.pacemakerVersion ?? installed[name]) : installed[name];
  if (version === undefined)
    return failed(
      "package-version-rpm-cmd-error",
      `error while fetching package version: package ${name} is not installed`,
    );
  return { value: asked === undefined ? [{ version }] : compared(version, asked) };
};

const units: Readonly<Record<string, string>> = {
  "chronyd.service": "NTP client/server",
  "sbd.service": "Shared-storage based fencing daemon",
  "pacemaker.service": "Pacemaker High Availability Cluster Manager",
  "saptune.service": "Optimise system for running SAP workloads",
  "sapconf.service": "sapconf",
};

function isActive(host: SimulatedHost, unit: string): boolean {
  const cluster = clusterOf(host);
  switch (unit) {
    case "sbd.service":
      return cluster !== null && cluster.fencing.kind !== "agent";
    case "pacemaker.service":
      return cluster !== null;
    case "saptune.service":
      return host.tuning === "compliant" || host.tuning === "not compliant";
    default:
      return unit === "chronyd.service";
  }
}

export const systemd: Gatherer = (host, argument) => {
  const description = units[argument];
  if (description === undefined)
    return failed("systemd-unit-error", `error getting systemd unit information: ${argument}`);
  const active = isActive(host, argument);
  return {
    value: {
      id: argument,
      description,
      load_state: "loaded",
      active_state: active ? "active" : "inactive",
      unit_file_state: active ? "enabled" : "disabled",
      unit_file_preset: "disabled",
      need_daemon_reload: false,
    },
  };
};

export const sysctl: Gatherer = (host, argument) => {
  const values: Readonly<Record<string, number>> = {
    "vm.swappiness": host.tuning === "not compliant" ? 60 : 10,
    "vm.max_map_count": 2_147_483_647,
    "net.ipv4.tcp_timestamps": host.provider === "azure" ? 0 : 1,
  };
  const value = values[argument];
  return value === undefined
    ? failed("sysctl-value-not-found", `requested value not found in sysctl output: ${argument}`)
    : { value };
};

export const osRelease: Gatherer = ({ osVersion }) => {
  const [version = "15", pack] = osVersion.split(/-SP/i);
  const id = pack === undefined ? version : `${version}.${pack}`;
  return {
    value: {
      NAME: "SLES",
      VERSION: osVersion,
      VERSION_ID: cast(id),
      PRETTY_NAME: `SUSE Linux Enterprise Server ${osVersion}`,
      ID: "sles",
      ID_LIKE: "suse",
      CPE_NAME: `cpe:/o:suse:sles_sap:${version}${pack === undefined ? "" : `:sp${pack}`}`,
    },
  };
};

export const hosts: Gatherer = (host, argument) => {
  const members = clusterOf(host)?.nodes.map((node) => node.host) ?? [host];
  const known: Record<string, Value> = { localhost: ["127.0.0.1", "::1"] };
  for (const member of members) known[member.hostname] = [member.address];
  if (argument === "") return { value: known };
  const own = known[argument];
  return own === undefined
    ? failed("hosts-file-value-not-found", `requested field value not found: ${argument}`)
    : { value: own };
};

function sidsOn(host: SimulatedHost): string[] {
  const moved = clusterOf(host)?.workload;
  return [
    ...new Set([
      ...databaseInstancesOn(host).map(({ database }) => database.sid),
      ...applicationInstancesOn(host).map(({ system }) => system.sid),
      ...(moved?.kind === "central services" ? [moved.system.sid] : []),
    ]),
  ];
}

export const groups: Gatherer = (host) => ({
  value: [
    { name: "root", gid: 0, users: [] },
    { name: "sapsys", gid: 79, users: [] },
    { name: "haclient", gid: 90, users: sidsOn(host).map((sid) => `${sid.toLowerCase()}adm`) },
  ],
});

export const passwd: Gatherer = (host) => ({
  value: [
    { user: "root", uid: 0, gid: 0, home: "/root", shell: "/bin/bash", description: "root" },
    ...sidsOn(host).map((sid, index) => ({
      user: `${sid.toLowerCase()}adm`,
      uid: 1001 + index,
      gid: 79,
      home: `/usr/sap/${sid}/home`,
      shell: "/bin/sh",
      description: "SAP System Administrator",
    })),
  ],
});

export const verifyPassword: Gatherer = (_, argument) =>
  argument === "hacluster"
    ? { value: false }
    : failed("verify-password-invalid-username", "requested user is not whitelisted for password check");

export const fsUsage: Gatherer = (host, argument) => {
  const root = {
    filesystem: "/dev/sda3",
    blocks: 41_152_512,
    used: 17_284_055,
    available: 23_868_457,
    capacity: 30 + (addressesOf(host).length % 10),
    mountpoint: "/",
  };
  if (argument !== "" && argument !== "/")
    return failed("fs-usage-mount-point-error", `error finding the mount point: ${argument}`);
  return { value: [root] };
};

export const fstab: Gatherer = (host) => {
  const mount = (mount_point: string, device: string): Value => ({
    device,
    mount_point,
    file_system_type: "xfs",
    options: ["defaults"],
    backup: 0,
    check_order: 0,
  });
  const sap = sidsOn(host).length > 0 ? [mount("/usr/sap", "/dev/mapper/vg_sap-usrsap")] : [];
  const hana =
    databaseInstancesOn(host).length > 0 ? [mount("/hana/shared", "/dev/mapper/vg_hana-shared")] : [];
  return { value: [mount("/", "/dev/sda3"), ...sap, ...hana] };
};
