/** What a host has of its databases. */

import { failed } from "../../agent/facts/value.ts";
import type { SimulatedHost } from "../model/host.ts";
import { databaseInstancesOn } from "../model/installation.ts";
import type { Gatherer } from "./answer.ts";

function databasesOn(host: SimulatedHost) {
  return [...new Set(databaseInstancesOn(host).map(({ database }) => database))];
}

export const iniFiles: Gatherer = (host, argument) => {
  if (argument !== "global.ini")
    return failed("ini-files-wrong-arguments-error", `the requested argument is not supported: ${argument}`);
  return {
    value: databasesOn(host).map(({ sid, architecture }) => ({
      sid,
      value: {
        persistence: { log_mode: "normal", basepath_datavolumes: `/hana/data/${sid}` },
        ...(architecture === "angi"
          ? {
              ha_dr_provider_sushanasr: {
                provider: "susHanaSR",
                path: "/usr/share/SAPHanaSR-angi",
                execution_order: 1,
              },
            }
          : {
              ha_dr_provider_saphanasr: {
                provider: "SAPHanaSR",
                path: "/usr/share/SAPHanaSR",
                execution_order: 1,
              },
            }),
      },
    })),
  };
};

export const sudoers: Gatherer = (host, argument) => ({
  value: databasesOn(host)
    .map(({ sid }) => ({
      user: `${sid.toLowerCase()}adm`,
      command: `/usr/sbin/crm_attribute -n hana_${sid.toLowerCase()}_*`,
      run_as_user: "ALL",
      run_as_group: "",
      no_password: true,
    }))
    .filter(({ user }) => argument === "" || user === argument),
});

export const mountInfo: Gatherer = (host, argument) => {
  const isMounted = argument === "/hana/shared" && databasesOn(host).length > 0;
  return {
    value: isMounted
      ? {
          block_uuid: "4a7a1b0c-3d52-4f7e-9a53-0c7f4d2c9b11",
          fs_type: "xfs",
          mount_point: argument,
          options: "rw,relatime",
          source: "/dev/mapper/vg_hana-shared",
        }
      : { block_uuid: "", fs_type: "", mount_point: "", options: "", source: "" },
  };
};

export const dirScan: Gatherer = (host, argument) => {
  if (argument === "") return failed("dir-scan-missing-argument", "missing required argument");
  const isThere = argument === "/etc/sudoers.d/*" && databasesOn(host).length > 0;
  return { value: isThere ? [{ name: "/etc/sudoers.d/SAPHanaSR", owner: "root", group: "root" }] : [] };
};
