/** What a host had, and a discovery says nothing of, is absent; that is told before what is there. */
import { describe, expect, it } from "vitest";
import { agentId, noMemory } from "../examples.spec.ts";
import type { RememberedInstance } from "../policy.ts";
import { application, commandsOf, database, instance, server } from "./examples.spec.ts";

const remembered = (kind: RememberedInstance["kind"], instanceNumber: string): RememberedInstance => ({
  kind,
  aggregateId: `the ${kind}`,
  instanceNumber,
});
const common = { host_id: agentId, absent_at: noMemory.now };
const absentApplication = (instance_number: string) => ({
  type: "MarkApplicationInstanceAbsent",
  data: { ...common, instance_number, sap_system_id: "the application" },
});
const absentDatabase = (instance_number: string) => ({
  type: "MarkDatabaseInstanceAbsent",
  data: { ...common, instance_number, database_id: "the database" },
});
const told = (systems: readonly unknown[], ...instances: readonly RememberedInstance[]) =>
  commandsOf(systems, { instances });

describe("an instance that the host had", () => {
  it("is absent when nothing is told of it", () => {
    expect(told([application()], remembered("application", "01"))[0]).toEqual(absentApplication("01"));
    expect(told([database()], remembered("database", "10"))[0]).toEqual(absentDatabase("10"));
  });

  it("is not when it is told", () => {
    expect(told([application()], remembered("application", "02"))).toEqual(commandsOf([application()]));
    expect(told([database()], remembered("database", "00"))).toEqual(commandsOf([database()]));
  });

  it("is absent by its number alone: an instance of the other kind has it", () => {
    // "not in this payload by instance_number": an application and a database cannot have the same number on one host.
    expect(told([database()], remembered("application", "00"))).toEqual(commandsOf([database()]));
    expect(told([application()], remembered("database", "02"))).toEqual(commandsOf([application()]));
  });

  it("is not by a number in other digits", () => {
    expect(told([application()], remembered("application", "2"))[0]).toEqual(absentApplication("2"));
  });

  it("is absent when only a system of an ignored type tells it", () => {
    expect(told([database({ Type: 3 })], remembered("database", "00"))).toEqual([absentDatabase("00")]);
  });
});

describe("absences", () => {
  it("come before registrations, of whichever kind", () => {
    const systems = [application(), database()];
    const list = told(
      systems,
      remembered("database", "10"),
      remembered("application", "02"),
      remembered("application", "01"),
    );
    expect(list).toEqual([absentDatabase("10"), absentApplication("01"), ...commandsOf(systems)]);
  });

  it.each([
    ["no systems", []],
    ["systems without instances", [database({ Instances: [] }), application({ Instances: [] })]],
  ])("are all instances for %s", (_, systems) => {
    const list = told(systems, remembered("application", "00"), remembered("database", "10"));
    expect(list).toEqual([absentApplication("00"), absentDatabase("10")]);
  });

  it("are none of a host that had nothing", () => {
    expect(told([])).toEqual([]);
  });

  it("are of the aggregate that each instance was registered with", () => {
    const other = { ...remembered("application", "01"), aggregateId: "another" };
    expect(told([], other, remembered("application", "00"))).toMatchObject([
      { data: { sap_system_id: "another" } },
      { data: { sap_system_id: "the application" } },
    ]);
  });

  it("are noticed when the discovery came in", () => {
    const now = "2026-02-03T04:05:06.789Z";
    const instances = [remembered("database", "00")];
    expect(commandsOf([], { instances, now })).toMatchObject([{ data: { absent_at: now } }]);
  });

  it("are those that are not among several systems", () => {
    const systems = [
      application({ Instances: [server("02"), server("03")] }),
      database({ Instances: [instance({ number: "10" })] }),
    ];
    const instances = ["01", "02", "03", "10"].map((number) => remembered("application", number));
    expect(told(systems, ...instances).slice(0, 2)).toEqual([
      absentApplication("01"),
      ...commandsOf(systems).slice(0, 1),
    ]);
  });
});
