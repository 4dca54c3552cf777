/** `passwd@v1`: the users. The field of the password is left out. */
import { cast } from "../facts/cast.ts";
import { type Gatherer, linesOf, Malformed, valueOfFile } from "./gatherer.ts";

export const PASSWD_PATH = "/etc/passwd";

export interface User {
  readonly [key: string]: string;
  readonly user: string;
  readonly uid: string;
  readonly gid: string;
  readonly description: string;
  readonly home: string;
  readonly shell: string;
}

const isLocal = (line: string) => !/^[+-]/.test(line);

/** @throws Malformed */
export function parsePasswd(text: string): User[] {
  return linesOf(text)
    .filter(isLocal)
    .map((line) => {
      const [user, , uid, gid, description, home, shell, ...more] = line.split(":");
      if (
        user === undefined ||
        uid === undefined ||
        gid === undefined ||
        description === undefined ||
        home === undefined ||
        shell === undefined ||
        more.length > 0
      )
        throw new Malformed("not seven fields");
      return { user, uid, gid, description, home, shell };
    });
}

export const passwd: Gatherer = (machine) =>
  valueOfFile(
    machine,
    PASSWD_PATH,
    (text) =>
      parsePasswd(text).map((one) =>
        Object.fromEntries(Object.entries(one).map(([key, value]) => [key, cast(value)])),
      ),
    { unreadable: "passwd-file-error", malformed: "passwd-decoding-error" },
  );
