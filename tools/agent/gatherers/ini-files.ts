/** `ini_files@v1`: the `global.ini` of each SAP system on the host. */
import { cast } from "../facts/cast.ts";
import { failed, type Value } from "../facts/value.ts";
import { type Entry, type Machine, reasonOf } from "../machine.ts";
import { type Gatherer, Malformed } from "./gatherer.ts";

const SYSTEMS = "/usr/sap";
const SID = /^[A-Z][A-Z0-9]{2}$/;
const INSTANCE = /^[A-Z]+\d{2}$/;

/** By section; what comes before the first is at the top. @throws Malformed */
export function parseIni(text: string): Value {
  const whole: Record<string, Value> = {};
  let section = whole;
  for (const raw of text.split(/\r?\n/)) {
    const line = raw.trim();
    if (line === "" || /^[#;]/.test(line)) continue;
    const name = /^\[(.+)\]$/.exec(line)?.[1]?.trim();
    const [, key, value] = /^([^=]+?)\s*=\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      section = {};
      whole[name] = section;
    } else if (key !== undefined && value !== undefined) section[key] = cast(value);
    else throw new Malformed(`neither a section nor a value: ${line}`);
  }
  return whole;
}

async function directories(machine: Machine, path: string): Promise<readonly Entry[]> {
  try {
    return (await machine.readDirectory(path)).filter(({ isDirectory }) => isDirectory);
  } catch {
    return [];
  }
}

/** Folders with names of systems that have folders with names of instances. */
export async function systemsOn(machine: Machine): Promise<string[]> {
  const found: string[] = [];
  for (const { name } of await directories(machine, SYSTEMS)) {
    if (!SID.test(name)) continue;
    const inside = await directories(machine, `${SYSTEMS}/${name}`);
    if (inside.some((entry) => INSTANCE.test(entry.name))) found.push(name);
  }
  return found;
}

export const iniFiles: Gatherer = async (machine, argument) => {
  if (argument !== "global.ini")
    return failed("ini-files-error", `ini file error: unsupported file: ${argument}`);
  const sids = await systemsOn(machine);
  if (sids.length === 0) return failed("ini-files-error", "ini file error: no SAP system found");
  const value: Value[] = [];
  for (const sid of sids) {
    try {
      const path = `${SYSTEMS}/${sid}/SYS/global/hdb/custom/config/global.ini`;
      value.push({ sid, value: parseIni(await machine.readFile(path)) });
    } catch (error) {
      return error instanceof Malformed
        ? failed("ini-files-parse-error", `cannot parse ini file: ${error.message}`)
        : failed("ini-files-not-found-error", `cannot find ini file: ${reasonOf(error)}`);
    }
  }
  return { value };
};
