/** Systems of type 1: each instance is registered as one of the database, with the database's tenants. */
import { describe, expect, it } from "vitest";
import { agentId } from "../examples.spec.ts";
import { databaseIdOf } from "../ids.ts";
import { commandsOf, controlled, database, databasesOf, instance, property } from "./examples.spec.ts";

describe("a database instance", () => {
  it("is registered with all that is told of it", () => {
    expect(commandsOf([database()])).toEqual([
      {
        type: "RegisterDatabaseInstance",
        data: {
          database_id: databaseIdOf("a database"),
          sid: "PRD",
          tenants: [{ name: "PRD" }],
          host_id: agentId,
          instance_number: "00",
          instance_hostname: "vmhana01",
          features: "HDB|HDB_WORKER",
          http_port: 50013,
          https_port: 50014,
          start_priority: "0.3",
          status: "green",
          system_replication: null,
          system_replication_status: null,
          system_replication_site: null,
          system_replication_site_id: null,
          system_replication_mode: null,
          system_replication_operation_mode: null,
          system_replication_source_site: null,
          system_replication_tier: null,
          system_replication_active_primary_site: null,
        },
      },
    ]);
  });

  it("has the number and host that its properties tell, whatever else does", () => {
    const [told] = databasesOf(
      database({
        Instances: [
          instance({
            number: "07",
            hostname: "virtual",
            control: { Instances: [controlled({ instanceNr: 42, hostname: "another" })] },
            top: { Host: "host", Name: "HDB42" },
          }),
        ],
      }),
    );
    expect(told).toMatchObject({ instance_number: "07", instance_hostname: "virtual" });
  });

  it("keeps the zero at the beginning of its number", () => {
    expect(databasesOf(database()).map((one) => one.instance_number)).toEqual(["00"]);
  });

  it("takes the first property of a name", () => {
    const Properties = [
      property("SAPSYSTEM", "01"),
      property("SAPSYSTEM", "02"),
      property("SAPLOCALHOST", "h"),
    ];
    const told = databasesOf(database({ Instances: [instance({ control: { Properties } })] }));
    expect(told.map((one) => one.instance_number)).toEqual(["01"]);
  });

  it.each([
    ["SAPControl-GREEN", "green"],
    ["SAPControl-YELLOW", "yellow"],
    ["SAPControl-RED", "red"],
    ["SAPControl-GRAY", "gray"],
  ])("that is %s is %s", (dispstatus, status) => {
    const Instances = [instance({ control: { Instances: [controlled({ dispstatus })] } })];
    expect(databasesOf(database({ Instances }))).toMatchObject([{ status }]);
  });

  it("may tell its numbers as text", () => {
    const listed = controlled({
      httpPort: "50013",
      httpsPort: "50014",
      instanceNr: "0",
      currentInstance: "true",
    });
    const Instances = [instance({ control: { Instances: [listed] }, top: { Type: "1" } })];
    expect(databasesOf(database({ Type: "1", Instances }))).toMatchObject([
      { http_port: 50013, https_port: 50014 },
    ]);
  });

  it("may have properties without a value, which nobody asks for", () => {
    const { SAPControl } = instance();
    const Properties = [property("PARAMETER", ""), property("OTHER", null), ...SAPControl.Properties];
    const Instances = [instance({ control: { Properties } })];
    expect(databasesOf(database({ Instances }))).toHaveLength(1);
  });
});

describe("a database", () => {
  it("has its instances registered in the order in which they are told", () => {
    const Instances = ["10", "00", "20"].map((number) => instance({ number }));
    const told = databasesOf(database({ Instances }));
    expect(told.map((one) => one.instance_number)).toEqual(["10", "00", "20"]);
    expect(new Set(told.map((one) => one.database_id)).size).toBe(1);
  });

  it("has all its tenants, by their names alone", () => {
    const Databases = ["PRD", "QAS"].map((Database) => ({ Database, Active: "yes", SqlPort: "30015" }));
    expect(databasesOf(database({ Databases }))).toMatchObject([
      { tenants: [{ name: "PRD" }, { name: "QAS" }] },
    ]);
  });

  it.each([null, undefined, []])("has no tenants when %j is told", (Databases) => {
    expect(databasesOf(database({ Databases }))).toMatchObject([{ tenants: [] }]);
  });

  it("is known by its id", () => {
    const ids = ["one", "two", "one"].map((Id) => databasesOf(database({ Id }))[0]?.database_id);
    expect(ids).toEqual([databaseIdOf("one"), databaseIdOf("two"), databaseIdOf("one")]);
    expect(ids[0]).not.toBe(ids[1]);
  });

  it("without instances registers nothing", () => {
    expect(commandsOf([database({ Instances: [] })])).toEqual([]);
  });
});
