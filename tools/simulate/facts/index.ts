/** The facts that a simulated agent gathers: they follow from the same model as its discoveries. */
import type { Fact, FactRequest } from "../../../checks/facts.ts";
import { factOf, type Gatherers, gathererNamed } from "../../agent/facts/answer-requests.ts";
import type { SimulatedHost } from "../model/host.ts";
import type { Gatherer } from "./answer.ts";
import { ascsersCluster, dispWork, sapcontrol, sapProfiles, sapservices } from "./central-services.ts";
import { cibadmin } from "./cib.ts";
import { corosyncCmapctl, corosyncConf } from "./corosync.ts";
import { dirScan, iniFiles, mountInfo, sudoers } from "./hana.ts";
import {
  fstab,
  fsUsage,
  groups,
  hosts,
  osRelease,
  packageVersion,
  passwd,
  sysctl,
  systemd,
  verifyPassword,
} from "./operating-system.ts";
import { saptune } from "./saptune.ts";
import { sbdConfigGatherer, sbdDump } from "./sbd.ts";

const gatherers: Gatherers<Gatherer> = {
  "ascsers_cluster@v1": ascsersCluster,
  "cibadmin@v1": cibadmin,
  "corosync-cmapctl@v1": corosyncCmapctl,
  "corosync.conf@v1": corosyncConf,
  "dir_scan@v1": dirScan,
  "disp+work@v1": dispWork,
  "fs_usage@v1": fsUsage,
  "fstab@v1": fstab,
  "groups@v1": groups,
  "hosts@v1": hosts,
  "ini_files@v1": iniFiles,
  "mount_info@v1": mountInfo,
  "os-release@v1": osRelease,
  "package_version@v1": packageVersion,
  "passwd@v1": passwd,
  "sap_profiles@v1": sapProfiles,
  "sapcontrol@v1": sapcontrol,
  "sapservices@v1": sapservices,
  "saptune@v1": saptune,
  "sbd_config@v1": sbdConfigGatherer,
  "sbd_dump@v1": sbdDump,
  "status@v1": (host) => ({ value: { agent_id: host.id, version: host.agentVersion } }),
  "sudoers@v1": sudoers,
  "sysctl@v1": sysctl,
  "systemd@v2": systemd,
  "verify_password@v1": verifyPassword,
};

/** As agents do: what is asked of a gatherer that they do not know is left out of the answer. */
export function factsOf(host: SimulatedHost, requests: readonly FactRequest[]): Fact[] {
  return requests.flatMap((request) => {
    const gatherer = gathererNamed(gatherers, request.gatherer);
    return gatherer === undefined ? [] : [factOf(request, gatherer(host, request.argument))];
  });
}
