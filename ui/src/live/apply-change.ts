/** Applies what a room tells to the resources that are known. */
import type { Change } from "../../../party/messages.ts";

/** Versions that are known, by resource: messages may come late, and an older one says nothing new. */
export type Versions = Map<string, number>;

interface Identified {
  readonly id: string;
}

/** How resources of one type are kept. */
export interface Keeping<Resource> {
  /** The order of the list. */
  compare(one: Resource, other: Resource): number;
  /** What the room does not tell is taken from what is known. */
  merge?(told: Resource, known: Resource | undefined): Resource;
}

/** The list after the change: the same list when the change is old. */
export function applyChange<Resource extends Identified>(
  resources: readonly Resource[],
  change: Change<Resource>,
  versions: Versions,
  { compare, merge = (told) => told }: Keeping<Resource>,
): readonly Resource[] {
  if (change.version < (versions.get(change.id) ?? 0)) return resources;
  versions.set(change.id, change.version);
  const known = resources.find(({ id }) => id === change.id);
  if (change.resource === null)
    return known === undefined ? resources : resources.filter(({ id }) => id !== change.id);
  const resource = merge(change.resource, known);
  if (known === undefined) return [...resources, resource].sort(compare);
  return resources.map((other) => (other.id === resource.id ? resource : other));
}
