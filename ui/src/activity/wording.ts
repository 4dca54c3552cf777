/** Entries of the activity log in words. */
import { z } from "zod";
import type { ActivityEntryView } from "../../../domain/activity-log/entry.ts";
import { openIssueSchema } from "../../../domain/agent/open-discovery.ts";
import { clusterPath, databasePath, executionPath, hostPath, sapSystemPath } from "../links/paths.ts";

/** `sap_system_registered` in plain words. Names that are written large stay large. */
export function inWords(type: string): string {
  const words = type.replaceAll("_", " ").replace(/\b(api|suma|ai|sbd|sap)\b/g, (word) => word.toUpperCase());
  return words.charAt(0).toUpperCase() + words.slice(1);
}

const openSchema = z.object({
  discovery_type: z.string(),
  issues: z.array(openIssueSchema).default([]),
});

/** Of a discovery that is not in force: its type, and the first of what is wrong. */
function reasonIn(metadata: ActivityEntryView["metadata"]): string | null {
  const { data } = openSchema.safeParse(metadata);
  if (data === undefined) return null;
  const [first] = data.issues;
  const type = data.discovery_type.replace(/_discovery$/, "").replaceAll("_", " ");
  return first === undefined ? type : `${type}, ${[first.field, first.message].filter(Boolean).join(" ")}`;
}

/** What happened, with what something has become. */
export function headlineOf({ type, metadata }: ActivityEntryView): string {
  if (type.startsWith("discovery_")) return [inWords(type), reasonIn(metadata)].filter(Boolean).join(": ");
  const health = Object.entries(metadata).find(([key]) => /(^|_)health$/.test(key))?.[1];
  const became = type.endsWith("_health_changed")
    ? health
    : type.endsWith("_status_changed")
      ? metadata.status
      : null;
  return typeof became === "string" ? `${inWords(type)}: ${became}` : inWords(type);
}

export interface Subject {
  readonly name: string;
  /** Null where there is no page of it. */
  readonly path: string | null;
}

const pages: Readonly<Record<string, (id: string) => string>> = {
  host: hostPath,
  cluster: clusterPath,
  sap_system: sapSystemPath,
  database: databasePath,
};

type Metadata = ActivityEntryView["metadata"];

function textIn(metadata: Metadata, ...keys: readonly string[]): string | null {
  for (const key of keys) {
    const value = metadata[key];
    if (typeof value === "string" && value !== "") return value;
  }
  return null;
}

/** What the entry is about, the most particular first: an event of a cluster about one host is about the cluster. */
export function subjectOf({ metadata }: ActivityEntryView): Subject | null {
  const cluster = textIn(metadata, "cluster_id");
  if (cluster !== null) return { name: textIn(metadata, "name") ?? cluster, path: clusterPath(cluster) };
  const system = textIn(metadata, "sap_system_id");
  if (system !== null) return { name: textIn(metadata, "sid") ?? system, path: sapSystemPath(system) };
  const database = textIn(metadata, "database_id");
  if (database !== null) return { name: textIn(metadata, "sid") ?? database, path: databasePath(database) };
  const host = textIn(metadata, "host_id");
  if (host !== null) return { name: textIn(metadata, "hostname") ?? host, path: hostPath(host) };
  const group = textIn(metadata, "group_id");
  const target = textIn(metadata, "target_type", "resource_type");
  const id = group ?? textIn(metadata, "resource_id");
  if (id !== null) return { name: `${target ?? "resource"} ${id}`, path: pages[target ?? ""]?.(id) ?? null };
  const execution = textIn(metadata, "execution_id");
  return execution === null ? null : { name: execution, path: executionPath(execution) };
}
