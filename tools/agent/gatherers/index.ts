/** All that this agent can gather, by name and version. */
import type { Fact, FactRequest } from "../../../checks/facts.ts";
import { factOf, type Gatherers, gathererNamed } from "../facts/answer-requests.ts";
import type { Machine } from "../machine.ts";
import { corosyncConf } from "./corosync-conf.ts";
import { dirScan } from "./dir-scan.ts";
import { fsUsage } from "./fs-usage.ts";
import { fstab } from "./fstab.ts";
import type { Gatherer } from "./gatherer.ts";
import { groups } from "./groups.ts";
import { hosts } from "./hosts.ts";
import { iniFiles } from "./ini-files.ts";
import { mountInfo } from "./mount-info.ts";
import { osRelease } from "./os-release.ts";
import { packageVersion } from "./package-version.ts";
import { passwd } from "./passwd.ts";
import { sysctl } from "./sysctl.ts";
import { systemdV1, systemdV2 } from "./systemd.ts";

export interface AgentStatus {
  readonly agentId: string;
  readonly version: string;
}

export function gatherersOf({ agentId, version }: AgentStatus): Gatherers<Gatherer> {
  return {
    "corosync.conf@v1": corosyncConf,
    "dir_scan@v1": dirScan,
    "fs_usage@v1": fsUsage,
    "fstab@v1": fstab,
    "groups@v1": groups,
    "hosts@v1": hosts,
    "ini_files@v1": iniFiles,
    "mount_info@v1": mountInfo,
    "os-release@v1": osRelease,
    "package_version@v1": packageVersion,
    "passwd@v1": passwd,
    "status@v1": async () => ({ value: { agent_id: agentId, version } }),
    "sysctl@v1": sysctl,
    "systemd@v1": systemdV1,
    "systemd@v2": systemdV2,
  };
}

/** What is asked of a gatherer that is not known here is left out of the answer, as agents do. */
export async function gather(
  gatherers: Gatherers<Gatherer>,
  machine: Machine,
  requests: readonly FactRequest[],
): Promise<Fact[]> {
  const facts = await Promise.all(
    requests.map(async (request) => {
      const gatherer = gathererNamed(gatherers, request.gatherer);
      return gatherer === undefined ? [] : [factOf(request, await gatherer(machine, request.argument))];
    }),
  );
  return facts.flat();
}
