/** How a host fences and is fenced by disks. */

import { cast } from "../../agent/facts/cast.ts";
import { failed, type Value } from "../../agent/facts/value.ts";
import { sbdConfig, sbdOf } from "../discoveries/ha-cluster/fencing.ts";
import { clusterOf } from "../model/installation.ts";
import type { Gatherer } from "./answer.ts";

export const sbdConfigGatherer: Gatherer = (host, argument) => {
  const config = sbdConfig(clusterOf(host));
  if (config === null)
    return failed("sbd-config-file-error", "error reading sbd file: no such file or directory");
  const text = config[argument];
  return text === undefined
    ? failed("sbd-config-value-not-found", `requested field value not found: ${argument}`)
    : { value: cast(text) };
};

export const sbdDump: Gatherer = (host) => {
  const cluster = clusterOf(host);
  const devices = cluster === null ? null : sbdOf(cluster).Devices;
  if (devices === null)
    return failed("sbd-devices-loading-error", "error loading the configured sbd devices");
  const broken = devices.find(({ Status }) => Status !== "healthy");
  if (broken !== undefined)
    return failed(
      "sbd-dump-command-error",
      `error while executing sbd dump: ${broken.Device}: exit status 1`,
    );
  return {
    value: Object.fromEntries(
      devices.map(({ Device, Dump }): [string, Value] => [
        Device,
        {
          header_version: cast(Dump.Header),
          uuid: Dump.Uuid,
          number_of_slots: Dump.Slots,
          sector_size: Dump.SectorSize,
          timeout_watchdog: Dump.TimeoutWatchdog,
          timeout_allocate: Dump.TimeoutAllocate,
          timeout_loop: Dump.TimeoutLoop,
          timeout_msgwait: Dump.TimeoutMsgwait,
        },
      ]),
    ),
  };
};
