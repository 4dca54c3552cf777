/** `sysctl@v1`: parameters of the kernel: one, or all below a part of a name as a map. */
import { cast } from "../facts/cast.ts";
import { failed, type Value } from "../facts/value.ts";
import type { Machine } from "../machine.ts";
import type { Gatherer } from "./gatherer.ts";

const ROOT = "/proc/sys";
/** More than any kernel has: a guard against what is not the kernel's. */
const MOST = 20_000;

/** `net.ipv4.conf.eth0/100`: what is a dot in a name is a slash in the key, since the dot parts names. @returns null for no key */
export function namesOf(key: string): string[] | null {
  const names = key
    .split(".")
    .filter((part) => part !== "")
    .map((part) => part.replaceAll("/", "."));
  return names.length > 0 && names.every((name) => !/^\.+$/.test(name)) ? names : null;
}

export function readValue(text: string): Value {
  return cast(text.trim());
}

async function read(machine: Machine, path: string): Promise<Value | undefined> {
  try {
    return readValue(await machine.readFile(path));
  } catch {
    // Some can only be written, and some only be read by the superuser.
    return undefined;
  }
}

async function below(machine: Machine, path: string, left: { count: number }): Promise<Value | undefined> {
  let entries: Awaited<ReturnType<Machine["readDirectory"]>>;
  try {
    entries = await machine.readDirectory(path);
  } catch {
    return read(machine, path);
  }
  const found: Record<string, Value> = {};
  for (const { name, isDirectory } of entries) {
    left.count -= 1;
    if (left.count < 0) break;
    const child = `${path}/${name}`;
    const value = isDirectory ? await below(machine, child, left) : await read(machine, child);
    if (value !== undefined) found[name.replaceAll(".", "/")] = value;
  }
  return found;
}

export const sysctl: Gatherer = async (machine, argument) => {
  if (argument === "") return failed("sysctl-missing-argument", "missing required argument");
  const names = namesOf(argument);
  const value =
    names === null ? undefined : await below(machine, [ROOT, ...names].join("/"), { count: MOST });
  return value === undefined
    ? failed("sysctl-value-not-found", `requested value not found in sysctl output: ${argument}`)
    : { value };
};
