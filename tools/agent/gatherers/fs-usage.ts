/** `fs_usage@v1`: how full file systems are: that of a path, or all. */
import { failed } from "../facts/value.ts";
import { isOption } from "../machine.ts";
import { type Gatherer, Malformed } from "./gatherer.ts";

export interface Usage {
  readonly [key: string]: string | number;
  readonly filesystem: string;
  /** Of 1024 bytes. */
  readonly blocks: number;
  readonly used: number;
  /** Below zero where the superuser has used what was reserved. */
  readonly available: number;
  /** Percent. */
  readonly capacity: number;
  readonly mountpoint: string;
}

const LINE = /^(.*?)\s+(\d+)\s+(\d+)\s+(-?\d+)\s+(\d+)%\s+(.*)$/;

/** What `df -k -P` prints. @throws Malformed */
export function parseUsage(text: string): Usage[] {
  const [, ...lines] = text.split("\n");
  return lines
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => {
      const [, filesystem, blocks, used, available, capacity, mountpoint] = LINE.exec(line) ?? [];
      if (filesystem === undefined || mountpoint === undefined)
        throw new Malformed(`no file system: ${line}`);
      return {
        filesystem,
        blocks: Number(blocks),
        used: Number(used),
        available: Number(available),
        capacity: Number(capacity),
        mountpoint,
      };
    });
}

export const fsUsage: Gatherer = async (machine, argument) => {
  if (isOption(argument))
    return failed("fs-usage-execution-error", `the execution of df failed: no path: ${argument}`);
  const path = argument === "" ? [] : ["--", argument];
  const { code, stdout, complaint } = await machine.run("df", ["-k", "-P", ...path]);
  // Asked for all, it also complains of those that it may not look into, after it has printed the others.
  const isUseful = code === 0 || (code === 1 && argument === "" && stdout !== "");
  if (!isUseful) return failed("fs-usage-execution-error", `the execution of df failed: ${complaint}`);
  try {
    return { value: parseUsage(stdout) };
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return failed("fs-usage-invalid-format-error", `the df output is invalid: ${error.message}`);
  }
};
