/** `groups@v1`: the groups of users. */
import { type Gatherer, linesOf, Malformed, valueOfFile } from "./gatherer.ts";

export const GROUPS_PATH = "/etc/group";

export interface Group {
  readonly [key: string]: string | number | string[];
  readonly name: string;
  readonly gid: number;
  readonly users: string[];
}

/** Lines of NIS name groups of elsewhere. */
const isLocal = (line: string) => !/^[+-]/.test(line);

/** @throws Malformed */
export function parseGroups(text: string): Group[] {
  return linesOf(text)
    .filter(isLocal)
    .map((line) => {
      const [name, , gid, users, ...more] = line.split(":");
      if (name === undefined || gid === undefined || users === undefined || more.length > 0)
        throw new Malformed(`not four fields: ${line}`);
      if (!/^\d+$/.test(gid)) throw new Malformed(`no id of a group: ${gid}`);
      return { name, gid: Number(gid), users: users.split(",").filter((user) => user !== "") };
    });
}

export const groups: Gatherer = (machine) =>
  valueOfFile(machine, GROUPS_PATH, parseGroups, {
    unreadable: "groups-file-error",
    malformed: "groups-decoding-error",
  });
