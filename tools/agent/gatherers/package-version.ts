/** `package_version@v1`: the versions of a package that are installed, or how the newest compares with another. */
import { type Answer, failed } from "../facts/value.ts";
import type { Machine } from "../machine.ts";
import type { Gatherer } from "./gatherer.ts";

const FORMAT = "VERSION=%{VERSION}\nINSTALLTIME=%{INSTALLTIME}\n---\n";
/** What names and versions of packages consist of: nothing that a command could take for an option. */
const WORD = /^[A-Za-z0-9][\w.+~:^-]*$/;

/** What was installed last comes first. */
export function parseVersions(text: string): string[] {
  return text
    .split("---\n")
    .flatMap((block) => {
      const version = /^VERSION=(.+)$/m.exec(block)?.[1];
      const time = /^INSTALLTIME=(\d+)$/m.exec(block)?.[1];
      return version === undefined ? [] : [{ version: version.trim(), time: Number(time ?? 0) }];
    })
    .sort((one, other) => other.time - one.time)
    .map(({ version }) => version);
}

/** @returns null for what is no comparison */
export function parseComparison(text: string): number | null {
  const [, number] = /^\s*(-1|0|1)\s*$/.exec(text) ?? [];
  return number === undefined ? null : Number(number);
}

async function compared(machine: Machine, installed: string, other: string): Promise<Answer> {
  const { code, stdout, complaint } = await machine.run("zypper", [
    "--terse",
    "versioncmp",
    installed,
    other,
  ]);
  const value = code === null ? null : parseComparison(stdout);
  return value === null
    ? failed(
        "package-version-zypper-cmd-error",
        `error while executing zypper: ${complaint || stdout.trim()}`,
      )
    : { value };
}

export const packageVersion: Gatherer = async (machine, argument) => {
  if (argument === "") return failed("package-version-missing-argument", "missing required argument");
  const [name = "", other] = argument.split(",");
  const unknown = (why: string) =>
    failed("package-version-rpm-cmd-error", `error while fetching package version: ${why}`);
  if (![name, ...(other === undefined ? [] : [other])].every((word) => WORD.test(word)))
    return unknown(`neither a name nor a version: ${argument}`);
  const { code, stdout, complaint } = await machine.run("rpm", ["-q", "--qf", FORMAT, name]);
  if (code !== 0) return unknown(complaint || stdout.trim());
  const versions = parseVersions(stdout);
  const [newest] = versions;
  if (newest === undefined) return unknown(`package ${name} has no version`);
  return other === undefined
    ? { value: versions.map((version) => ({ version })) }
    : compared(machine, newest, other);
};
