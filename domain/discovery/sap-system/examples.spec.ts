/** Builders of `sap_system_discovery` payloads; there is no test in here. */
import { expect } from "vitest";
import type { RegisterDatabaseInstance } from "../../database/commands.ts";
import { agentId, noMemory } from "../examples.spec.ts";
import type { AgentMemory, DiscoverApplicationInstance, DiscoveredCommand } from "../policy.ts";
import { sapSystemPolicy } from "./index.ts";

export type Changes = Readonly<Record<string, unknown>>;

export const property = (name: string, value: unknown) => ({
  property: name,
  value,
  propertytype: "Attribute",
});

/** What `sapcontrol` lists of an instance. */
export const controlled = (changes: Changes = {}) => ({
  features: "HDB|HDB_WORKER",
  hostname: "vmhana01",
  httpPort: 50013,
  httpsPort: 50014,
  dispstatus: "SAPControl-GREEN",
  instanceNr: 0,
  startPriority: "0.3",
  currentInstance: true,
  ...changes,
});

export const process = (name: string, changes: Changes = {}) => ({
  pid: 4711,
  name,
  dispstatus: "SAPControl-GREEN",
  description: `the process ${name}`,
  starttime: "2021 09 28 15:52:57",
  elapsedtime: "689:20:39",
  textstatus: "Running",
  ...changes,
});

interface Parts {
  readonly number?: unknown;
  readonly hostname?: unknown;
  /** Below `SAPControl`. */
  readonly control?: Changes;
  /** At the top of the instance. */
  readonly top?: Changes;
}

export const instance = ({ number = "00", hostname = "vmhana01", control = {}, top = {} }: Parts = {}) => ({
  Host: "vmhana01",
  Name: "HDB00",
  Type: 1,
  SAPControl: {
    Properties: [
      property("INSTANCE_NAME", "HDB00"),
      property("SAPSYSTEM", number),
      property("SAPLOCALHOST", hostname),
    ],
    Instances: [controlled()],
    Processes: [process("hdbdaemon")],
    ...control,
  },
  SystemReplication: null,
  HdbnsutilSRstate: null,
  HostConfiguration: null,
  ...top,
});

/** A database of one instance, which replicates as the state says. */
export const replicating = (HdbnsutilSRstate: unknown, SystemReplication: unknown = null) =>
  database({ Instances: [instance({ top: { HdbnsutilSRstate, SystemReplication } })] });

export const database = (changes: Changes = {}) => ({
  Id: "a database",
  SID: "PRD",
  Type: 1,
  DBAddress: "",
  Profile: { SAPSYSTEMNAME: "PRD" },
  Databases: [{ Database: "PRD", Container: "", User: "" }],
  Instances: [instance()],
  ...changes,
});

export const serverFeatures = "ABAP|GATEWAY|ICMAN|IGS";
export const server = (number = "02", { control = {}, ...parts }: Parts = {}) =>
  instance({
    number,
    hostname: "sapha1aas1",
    control: {
      Instances: [
        controlled({ features: "MESSAGESERVER|ENQUE", hostname: "sapha1as", currentInstance: false }),
        controlled({
          features: serverFeatures,
          hostname: "sapha1aas1",
          httpPort: 50213,
          httpsPort: 50214,
          instanceNr: Number(number),
          startPriority: "3",
        }),
      ],
      Processes: [process("disp+work")],
      ...control,
    },
    ...parts,
  });

export const application = (changes: Changes = {}) => ({
  Id: "an application",
  SID: "HA1",
  Type: 2,
  DBAddress: "10.74.1.12",
  Profile: { "dbs/hdb/dbname": "TNT", "system/type": "ABAP" },
  Databases: null,
  Instances: [server()],
  ...changes,
});

export function commandsOf(
  payload: unknown,
  memory: Partial<AgentMemory> = {},
): readonly DiscoveredCommand[] {
  const result = sapSystemPolicy(agentId, payload, { ...noMemory, ...memory });
  if (!result.ok) throw new Error(JSON.stringify(result.issues));
  // What is stored and read again must be the same: nothing undefined, no prototypes, no dates.
  expect(JSON.parse(JSON.stringify(result.commands))).toStrictEqual(result.commands);
  return result.commands;
}

/** The data of the registrations of database instances that systems become. */
export function databasesOf(...systems: readonly unknown[]): RegisterDatabaseInstance["data"][] {
  return commandsOf(systems).flatMap((command) =>
    command.type === "RegisterDatabaseInstance" ? [command.data] : [],
  );
}

/** The data of the application instances that systems become. */
export function applicationsOf(
  systems: readonly unknown[],
  memory: Partial<AgentMemory> = {},
): DiscoverApplicationInstance["data"][] {
  return commandsOf(systems, memory).flatMap((command) =>
    command.type === "DiscoverApplicationInstance" ? [command.data] : [],
  );
}
