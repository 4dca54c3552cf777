/** Who was in a room from the beginning has what the tables have. */
import { readClusters } from "../../../workers/read-models/cluster-views.ts";
import { type Database, databaseOf } from "../../../workers/read-models/database.ts";
import { readDatabases } from "../../../workers/read-models/database-views.ts";
import { readHosts } from "../../../workers/read-models/host-views.ts";
import { readSapSystems } from "../../../workers/read-models/sap-system-views.ts";
import type { Viewed } from "../../../workers/read-models/viewed.ts";
import { SimulatedSocket } from "../objects.ts";
import { firstDifference } from "./difference.ts";
import type { LandscapeSystem } from "./system.ts";

const readers: Readonly<Record<string, (db: Database) => Promise<Map<string, Viewed<unknown>>>>> = {
  hosts: readHosts,
  clusters: readClusters,
  databases: readDatabases,
  sap_systems: readSapSystems,
};

interface Heard {
  readonly type: string;
  readonly change: { readonly id: string; readonly version: number; readonly resource: unknown };
}

export type Listeners = ReadonlyMap<string, SimulatedSocket>;

export function enterRooms(system: LandscapeSystem): Listeners {
  return new Map(
    Object.keys(readers).map((topic) => {
      const socket = new SimulatedSocket();
      system.objectOf("monitoring_room", topic).sockets = [socket];
      return [topic, socket];
    }),
  );
}

export async function checkRooms(system: LandscapeSystem, listeners: Listeners): Promise<void> {
  for (const [topic, socket] of listeners) {
    const read = readers[topic];
    if (read === undefined) continue;
    const has = new Map<string, Heard["change"]>();
    for (const { type, change } of socket.heard as Heard[])
      if (type === "change" && change.version >= (has.get(change.id)?.version ?? 0))
        has.set(change.id, change);
    const found = await system.await(read(databaseOf(system.bindings)));
    for (const [id, { version, view }] of found) {
      const known = has.get(id);
      if (JSON.stringify(known?.resource ?? null) === JSON.stringify(view)) continue;
      const difference = firstDifference(known?.resource ?? null, view);
      system.world.problem(
        `room ${topic}: ${id} at version ${known?.version} of ${version} is not what the tables have: ${difference}`,
      );
      return;
    }
  }
}
