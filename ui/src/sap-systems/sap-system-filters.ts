/** How SAP systems are searched and chosen. */
import type { SapSystemView } from "../../../domain/sap-system/view.ts";
import { byTag, type Filtering } from "../list/filters.ts";
import { typesOf } from "./sap-system-words.ts";

export const sapSystemFiltering: Filtering<SapSystemView> = {
  hint: "SID, database, tenant, address, tag",
  textsOf: ({ sid, database_sid, tenant, db_host, application_instances, tags }) => [
    sid,
    database_sid,
    tenant,
    db_host,
    ...application_instances.map(({ instance_hostname }) => instance_hostname),
    ...tags.map(({ value }) => value),
  ],
  choices: [
    { name: "sid", label: "SID", valuesOf: ({ sid }) => [sid] },
    {
      name: "type",
      label: "Type",
      valuesOf: ({ application_instances }) => typesOf(application_instances),
    },
    { name: "database", label: "Database", valuesOf: ({ database_sid }) => [database_sid] },
    byTag,
  ],
};
