/** `corosync.conf@v1`: the configuration of Corosync, or what is at a path in it. */
import { cast } from "../facts/cast.ts";
import { valueAt } from "../facts/path.ts";
import type { Value } from "../facts/value.ts";
import { type Gatherer, linesOf, Malformed, valueOfFile } from "./gatherer.ts";

const PATH = "/etc/corosync/corosync.conf";
/** Sections of which there may be several are lists, also where there is one. */
const LISTED: ReadonlySet<string> = new Set(["interface", "node"]);

interface Section {
  readonly name: string;
  readonly values: Record<string, Value>;
  readonly lists: Map<string, Value[]>;
}

const section = (name: string): Section => ({ name, values: {}, lists: new Map() });

function finished({ values, lists }: Section): Value {
  return { ...values, ...Object.fromEntries(lists) };
}

/** A section that comes a second time, and is not listed, replaces nothing: both are in a list. */
function add(parent: Section, { name }: Section, value: Value): void {
  const list = parent.lists.get(name);
  if (list !== undefined) list.push(value);
  else if (LISTED.has(name)) parent.lists.set(name, [value]);
  else if (Object.hasOwn(parent.values, name)) {
    const first = parent.values[name];
    delete parent.values[name];
    parent.lists.set(name, [...(first === undefined ? [] : [first]), value]);
  } else parent.values[name] = value;
}

/** @throws Malformed */
export function parseCorosyncConf(text: string): Value {
  const open: [Section, ...Section[]] = [section("")];
  for (const line of linesOf(text)) {
    const name = /^(\w+)\s*\{$/.exec(line)?.[1];
    const [, key, value] = /^([\w.]+)\s*:\s*(.*)$/.exec(line) ?? [];
    const current = open.at(-1) ?? open[0];
    if (name !== undefined) open.push(section(name));
    else if (line === "}") {
      const parent = open.at(-2);
      if (parent === undefined) throw new Malformed("a section is closed that is not open");
      open.pop();
      add(parent, current, finished(current));
    } else if (key !== undefined && value !== undefined) current.values[key] = cast(value);
    else throw new Malformed(`neither a section nor a value: ${line}`);
  }
  if (open.length > 1) throw new Malformed(`the section ${open.at(-1)?.name} is not closed`);
  return finished(open[0]);
}

export const corosyncConf: Gatherer = async (machine, argument) => {
  const whole = await valueOfFile(machine, PATH, parseCorosyncConf, {
    unreadable: "corosync-conf-file-error",
    malformed: "corosync-conf-decoding-error",
  });
  return "error" in whole ? whole : valueAt(whole.value, argument);
};
