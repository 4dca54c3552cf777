/** Old events stay readable: their data is brought to the present schema as they are read. */
import type { Upcaster } from "./definition.ts";

type Upcasters = Readonly<Partial<Record<string, readonly Upcaster[]>>>;

export function currentSchemaVersion(upcasters: Upcasters, type: string): number {
  return (upcasters[type]?.length ?? 0) + 1;
}

/** An event of a newer schema than this release knows is returned as it is. */
export function upcast(upcasters: Upcasters, type: string, schemaVersion: number, data: unknown): unknown {
  return (upcasters[type] ?? []).slice(schemaVersion - 1).reduce((older, next) => next(older), data);
}
