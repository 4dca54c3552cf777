/** The systems of a payload, by their types. */
import { describe, expect, it } from "vitest";
import { complaints, invalid } from "../examples.spec.ts";
import { application, commandsOf, database, instance, server } from "./examples.spec.ts";
import { sapSystemPolicy } from "./index.ts";

const numbers = (systems: readonly unknown[]) =>
  commandsOf(systems).map(({ type, data }) => [type, "instance_number" in data && data.instance_number]);

describe("types", () => {
  it.each([0, 3])("%d is ignored, with all its instances", (Type) => {
    expect(commandsOf([database({ Type })])).toEqual([]);
    expect(commandsOf([application({ Type })])).toEqual([]);
    expect(numbers([database({ Type }), application()])).toEqual([["DiscoverApplicationInstance", "02"]]);
  });

  it.each([0, 3])("%d needs neither a tenant nor an address", (Type) => {
    expect(commandsOf([{ Id: "-", SID: "DAA", Type, DBAddress: "", Profile: null, Instances: [] }])).toEqual(
      [],
    );
  });

  it.each([4, 17])("%d is none", (Type) => {
    expect(complaints(sapSystemPolicy, [database({ Type })])).toEqual({ "/0/Type": invalid });
  });

  it("of systems count, not those of their instances", () => {
    const Instances = [instance({ top: { Type: 2 } })];
    expect(numbers([database({ Instances })])).toEqual([["RegisterDatabaseInstance", "00"]]);
  });
});

describe("several systems", () => {
  it("are registered in the order in which they are told", () => {
    const systems = [
      application({ Instances: [server("02"), server("03")] }),
      database(),
      application({ SID: "HA2", Instances: [server("04")] }),
      database({ Id: "another", SID: "QAS", Instances: [instance({ number: "10" })] }),
    ];
    expect(numbers(systems)).toEqual([
      ["DiscoverApplicationInstance", "02"],
      ["DiscoverApplicationInstance", "03"],
      ["RegisterDatabaseInstance", "00"],
      ["DiscoverApplicationInstance", "04"],
      ["RegisterDatabaseInstance", "10"],
    ]);
  });

  it("keep what is theirs", () => {
    const data = commandsOf([
      application({ SID: "HA1", DBAddress: "10.0.0.1", Profile: { "dbs/hdb/dbname": "ONE" } }),
      application({ SID: "HA2", DBAddress: "10.0.0.2", Profile: { "dbs/hdb/dbname": "TWO" } }),
    ]).map((command) => command.data);
    expect(data).toMatchObject([
      { sid: "HA1", db_host: "10.0.0.1", tenant: "ONE" },
      { sid: "HA2", db_host: "10.0.0.2", tenant: "TWO" },
    ]);
  });

  it("may be none", () => {
    expect(commandsOf([])).toEqual([]);
  });
});

describe("the same told twice", () => {
  it("becomes the same", () => {
    const payload = [database(), application()];
    expect(commandsOf(structuredClone(payload))).toEqual(commandsOf(payload));
  });
});
