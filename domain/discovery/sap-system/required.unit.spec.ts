/** What must be told, and where the answer says that it was not. Any invalid element fails the entire discovery. */
import { describe, expect, it } from "vitest";
import { agentId, blank, complaints, invalid, noMemory } from "../examples.spec.ts";
import {
  application,
  type Changes,
  controlled,
  database,
  instance,
  process,
  property,
  server,
} from "./examples.spec.ts";
import { sapSystemPolicy } from "./index.ts";

const wrong = (...systems: readonly unknown[]) => complaints(sapSystemPolicy, systems);
const nothings = [null, undefined, "", " "];
const within = "/0/Instances/0";

describe("a payload", () => {
  it.each([
    [null, blank],
    [{}, invalid],
    ["text", invalid],
  ])("is a list, not %j", (payload, message) => {
    expect(complaints(sapSystemPolicy, payload)).toEqual({ "": message });
  });

  it.each([null, 5, "text", [[]]])("holds systems, not %j", (system) => {
    expect(Object.keys(wrong(system))).toEqual(["/0"]);
  });
});

describe("a system", () => {
  it.each(["Id", "SID", "Type", "Instances"])("must tell %s, whatever its type", (key) => {
    for (const Type of [0, 1, 2, 3]) {
      expect(wrong({ ...application(), Type, [key]: null })).toEqual({ [`/0/${key}`]: blank });
    }
  });

  it.each(nothings)("must tell its tenant as an application, not %j", (name) => {
    expect(wrong(application({ Profile: { "dbs/hdb/dbname": name } }))).toEqual({
      "/0/Profile/dbs~1hdb~1dbname": blank,
    });
    expect(wrong(application({ Profile: null }))).toEqual({ "/0/Profile": blank });
  });

  it.each(nothings)(
    "must tell the address of its database as an application with instances, not %j",
    (DBAddress) => {
      expect(wrong(application({ DBAddress }))).toEqual({ "/0/DBAddress": blank });
      const empty = sapSystemPolicy(agentId, [application({ DBAddress, Instances: [] })], noMemory);
      expect(empty).toEqual({ ok: true, commands: [] });
    },
  );

  it.each(nothings)("must tell names of its tenants as a database, not %j", (Database) => {
    expect(wrong(database({ Databases: [{ Database: "PRD" }, { Database }] }))).toEqual({
      "/0/Databases/1/Database": blank,
    });
  });
});

describe("an instance", () => {
  const told = (top: Changes) => wrong(database({ Instances: [instance({ top })] }));

  it.each(["Host", "Name", "Type", "SAPControl"])("must tell %s", (key) => {
    expect(told({ [key]: null })).toEqual({ [`${within}/${key}`]: blank });
  });

  it.each(["Properties", "Instances"])("must tell what sapcontrol says of %s", (key) => {
    expect(wrong(database({ Instances: [instance({ control: { [key]: null } })] }))).toEqual({
      [`${within}/SAPControl/${key}`]: blank,
    });
  });

  it("may tell nothing of replication; what it tells must be whole", () => {
    expect(told({ SystemReplication: { overall_replication_status: "ACTIVE" } })).toEqual({
      [`${within}/SystemReplication/local_site_id`]: blank,
    });
    expect(told({ SystemReplication: "ACTIVE" })).toEqual({ [`${within}/SystemReplication`]: invalid });
    expect(told({ HdbnsutilSRstate: "primary" })).toEqual({ [`${within}/HdbnsutilSRstate`]: invalid });
  });
});

describe("the properties of an instance", () => {
  const told = (...Properties: readonly unknown[]) =>
    wrong(database({ Instances: [instance({ control: { Properties } })] }));
  const number = property("SAPSYSTEM", "00");
  const host = property("SAPLOCALHOST", "vmhana01");
  const properties = `${within}/SAPControl/Properties`;

  it("must have its number and its host among them", () => {
    expect(told(host)).toEqual({ [properties]: "the value of SAPSYSTEM can't be blank" });
    expect(told(number)).toEqual({ [properties]: "the value of SAPLOCALHOST can't be blank" });
  });

  it.each(nothings)("must have values for these, not %j", (value) => {
    expect(told(property("SAPSYSTEM", value), host)).toEqual({
      [`${properties}/0/value`]: "the value of SAPSYSTEM can't be blank",
    });
    expect(told(number, property("other", ""), property("SAPLOCALHOST", value))).toEqual({
      [`${properties}/2/value`]: "the value of SAPLOCALHOST can't be blank",
    });
  });

  it("must have names", () => {
    expect(told(number, host, { value: "x" })).toEqual({ [`${properties}/2/property`]: blank });
  });
});

