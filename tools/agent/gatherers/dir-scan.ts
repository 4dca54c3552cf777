/** `dir_scan@v1`: to whom the paths belong that match a pattern. */
import { failed, type Value } from "../facts/value.ts";
import { type Machine, reasonOf } from "../machine.ts";
import { type Gatherer, Malformed } from "./gatherer.ts";
import { glob } from "./glob.ts";
import { GROUPS_PATH, parseGroups } from "./groups.ts";
import { PASSWD_PATH, parsePasswd } from "./passwd.ts";

async function namesOfOwners(machine: Machine) {
  const users = parsePasswd(await machine.readFile(PASSWD_PATH));
  const groups = parseGroups(await machine.readFile(GROUPS_PATH));
  return {
    users: new Map(users.map(({ uid, user }) => [Number(uid), user])),
    groups: new Map(groups.map(({ gid, name }) => [gid, name])),
  };
}

function nameOf(names: ReadonlyMap<number, string>, id: number, what: string): string {
  const name = names.get(id);
  if (name === undefined) throw new Malformed(`could not retrieve the ${what} with the id ${id}`);
  return name;
}

/** A path that is written out need not be there. */
async function ownersOf(machine: Machine, paths: readonly string[], isPattern: boolean) {
  const owners: { path: string; uid: number; gid: number }[] = [];
  for (const path of paths) {
    try {
      owners.push({ path, ...(await machine.ownerOf(path)) });
    } catch (error) {
      if (isPattern) throw error;
    }
  }
  return owners;
}

export const dirScan: Gatherer = async (machine, argument) => {
  if (argument === "") return failed("dir-scan-missing-argument", "missing required argument");
  try {
    const found = await ownersOf(machine, await glob(machine, argument), /[*?[\\]$/.test(argument));
    if (found.length === 0) return { value: [] };
    const { users, groups } = await namesOfOwners(machine);
    const value: Value[] = found.map(({ path, uid, gid }) => ({
      name: path,
      owner: nameOf(users, uid, "user"),
      group: nameOf(groups, gid, "group"),
    }));
    return { value };
  } catch (error) {
    return failed("dir-scan-scanning-error", `error during directory scanning: ${reasonOf(error)}`);
  }
};
