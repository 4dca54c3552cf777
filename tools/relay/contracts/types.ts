/** The protobuf types of the contracts, from their `.proto` files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import protobuf from "protobufjs";

function load(): protobuf.Root {
  const root = new protobuf.Root();
  for (const name of ["any", "struct", "timestamp"]) {
    const { nested } = protobuf.common.get(`google/protobuf/${name}.proto`) ?? {};
    if (nested !== undefined) root.addJSON(nested);
  }
  for (const name of ["cloudevents", "checks", "discoveries"]) {
    const text = readFileSync(join(import.meta.dirname, `${name}.proto`), "utf8");
    protobuf.parse(text, root, { keepCase: true });
  }
  root.resolveAll();
  return root;
}

const root = load();

export const cloudEvent = root.lookupType("CloudEvents.CloudEvent");

/** By the full name, as in a CloudEvent's `type`; null for a name that is none of a message which travels alone. */
export function messageType(name: string): protobuf.Type | null {
  return /^Trento\.(Checks|Discoveries)\.V1\.\w+$/.test(name) ? lookUp(name) : null;
}

function lookUp(name: string): protobuf.Type | null {
  const found = root.lookup(name);
  return found instanceof protobuf.Type ? found : null;
}
