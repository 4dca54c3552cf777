/** `fstab@v1`: what is to be mounted, and how. */
import { type Gatherer, linesOf, Malformed, valueOfFile } from "./gatherer.ts";

const PATH = "/etc/fstab";
/** Ways to name a device: what follows is its name. */
const TAG = /^(?:UUID|LABEL|PARTUUID|PARTLABEL)=/;

export interface FstabEntry {
  readonly [key: string]: string | number | string[];
  readonly device: string;
  readonly mount_point: string;
  readonly file_system_type: string;
  readonly options: string[];
  readonly backup: number;
  readonly check_order: number;
}

/** Spaces and the like are written in octal. */
function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

function count(text: string, line: string): number {
  if (!/^\d+$/.test(text)) throw new Malformed(`no number: ${line}`);
  return Number(text);
}

/** @throws Malformed */
export function parseFstab(text: string): FstabEntry[] {
  return linesOf(text).map((line) => {
    const [device, mountPoint, type, options, backup = "0", order = "0"] = line.split(/\s+/);
    if (device === undefined || mountPoint === undefined || type === undefined)
      throw new Malformed(`too few fields: ${line}`);
    return {
      device: unescaped(device.replace(TAG, "").replace(/^"(.*)"$/, "$1")),
      mount_point: unescaped(mountPoint),
      file_system_type: type,
      options: (options ?? "defaults").split(",").filter((option) => option !== ""),
      backup: count(backup, line),
      check_order: count(order, line),
    };
  });
}

export const fstab: Gatherer = (machine) =>
  valueOfFile(machine, PATH, parseFstab, {
    unreadable: "fstab-file-error",
    malformed: "fstab-decoding-error",
  });
