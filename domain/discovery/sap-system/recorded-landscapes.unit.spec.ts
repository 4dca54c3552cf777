/** The systems and databases of whole recorded landscapes; skipped where the recordings are not at hand. */
import { describe, expect, it } from "vitest";
import { noMemory } from "../examples.spec.ts";
import { sapSystemIdOf } from "../ids.ts";
import type { DiscoveredCommand } from "../policy.ts";
import { recorded, recordedIn, recordingsPresent } from "../recordings.spec.ts";
import { sapSystemPolicy } from "./index.ts";

/** What all agents of a landscape tell together; it is an error if one of them cannot be read. */
function landscape(name: string) {
  const paths = recordedIn(`scenarios/${name}`, (file) => file.endsWith("_sap_system_discovery"));
  const commands = paths.flatMap((path): readonly DiscoveredCommand[] => {
    const { agent_id, payload } = recorded(path);
    const result = sapSystemPolicy(agent_id, payload, noMemory);
    if (!result.ok) throw new Error(`${path}: ${JSON.stringify(result.issues)}`);
    return result.commands;
  });
  const databases = commands.flatMap((one) => (one.type === "RegisterDatabaseInstance" ? [one.data] : []));
  const applications = commands.flatMap((one) =>
    one.type === "DiscoverApplicationInstance" ? [one.data] : [],
  );
  return { paths, commands, databases, applications };
}

type Landscape = ReturnType<typeof landscape>;
const ofDatabase = ({ databases }: Landscape, id: string) =>
  databases.filter(({ database_id }) => database_id === id);

/** The id that the instances of a SID make with the database that holds their tenant. */
function systemIds({ applications, databases }: Landscape, sid: string): string[] {
  const ids = applications
    .filter((one) => one.sid === sid)
    .flatMap(({ tenant }) =>
      databases
        .filter(({ tenants }) => tenants.some(({ name }) => name === tenant))
        .map(({ database_id }) => sapSystemIdOf(database_id, tenant)),
    );
  return [...new Set(ids)];
}

describe.skipIf(!recordingsPresent)("the recorded landscape of 27 hosts", () => {
  const all = landscape("healthy-27-node-SAP-cluster");

  it("is told of by 27 hosts, of which 18 run instances", () => {
    expect(all.paths).toHaveLength(27);
    expect(all.commands).toHaveLength(18);
    expect(new Set(all.commands.map(({ data }) => "host_id" in data && data.host_id)).size).toBe(18);
  });

  it.each([
    ["HDD", "f534a4ad-cef7-5234-b196-e67082ffb50c"],
    ["HDQ", "cd52e571-c897-5bba-b0f9-e155ceca1fff"],
    ["HDP", "6c9208eb-a5bb-57ef-be5c-6422dedab602"],
  ])("the database %s is %s", (sid, id) => {
    const instances = ofDatabase(all, id);
    expect(instances).toHaveLength(2);
    for (const instance of instances) {
      expect(instance).toMatchObject({
        sid,
        tenants: [{ name: sid }],
        instance_number: "10",
        features: "HDB|HDB_WORKER",
        http_port: 51013,
        https_port: 51014,
        start_priority: "0.3",
        status: "green",
      });
    }
    const byRole = (role: string) => instances.find(({ system_replication }) => system_replication === role);
    expect(byRole("Primary")).toMatchObject({
      system_replication_site: "NBG",
      system_replication_tier: 1,
      system_replication_status: "ACTIVE",
      system_replication_source_site: null,
    });
    expect(byRole("Secondary")).toMatchObject({
      system_replication_site: "WDF",
      system_replication_tier: 2,
      system_replication_mode: "sync",
      system_replication_operation_mode: "logreplay",
      system_replication_source_site: "NBG",
    });
  });

  it.each([
    ["NWD", "HDD", "10.100.1.13", "67b247e4-ab5b-5094-993a-a4fd70d0e8d1"],
    ["NWQ", "HDQ", "10.90.1.13", "6748d2dd-b5a1-5599-895c-d1308b2d6541"],
    ["NWP", "HDP", "10.80.1.13", "eb7bc03e-166f-5ed0-b22d-79672d110d04"],
  ])("the system %s has its data in %s at %s, and is %s", (sid, tenant, db_host, id) => {
    expect(systemIds(all, sid)).toEqual([id]);
    const instances = all.applications.filter((one) => one.sid === sid);
    expect(new Set(instances.map((one) => `${one.tenant} ${one.db_host}`))).toEqual(
      new Set([`${tenant} ${db_host}`]),
    );
    const sorted = instances.toSorted(
      (one, other) => Number(one.instance_number) - Number(other.instance_number),
    );
    const server = { features: "ABAP|GATEWAY|ICMAN|IGS", start_priority: "3", ensa_version: "no_ensa" };
    expect(sorted).toMatchObject([
      {
        ...{ instance_number: "00", features: "MESSAGESERVER|ENQUE", http_port: 50013, https_port: 50014 },
        ...{ start_priority: "1", ensa_version: "ensa1" },
      },
      { instance_number: "01", http_port: 50113, https_port: 50114, ...server },
      { instance_number: "02", http_port: 50213, https_port: 50214, ...server },
      {
        instance_number: "10",
        features: "ENQREP",
        http_port: 51013,
        start_priority: "0.5",
        ensa_version: "ensa1",
      },
    ]);
    expect(new Set(instances.map(({ status }) => status))).toEqual(new Set(["green"]));
  });
});

describe.skipIf(!recordingsPresent)("the other recorded landscapes", () => {
  it("one database and one application", () => {
    const all = landscape("single-hana-single-app");
    expect(all.databases).toMatchObject([
      {
        database_id: "458faae1-d7ca-59a7-b0fd-bd9b023bfce9",
        sid: "PRD",
        system_replication: null,
        system_replication_tier: null,
      },
    ]);
    expect(all.applications.map(({ sid, db_host }) => [sid, db_host])).toEqual([
      ["HA1", "10.0.1.10"],
      ["HA1", "10.0.1.10"],
    ]);
    expect(systemIds(all, "HA1")).toEqual(["6b8afca9-eaa8-5d16-bfeb-323d724659c6"]);
  });

  it.each([
    ["hana-scale-up-angi", "HN9", "3daab481-1f21-5e32-84bc-0014bda8efdf", 1],
    ["hana-scale-out", "H4P", "788e82b2-04d8-59ad-9da3-c46f2efe0646", 2],
  ])("%s has the database %s, %s, with %d instances at each site", (name, sid, id, instances) => {
    const all = landscape(name);
    expect(all.applications).toEqual([]);
    expect(new Set(all.databases.map((one) => `${one.sid} ${one.database_id}`))).toEqual(
      new Set([`${sid} ${id}`]),
    );
    const roles = all.databases.map((one) => one.system_replication);
    expect(roles.filter((role) => role === "Primary")).toHaveLength(instances);
    expect(roles.filter((role) => role === "Secondary")).toHaveLength(instances);
  });
});
