/** What something is called, and what it has to do with: its cluster, its hosts, what runs on it or below it. */
import { z } from "zod";
import type { AlertedResource, Trouble } from "../../domain/alerts/alert.ts";

export interface Surroundings {
  /** Null while it is not known. */
  readonly name: string | null;
  /** Of a host: the name of its cluster. */
  readonly cluster: string | null;
  /** Of a host: what runs on it, as `00 of PRD`. */
  readonly instances: readonly string[];
  /** Itself and everything that it may have to do with. */
  readonly related: readonly string[];
}

/** Each gives one text by the id of the resource. */
const names: Readonly<Record<AlertedResource, string>> = {
  host: "SELECT hostname AS name FROM hosts WHERE id = ?1",
  cluster: "SELECT name FROM clusters WHERE id = ?1",
  database: "SELECT sid AS name FROM databases WHERE id = ?1",
  sap_system: "SELECT sid AS name FROM sap_systems WHERE id = ?1",
};

const CLUSTER_OF_HOST = "SELECT 'cluster/' || cluster_id FROM cluster_hosts WHERE host_id = ?1";
const DATABASES_OF_HOST = "SELECT 'database/' || database_id FROM database_instances WHERE host_id = ?1";
const SYSTEMS_OF_HOST = "SELECT 'sap_system/' || sap_system_id FROM application_instances WHERE host_id = ?1";

const related: Readonly<Record<AlertedResource, string>> = {
  host: [CLUSTER_OF_HOST, DATABASES_OF_HOST, SYSTEMS_OF_HOST].join(" UNION "),
  cluster: "SELECT 'host/' || host_id FROM cluster_hosts WHERE cluster_id = ?1",
  database: `SELECT 'host/' || host_id FROM database_instances WHERE database_id = ?1
    UNION SELECT 'sap_system/' || id FROM sap_systems WHERE database_id = ?1`,
  sap_system: `SELECT 'host/' || host_id FROM application_instances WHERE sap_system_id = ?1
    UNION SELECT 'database/' || database_id FROM sap_systems WHERE id = ?1 AND database_id IS NOT NULL`,
};

const rowsSchema = z.array(z.tuple([z.string().nullable()]));

/** The one column of all rows. */
async function texts(db: D1Database, query: string, id: string): Promise<string[]> {
  const rows = rowsSchema.parse(await db.prepare(query).bind(id).raw());
  return rows.flatMap(([text]) => text ?? []);
}

export async function surroundingsOf(db: D1Database, { resource, id }: Trouble): Promise<Surroundings> {
  const isHost = resource === "host";
  const [name, keys, cluster, instances] = await Promise.all([
    texts(db, names[resource], id),
    texts(db, related[resource], id),
    isHost
      ? texts(
          db,
          "SELECT name FROM clusters JOIN cluster_hosts ON cluster_id = clusters.id WHERE host_id = ?1",
          id,
        )
      : [],
    isHost
      ? texts(
          db,
          `SELECT instance_number || ' of ' || sid FROM database_instances WHERE host_id = ?1
           UNION ALL SELECT instance_number || ' of ' || sid FROM application_instances WHERE host_id = ?1`,
          id,
        )
      : [],
  ]);
  return {
    name: name[0] ?? null,
    cluster: cluster[0] ?? null,
    instances,
    related: [`${resource}/${id}`, ...keys],
  };
}