describe("the instances that sapcontrol lists", () => {
  const listed = `${within}/SAPControl/Instances`;
  const told = (...Instances: readonly unknown[]) =>
    wrong(database({ Instances: [instance({ control: { Instances } })] }));

  it.each(["features", "hostname", "httpPort", "dispstatus", "instanceNr", "startPriority"])(
    "must tell %s, even if they are not the current one",
    (key) => {
      expect(told(controlled(), controlled({ currentInstance: false, [key]: null }))).toEqual({
        [`${listed}/1/${key}`]: blank,
      });
    },
  );

  it("must tell a secure port when they are the current one", () => {
    const secureless = controlled({ httpsPort: null });
    expect(told(secureless)).toEqual({ [`${listed}/0/httpsPort`]: blank });
    expect(
      sapSystemPolicy(
        agentId,
        [
          database({
            Instances: [
              instance({ control: { Instances: [{ ...secureless, currentInstance: false }, controlled()] } }),
            ],
          }),
        ],
        noMemory,
      ).ok,
    ).toBe(true);
  });

  it.each([
    ["dispstatus", "GREEN"],
    ["dispstatus", "SAPControl-BLUE"],
    ["dispstatus", "constructor"],
    ["httpPort", "http"],
    ["instanceNr", -1],
    ["currentInstance", "perhaps"],
  ])("must not tell of %s %j", (key, value) => {
    expect(told(controlled({ [key]: value }))).toEqual({ [`${listed}/0/${key}`]: invalid });
  });
});

describe("the processes of an instance", () => {
  const told = (changes: Changes) =>
    wrong(
      application({
        Instances: [server("02", { control: { Processes: [process("a"), process("b", changes)] } })],
      }),
    );

  it.each(["pid", "name", "dispstatus", "description"])("must tell %s", (key) => {
    expect(told({ [key]: null })).toEqual({ [`${within}/SAPControl/Processes/1/${key}`]: blank });
  });

  it.each([
    { pid: -1 },
    { pid: "4711" },
    { starttime: "" },
    { elapsedtime: null },
    { textstatus: undefined },
  ])("may stand still or be told of in less words: %j", (changes) => {
    const Instances = [server("02", { control: { Processes: [process("b", changes)] } })];
    expect(sapSystemPolicy(agentId, [application({ Instances })], noMemory).ok).toBe(true);
  });
});

describe("one invalid element", () => {
  it("fails all systems of the payload, and marks nothing absent", () => {
    const memory = {
      ...noMemory,
      instances: [{ kind: "database", aggregateId: "id", instanceNumber: "99" } as const],
    };
    const bad = instance({ number: "" });
    for (const systems of [
      [database(), application({ Instances: [server(), bad] })],
      [application(), database({ Instances: [instance(), bad] })],
      [database(), database({ Type: 3, Instances: [instance({ top: { Name: null } })] })],
    ]) {
      expect(sapSystemPolicy(agentId, systems, memory).ok).toBe(false);
    }
  });

  it("is pointed at in its own system and instance", () => {
    const bad = instance({ control: { Instances: [] } });
    expect(wrong(application(), database({ Instances: [instance(), instance(), bad] }))).toEqual({
      "/1/Instances/2/SAPControl/Instances": "has no current instance",
    });
    expect(wrong(database(), application({ Instances: [server(), server("03", { number: " " })] }))).toEqual({
      "/1/Instances/1/SAPControl/Properties/1/value": "the value of SAPSYSTEM can't be blank",
    });
  });

  it("is told with all others like it", () => {
    const nameless = instance({ top: { Name: null } });
    const hostless = instance({ top: { Host: "" } });
    expect(wrong(database({ Instances: [nameless, hostless] }), application({ SID: null }))).toEqual({
      "/0/Instances/0/Name": blank,
      "/0/Instances/1/Host": blank,
      "/1/SID": blank,
    });
  });
});
