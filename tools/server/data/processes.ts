/** Processes of this machine: which one a number means. Numbers are used again, above all in containers. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";

/** Linux tells of processes by files, quicker than another process that would have to be asked. */
export const hasProcessFiles = existsSync("/proc/self/stat");

/** Null where there is none, or it has ended and nobody has taken notice yet. */
export function commandOf(pid: number): string | null {
  try {
    const text = hasProcessFiles
      ? readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ")
      : execFileSync("ps", ["-o", "args=", "-p", String(pid)], { encoding: "utf8" });
    return text.trim() === "" ? null : text.trim();
  } catch {
    return null;
  }
}

/** What `/proc/PID/stat` says of it behind its name, which may have blanks in it. @throws where it does not say */
export function statFields(pid: number): string[] {
  return readFileSync(`/proc/${pid}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
}

/** Among those fields. */
const START_TIME = 19;

/** When it began, in the system's words: the same number and the same begin are the same process. Null where nobody says. */
export function beginOf(pid: number): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot}/${statFields(pid)[START_TIME]}`;
  } catch {
    return null;
  }
}
