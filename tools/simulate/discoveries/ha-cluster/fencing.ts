/** How a cluster fences its nodes: its fencing resource, and its SBD. */
import { type Cluster, isOnline } from "../../model/cluster.ts";
import { monitor, type Resource, startedOn } from "./resource.ts";

const TIMEOUT_WATCHDOG = 60;

export function fencingResources({ fencing, nodes, name }: Cluster): Resource[] {
  if (fencing.kind === "diskless sbd") return [];
  const placement = startedOn(nodes.find(isOnline) ?? null);
  if (fencing.kind === "sbd") {
    const primitive = {
      id: "stonith-sbd",
      class: "stonith",
      provider: "",
      type: "external/sbd",
      attributes: { pcmk_delay_max: "15" },
      operations: [monitor("15", "15")],
    } as const;
    return [{ kind: "primitive", primitive, placement }];
  }
  const primitive = {
    id: `rsc_stonith_${name}`,
    class: "stonith",
    provider: "",
    type: fencing.agent,
    attributes:
      fencing.agent === "external/ec2"
        ? { tag: "cluster", profile: "Cluster" }
        : { pcmk_reboot_timeout: "900" },
    operations: [monitor("120", "60")],
  } as const;
  return [{ kind: "primitive", primitive, placement }];
}

function configOf(devices: readonly string[]): Record<string, string> {
  return {
    SBD_OPTS: "",
    SBD_PACEMAKER: "yes",
    SBD_STARTMODE: "always",
    SBD_DELAY_START: "216",
    SBD_WATCHDOG_DEV: "/dev/watchdog",
    SBD_WATCHDOG_TIMEOUT: "5",
    SBD_TIMEOUT_ACTION: "flush,reboot",
    SBD_MOVE_TO_ROOT_CGROUP: "auto",
    SBD_SYNC_RESOURCE_STARTUP: "yes",
    ...(devices.length === 0 ? {} : { SBD_DEVICE: devices.join(";") }),
  };
}

/** `/etc/sysconfig/sbd`; null on a host without SBD. */
export function sbdConfig(cluster: Cluster | null): Readonly<Record<string, string>> | null {
  return cluster === null ? null : sbdOf(cluster).Config;
}

export function sbdOf({ fencing, nodes }: Cluster) {
  if (fencing.kind === "agent") return { Devices: null, Config: null };
  if (fencing.kind === "diskless sbd") return { Devices: null, Config: configOf([]) };
  return {
    Devices: fencing.devices.map(({ path, uuid, isHealthy }) => ({
      Device: path,
      Status: isHealthy ? "healthy" : "unhealthy",
      Dump: {
        Header: "2.1",
        Uuid: uuid,
        Slots: 255,
        SectorSize: 512,
        TimeoutWatchdog: TIMEOUT_WATCHDOG,
        TimeoutAllocate: 2,
        TimeoutLoop: 1,
        TimeoutMsgwait: 2 * TIMEOUT_WATCHDOG,
      },
      List: isHealthy
        ? nodes.map(({ host }, index) => ({ Id: index, Name: host.hostname, Status: "clear" }))
        : [],
    })),
    Config: configOf(fencing.devices.map(({ path }) => path)),
  };
}
