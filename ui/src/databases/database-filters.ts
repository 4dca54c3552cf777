/** How databases are searched and chosen. */
import { byTag, type Filtering } from "../list/filters.ts";
import type { DatabaseRow } from "./database-row.ts";

export const databaseFiltering: Filtering<DatabaseRow> = {
  hint: "SID, SAP system, site, host, tag",
  textsOf: ({ sid, systems, replication, database_instances, tags }) => [
    sid,
    ...systems.map((system) => system.sid),
    replication,
    ...database_instances.map(({ instance_hostname }) => instance_hostname),
    ...tags.map(({ value }) => value),
  ],
  choices: [
    { name: "sid", label: "SID", valuesOf: ({ sid }) => [sid] },
    {
      name: "replicated",
      label: "Replicated",
      valuesOf: ({ replication }) => [replication === "" ? "no" : "yes"],
      all: ["yes", "no"],
      textOf: (value) => (value === "yes" ? "Replicated" : "Not replicated"),
    },
    byTag,
  ],
};
