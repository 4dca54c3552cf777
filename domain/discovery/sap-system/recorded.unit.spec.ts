/** What real agents sent of SAP systems ends in what it must; skipped where the recordings are not at hand. */
import { describe, expect, it } from "vitest";
import { agentId, noMemory } from "../examples.spec.ts";
import type { AgentMemory, RememberedInstance } from "../policy.ts";
import { recorded, recordedIn, recordingsPresent } from "../recordings.spec.ts";
import { sapSystemPolicy } from "./index.ts";

const PREFIX = "sap_system_discovery_";

function commandsOf(name: string, memory: Partial<AgentMemory> = {}) {
  const { agent_id, payload } = recorded(`discovery/${PREFIX}${name}`);
  const result = sapSystemPolicy(agent_id, payload, { ...noMemory, ...memory });
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  return result.commands;
}

describe.skipIf(!recordingsPresent)("all that is recorded of SAP systems", () => {
  it("is looked at", () => {
    const names = recordedIn("discovery", (name) => name.startsWith(PREFIX));
    expect(names.map((name) => name.slice(`discovery/${PREFIX}`.length))).toEqual([
      "application",
      "database",
      "database_secondary",
      "empty",
      "empty_application_instances",
    ]);
  });
});

describe.skipIf(!recordingsPresent)("recorded instances", () => {
  const database = {
    database_id: "97c4127a-29bc-5315-82bd-8f154bee626f",
    host_id: agentId,
    sid: "PRD",
    tenants: [{ name: "PRD" }],
    instance_number: "00",
    features: "HDB|HDB_WORKER",
    start_priority: "0.3",
    status: "green",
  };

  it("of a primary", () => {
    expect(commandsOf("database")).toEqual([
      {
        type: "RegisterDatabaseInstance",
        data: {
          ...database,
          instance_hostname: "vmhana01",
          http_port: 50013,
          https_port: 50014,
          system_replication: "Primary",
          system_replication_status: "ERROR",
          system_replication_site: "Site1",
          system_replication_site_id: 1,
          system_replication_mode: "primary",
          system_replication_operation_mode: "primary",
          system_replication_source_site: null,
          system_replication_tier: 1,
          system_replication_active_primary_site: null,
        },
      },
    ]);
  });

  it("of a secondary", () => {
    expect(commandsOf("database_secondary")).toEqual([
      {
        type: "RegisterDatabaseInstance",
        data: {
          ...database,
          instance_hostname: "vmhdbdev02",
          http_port: 51013,
          https_port: 51014,
          system_replication: "Secondary",
          system_replication_status: null,
          system_replication_site: "Site2",
          system_replication_site_id: 2,
          system_replication_mode: "sync",
          system_replication_operation_mode: "logreplay",
          system_replication_source_site: "Site1",
          system_replication_tier: 2,
          system_replication_active_primary_site: 1,
        },
      },
    ]);
  });

  it("of an application", () => {
    expect(commandsOf("application")).toMatchObject([
      {
        type: "DiscoverApplicationInstance",
        data: {
          host_id: agentId,
          sid: "HA1",
          tenant: "PRD",
          db_host: "10.74.1.12",
          instance_number: "02",
          instance_hostname: "sapha1aas1",
          status: "green",
          ensa_version: "no_ensa",
          clustered: false,
        },
      },
    ]);
  });

  it("of an application that a cluster moves", () => {
    expect(commandsOf("application", { movable: ["HA1/02"] })).toMatchObject([{ data: { clustered: true } }]);
  });
});

describe.skipIf(!recordingsPresent)("recorded hosts without instances", () => {
  const instances: RememberedInstance[] = [
    { kind: "application", aggregateId: "a system", instanceNumber: "00" },
    { kind: "database", aggregateId: "a database", instanceNumber: "10" },
  ];

  it.each(["empty", "empty_application_instances"])("%s registers nothing", (name) => {
    expect(commandsOf(name)).toEqual([]);
  });

  it.each(["empty", "empty_application_instances"])("%s makes all absent that was there", (name) => {
    expect(commandsOf(name, { instances })).toMatchObject([
      { type: "MarkApplicationInstanceAbsent", data: { sap_system_id: "a system", instance_number: "00" } },
      { type: "MarkDatabaseInstanceAbsent", data: { database_id: "a database", instance_number: "10" } },
    ]);
  });
});
