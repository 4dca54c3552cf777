/** The protobuf types of the contracts, from their `.proto` files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import protobuf from "protobufjs";

/** How messages are read: what protobuf leaves out is empty. */
export const toObject = {
  longs: Number,
  arrays: true,
  objects: true,
  defaults: true,
  oneofs: false,
} as const;

function load(): protobuf.Root {
  const root = new protobuf.Root();
  for (const name of ["any", "struct", "timestamp"]) {
    const { nested } = protobuf.common.get(`google/protobuf/${name}.proto`) ?? {};
    if (nested !== undefined) root.addJSON(nested);
  }
  for (const name of ["cloudevents", "checks", "discoveries", "parts"]) {
    const text = readFileSync(join(import.meta.dirname, `${name}.proto`), "utf8");
    protobuf.parse(text, root, { keepCase: true });
  }
  root.resolveAll();
  return root;
}

const root = load();

export const cloudEvent = root.lookupType("CloudEvents.CloudEvent");

/** An answer whose facts are still bytes; one fact; and its names, whatever else is in it. */
export const factsInParts = root.lookupType("Parts.FactsGathered");
export const fact = root.lookupType("Trento.Checks.V1.Fact");
export const factNames = root.lookupType("Parts.FactNames");

/** By the full name, as in a CloudEvent's `type`; null for a name that is none of a message which travels alone. */
export function messageType(name: string): protobuf.Type | null {
  return /^Trento\.(Checks|Discoveries)\.V1\.\w+$/.test(name) ? lookUp(name) : null;
}

function lookUp(name: string): protobuf.Type | null {
  const found = root.lookup(name);
  return found instanceof protobuf.Type ? found : null;
}
