/** `systemd@v1` and `systemd@v2`: in what state a unit is. */
import { cast } from "../facts/cast.ts";
import { type Answer, failed } from "../facts/value.ts";
import type { Machine } from "../machine.ts";
import type { Gatherer } from "./gatherer.ts";

const SYSTEMCTL = "systemctl";
/** What names of units consist of. */
const UNIT = /^[A-Za-z0-9@:._\\][A-Za-z0-9@:._\\-]*$/;

/** By the name of the property in `systemctl`. */
const properties = {
  Id: "id",
  Description: "description",
  LoadState: "load_state",
  ActiveState: "active_state",
  UnitFileState: "unit_file_state",
  UnitFilePreset: "unit_file_preset",
  NeedDaemonReload: "need_daemon_reload",
} as const;
type UnitKey = (typeof properties)[keyof typeof properties];

/** The properties of a unit, as `systemctl show` prints them. */
export function parseUnit(text: string): Partial<Record<UnitKey, string | number | boolean>> {
  return Object.fromEntries(
    text.split("\n").flatMap((line) => {
      const at = line.indexOf("=");
      const key = Object.entries(properties).find(([name]) => name === line.slice(0, at))?.[1];
      if (at < 0 || key === undefined) return [];
      const value = line.slice(at + 1).trim();
      return [[key, key === "need_daemon_reload" ? value === "yes" : cast(value)]];
    }),
  );
}

async function unitOf(
  machine: Machine,
  unit: string,
  unknown: string,
): Promise<ReturnType<typeof parseUnit> | Answer> {
  if (!UNIT.test(unit)) return failed(unknown, `error getting systemd unit properties: ${unit}`);
  const names = Object.keys(properties).join(",");
  const { code, stdout, complaint } = await machine.run(SYSTEMCTL, [
    "show",
    `--property=${names}`,
    "--",
    unit,
  ]);
  // Unknown units are shown, too: it fails where systemd itself cannot be reached.
  if (code !== 0)
    return failed("systemd-dbus-not-initialized", `systemd gatherer not initialized properly: ${complaint}`);
  return parseUnit(stdout);
}

export const systemdV1: Gatherer = async (machine, argument) => {
  if (argument === "") return failed("systemd-missing-argument", "missing required argument");
  const unit = await unitOf(machine, `${argument}.service`, "systemd-list-units-error");
  if ("error" in unit || "value" in unit) return unit;
  return { value: unit.active_state ?? "inactive" };
};

export const systemdV2: Gatherer = async (machine, argument) => {
  if (argument === "") return failed("systemd-missing-argument", "missing required argument");
  const unit = await unitOf(machine, argument, "systemd-unit-error");
  return "error" in unit || "value" in unit ? unit : { value: unit };
};
