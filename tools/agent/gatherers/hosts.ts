/** `hosts@v1`: the addresses of each name in `/etc/hosts`, or those of one name. */
import { failed } from "../facts/value.ts";
import { type Gatherer, linesOf, Malformed, valueOfFile } from "./gatherer.ts";

const PATH = "/etc/hosts";

/** @throws Malformed */
export function parseHosts(text: string): Record<string, string[]> {
  const addresses = new Map<string, string[]>();
  for (const line of linesOf(text.replace(/#.*/g, ""))) {
    const [address, ...names] = line.split(/\s+/);
    if (address === undefined || names.length === 0) throw new Malformed(`no name: ${line}`);
    for (const name of names) addresses.set(name, [...(addresses.get(name) ?? []), address]);
  }
  return Object.fromEntries(addresses);
}

export const hosts: Gatherer = async (machine, argument) => {
  const all = await valueOfFile(machine, PATH, parseHosts, {
    unreadable: "hosts-file-error",
    malformed: "hosts-file-decoding-error",
  });
  if (argument === "" || "error" in all) return all;
  // Names have dots: they are no paths.
  const found = Object.entries(all.value ?? {}).find(([name]) => name === argument);
  return found === undefined
    ? failed("hosts-file-value-not-found", `requested field value not found in /etc/hosts file: ${argument}`)
    : { value: found[1] };
};
