/** `sap_system_discovery` → what is no longer there is marked absent, then what is there is registered. */
import type { EnsaVersion } from "../../sap-system/state.ts";
import { databaseIdOf } from "../ids.ts";
import type { Issue } from "../issue.ts";
import { readAs } from "../leniently.ts";
import {
  type AgentMemory,
  commandsWithout,
  type DiscoveredCommand,
  invalid,
  type Policy,
} from "../policy.ts";
import { commonFields } from "./instance.ts";
import { payloadSchema, type SentApplication, type SentDatabase, type SentInstance } from "./payload.ts";
import { systemReplicationOf } from "./replication.ts";

/** Processes that tell the generation of the enqueue server. */
const generations: ReadonlyMap<string, EnsaVersion> = new Map([
  ["enserver", "ensa1"],
  ["enrepserver", "ensa1"],
  ["enq_server", "ensa2"],
  ["enq_replicator", "ensa2"],
]);

function ensaVersionOf({ SAPControl }: SentInstance): EnsaVersion {
  const told = SAPControl.Processes.map(({ name }) => generations.get(name));
  return told.find((version) => version !== undefined) ?? "no_ensa";
}

type Read = { readonly commands: DiscoveredCommand[] } | { readonly issue: Issue };

function readDatabase(system: SentDatabase, hostId: string): Read {
  const database_id = databaseIdOf(system.Id);
  const tenants = system.Databases.map(({ Database }) => ({ name: Database }));
  const found: DiscoveredCommand[] = [];
  for (const [index, instance] of system.Instances.entries()) {
    const common = commonFields(instance, hostId);
    if ("issue" in common) return { issue: within(["Instances", index], common.issue) };
    found.push({
      type: "RegisterDatabaseInstance",
      data: { database_id, sid: system.SID, tenants, ...common.value, ...systemReplicationOf(instance) },
    });
  }
  return { commands: found };
}

function readApplication(system: SentApplication, hostId: string, memory: AgentMemory): Read {
  const found: DiscoveredCommand[] = [];
  const db_host = system.DBAddress;
  if (db_host === null) return { commands: [] };
  for (const [index, instance] of system.Instances.entries()) {
    const common = commonFields(instance, hostId);
    if ("issue" in common) return { issue: within(["Instances", index], common.issue) };
    found.push({
      type: "DiscoverApplicationInstance",
      data: {
        sid: system.SID,
        tenant: system.Profile["dbs/hdb/dbname"],
        db_host,
        ...common.value,
        ensa_version: ensaVersionOf(instance),
        clustered: memory.movable.includes(`${system.SID}/${common.value.instance_number}`),
      },
    });
  }
  return { commands: found };
}

function within(path: Issue["path"], issue: Issue): Issue {
  return { ...issue, path: [...path, ...issue.path] };
}

/** Instances that the host had, and of which this discovery says nothing. */
function absences(
  agentId: string,
  memory: AgentMemory,
  registrations: readonly DiscoveredCommand[],
): DiscoveredCommand[] {
  const present = new Set(
    registrations.map(({ data }) => ("instance_number" in data ? data.instance_number : null)),
  );
  return memory.instances
    .filter(({ instanceNumber }) => !present.has(instanceNumber))
    .map(({ kind, aggregateId, instanceNumber }): DiscoveredCommand => {
      const common = { host_id: agentId, instance_number: instanceNumber, absent_at: memory.now };
      return kind === "application"
        ? { type: "MarkApplicationInstanceAbsent", data: { sap_system_id: aggregateId, ...common } }
        : { type: "MarkDatabaseInstanceAbsent", data: { database_id: aggregateId, ...common } };
    });
}

export const sapSystemPolicy: Policy = (agentId, payload, memory) => {
  const sent = readAs(payloadSchema, payload);
  if (!sent.ok) return invalid(sent.issues);
  const registrations: DiscoveredCommand[] = [];
  for (const [index, system] of sent.data.entries()) {
    if (system.kind === "ignored") continue;
    const read =
      system.kind === "database"
        ? readDatabase(system.system, agentId)
        : readApplication(system.system, agentId, memory);
    if ("issue" in read) return invalid([within([index], read.issue)]);
    registrations.push(...read.commands);
  }
  return commandsWithout(sent.dropped, ...absences(agentId, memory, registrations), ...registrations);
};
