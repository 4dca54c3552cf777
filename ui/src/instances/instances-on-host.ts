/** Which instances run on a host. */
import type { DatabaseView } from "../../../domain/database/view.ts";
import type { SapSystemView } from "../../../domain/sap-system/view.ts";
import type { InstanceView, Owners } from "./instance.ts";

export interface OwnedInstance {
  readonly owners: Owners;
  readonly ownerId: string;
  readonly instance: InstanceView;
}

/** Those of databases first: what runs on them needs them. */
export function instancesOnHost(
  hostId: string,
  systems: readonly SapSystemView[],
  databases: readonly DatabaseView[],
): OwnedInstance[] {
  const isHere = ({ host_id }: InstanceView) => host_id === hostId;
  return [
    ...databases.flatMap(({ id, database_instances }) =>
      database_instances
        .filter(isHere)
        .map((instance): OwnedInstance => ({ owners: "databases", ownerId: id, instance })),
    ),
    ...systems.flatMap(({ id, application_instances }) =>
      application_instances
        .filter(isHere)
        .map((instance): OwnedInstance => ({ owners: "sap_systems", ownerId: id, instance })),
    ),
  ];
}
