/** A machine for specs: its files, whom they belong to, and what commands say. There is no test in here. */
import type { Machine, Output } from "./machine.ts";

export interface Described {
  /** By path. */
  readonly files?: Readonly<Record<string, string>>;
  /** By path; what is not here belongs to 0:0. */
  readonly owners?: Readonly<Record<string, readonly [uid: number, gid: number]>>;
  /** Where a path leads to. */
  readonly links?: Readonly<Record<string, string>>;
  /** By the whole command line. */
  readonly commands?: Readonly<Record<string, Partial<Output>>>;
}

export function machineWith({ files = {}, owners = {}, links = {}, commands = {} }: Described): Machine {
  const paths = [...Object.keys(files), ...Object.keys(links)];
  const missing = (path: string) => new Error(`ENOENT: ${path}`);
  return {
    async readFile(path) {
      const text = files[path];
      if (text === undefined) throw missing(path);
      return text;
    },
    async readDirectory(path) {
      const folder = path === "/" ? "/" : `${path}/`;
      const inside = paths.filter((one) => one.startsWith(folder)).map((one) => one.slice(folder.length));
      if (inside.length === 0) throw missing(path);
      const entries = new Map(inside.map((one) => [one.split("/")[0] ?? "", one.includes("/")]));
      return [...entries]
        .map(([name, isDirectory]) => ({ name, isDirectory }))
        .sort((one, other) => (one.name < other.name ? -1 : 1));
    },
    async ownerOf(path) {
      if (!paths.some((one) => one === path || one.startsWith(`${path}/`))) throw missing(path);
      const [uid, gid] = owners[path] ?? [0, 0];
      return { uid, gid };
    },
    realPath: async (path) => links[path] ?? path,
    run: async (command, args) => {
      const told = commands[[command, ...args].join(" ")];
      return told === undefined
        ? { code: null, stdout: "", complaint: `spawn ${command} ENOENT` }
        : { code: 0, stdout: "", complaint: "", ...told };
    },
  };
}
