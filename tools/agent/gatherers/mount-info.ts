/** `mount_info@v1`: what is mounted at a path. */
import { failed } from "../facts/value.ts";
import { type Machine, reasonOf } from "../machine.ts";
import { type Gatherer, linesOf, Malformed } from "./gatherer.ts";

const PATH = "/proc/self/mountinfo";
const BY_UUID = "/dev/disk/by-uuid";

export interface Mount {
  readonly fs_type: string;
  readonly mount_point: string;
  readonly options: string;
  readonly source: string;
}

function unescaped(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
}

/** In the order in which they were mounted. @throws Malformed */
export function parseMounts(text: string): Mount[] {
  return linesOf(text).map((line) => {
    const fields = line.split(" ");
    // Before it are as many fields as the kernel likes.
    const end = fields.indexOf("-", 6);
    const [mountPoint, options] = [fields[4], fields[5]];
    const [type, source] = end < 0 ? [] : fields.slice(end + 1);
    if (mountPoint === undefined || options === undefined || type === undefined || source === undefined)
      throw new Malformed(`no mount: ${line}`);
    return {
      fs_type: type,
      mount_point: unescaped(mountPoint),
      options,
      source: unescaped(source),
    };
  });
}

/** The id of the file system on a device, empty where it has none. */
async function uuidOf(machine: Machine, source: string): Promise<string> {
  if (!source.startsWith("/dev/")) return "";
  try {
    const device = await machine.realPath(source);
    for (const { name } of await machine.readDirectory(BY_UUID))
      if ((await machine.realPath(`${BY_UUID}/${name}`)) === device) return name;
  } catch {
    // Not every machine lists them.
  }
  return "";
}

const NOTHING: Mount = { fs_type: "", mount_point: "", options: "", source: "" };

export const mountInfo: Gatherer = async (machine, argument) => {
  if (argument === "") return failed("mount-info-missing-argument", "missing required argument");
  let mounts: readonly Mount[];
  try {
    mounts = parseMounts(await machine.readFile(PATH));
  } catch (error) {
    return failed("mount-info-parsing-error", `error parsing mount information: ${reasonOf(error)}`);
  }
  // What was mounted last hides what was mounted there before.
  const { fs_type, mount_point, options, source } =
    mounts.findLast((mount) => mount.mount_point === argument) ?? NOTHING;
  return { value: { block_uuid: await uuidOf(machine, source), fs_type, mount_point, options, source } };
};
