/** What a discovery cannot do without, and no more: every single value in turn is empty, or of a wrong type. */
import { describe, expect, it } from "vitest";
import { agentId, noMemory } from "./examples.spec.ts";
import { examplesByType } from "./examples-by-type.spec.ts";
import { policies } from "./index.ts";
import { kindOf, kindsOfPlaces, type Path, spoil } from "./spoiling.spec.ts";

/** Every kind of place that holds a single value. */
function valuesIn(payload: unknown): Path[] {
  return kindsOfPlaces(payload).filter((place) => {
    let isSingle = false;
    spoil(payload, place, (found) => {
      isSingle = ["string", "number", "boolean"].includes(typeof found);
      return found;
    });
    return isSingle;
  });
}

/** What is refused when the value is something else, in any of the examples. */
function refusedWith(wanted: string, other: (found: unknown) => unknown): string[] {
  const refused = examplesByType
    .filter(([type]) => type === wanted)
    .flatMap(([type, , payload]) =>
      valuesIn(payload).flatMap((place) => {
        const result = policies[type](agentId, spoil(payload, place, other), noMemory);
        return result.ok ? [] : [kindOf(place)];
      }),
    );
  return [...new Set(refused)].sort();
}

const host = ["agent_version", "cpu_count", "hostname", "os_version", "socket_count", "total_memory_mb"];
const subscription = ["* arch", "* identifier", "* status", "* version"];
/** Metadata of a provider are told whole, or not at all. */
const cloud = [
  ...["account_id", "ami_id", "availability_zone", "data_disk_number", "disk_number", "instance_id"],
  ...["instance_name", "instance_type", "machine_type", "network", "project_id", "region", "vpc_id", "zone"],
].map((field) => `Metadata ${field}`);
const saptune = ["package_version", "saptune_installed", "status result package version"];
/** A host that does not say clearly that it is offline must describe its cluster. */
const cluster = ["Crmmon Version", "DC", "Id", "Online"];
const controlled = [
  ...["dispstatus", "features", "hostname", "httpPort", "httpsPort", "instanceNr", "startPriority"].map(
    (field) => `Instances * ${field}`,
  ),
  ...["Processes * description", "Processes * dispstatus", "Processes * name", "Properties * property"],
].map((field) => `* Instances * SAPControl ${field}`);
const system = [
  ...["* Databases * Database", "* Id", "* Profile dbs/hdb/dbname", "* SID", "* Type"],
  ...["* Instances * Host", "* Instances * Name", "* Instances * Type", ...controlled],
];
/** Of these any value will do. */
const anything = [
  "* Instances * SAPControl Processes * pid",
  "* Instances * SystemReplication local_site_id",
];

describe("refused are", () => {
  it.each([
    ["host_discovery", host],
    ["cloud_discovery", cloud],
    ["subscription_discovery", subscription],
    ["saptune_discovery", saptune],
    ["ha_cluster_discovery", cluster],
    ["sap_system_discovery", [...system, ...anything]],
  ])("of %s, when it is empty", (type, fields) => {
    expect(refusedWith(type, () => "")).toEqual(fields.toSorted());
  });

  it.each([
    ["host_discovery", [...host, "ip_addresses *", "last_boot_timestamp", "prometheus_mode"]],
    ["cloud_discovery", cloud],
    ["subscription_discovery", subscription],
    ["saptune_discovery", saptune],
    ["ha_cluster_discovery", [...cluster, "Provider"]],
    [
      "sap_system_discovery",
      [
        ...system,
        "* Instances * SAPControl Instances * currentInstance",
        "* Instances * SAPControl Properties * value",
      ],
    ],
  ])("of %s, when it is of a wrong type", (type, fields) => {
    expect(refusedWith(type, (found) => (typeof found === "string" ? 0.5 : {}))).toEqual(fields.toSorted());
  });
});
