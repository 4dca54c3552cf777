/** How a database instance takes part in system replication. */
import { describe, expect, it } from "vitest";
import { type Changes, databasesOf, replicating } from "./examples.spec.ts";

const primary = {
  mode: "primary",
  operation_mode: "primary",
  site_id: "1",
  site_name: "NBG",
  "siteMapping/NBG": "WDF",
};
const secondary = {
  mode: "sync",
  operation_mode: "logreplay",
  site_id: "2",
  site_name: "WDF",
  active_primary_site: "1",
  "siteMapping/NBG": "WDF",
};
const toldBy = (state: unknown, status: unknown = null) => {
  const [data] = databasesOf(replicating(state, status));
  if (data === undefined) throw new Error("no instance is registered");
  return data;
};

describe("the role", () => {
  it.each([
    ["primary", "Primary"],
    ["sync", "Secondary"],
    ["syncmem", "Secondary"],
    ["async", "Secondary"],
    ["unknown", "Secondary"],
    ["none", null],
    ["PRIMARY", null],
    ["fullsync", null],
    ["", null],
    [null, null],
    [5, null],
  ])("of mode %j is %s", (mode, role) => {
    expect(toldBy({ ...primary, mode }).system_replication).toBe(role);
  });

  it.each([null, undefined, {}])("is none where %j is told of replication", (state) => {
    expect(toldBy(state)).toMatchObject({ system_replication: null, system_replication_mode: null });
  });
});

describe("what is taken as it is told", () => {
  it("is the modes and the name of the site", () => {
    expect(toldBy(secondary)).toMatchObject({
      system_replication_mode: "sync",
      system_replication_operation_mode: "logreplay",
      system_replication_site: "WDF",
    });
  });

  it.each([
    [{ local_site_id: "1", overall_replication_status: "ACTIVE" }, "ACTIVE"],
    [{ local_site_id: "1", overall_replication_status: "ERROR" }, "ERROR"],
    [{ local_site_id: "1", overall_replication_status: "" }, null],
    [{ local_site_id: 1 }, null],
    [null, null],
  ])("is the status of %j: %j", (status, expected) => {
    expect(toldBy(primary, status).system_replication_status).toBe(expected);
  });
});

describe("ids of sites", () => {
  it.each([
    ["2", 2],
    [2, 2],
    ["0", 0],
    ["02", 2],
    ["", null],
    [" ", null],
    [null, null],
    ["two", null],
    ["-1", null],
    ["2.5", null],
    [2.5, null],
    [["2"], null],
    ["9".repeat(30), null],
  ])("are numbers: %j is %j", (id, number) => {
    expect(toldBy({ ...secondary, site_id: id }).system_replication_site_id).toBe(number);
    const { system_replication_active_primary_site } = toldBy({ ...secondary, active_primary_site: id });
    expect(system_replication_active_primary_site).toBe(number);
  });
});

describe("the site that a site replicates from", () => {
  const source = (changes: Changes) =>
    toldBy({ mode: "sync", site_name: "WDF", ...changes }).system_replication_source_site;

  it("is the one whose mapping lists it, alone or with others", () => {
    expect(source({ "siteMapping/NBG": "WDF" })).toBe("NBG");
    expect(source({ "siteMapping/NBG": ["BER", "WDF"] })).toBe("NBG");
    expect(source({ "siteMapping/NBG": "BER", "siteMapping/BER": "WDF" })).toBe("BER");
  });

  it("is none for the one from which all replicate", () => {
    expect(toldBy(primary).system_replication_source_site).toBeNull();
  });

  it.each([
    ["no mapping is told", {}],
    ["no mapping lists it", { "siteMapping/NBG": "BER" }],
    ["a mapping lists a longer name", { "siteMapping/NBG": "WDF2" }],
    ["its name is that of another key", { "siteTier/NBG": "WDF", "mapping/NBG": "WDF" }],
    ["its name is not told", { site_name: null, "siteMapping/NBG": "WDF" }],
    ["the mapping is no text", { "siteMapping/NBG": { WDF: 1 } }],
  ])("is none where %s", (_, changes) => {
    expect(source(changes)).toBeNull();
  });

  it("may have any name", () => {
    expect(source({ "siteMapping/a/b c": "WDF" })).toBe("a/b c");
    expect(source({ "siteMapping/constructor": "WDF" })).toBe("constructor");
  });
});

describe("the tier", () => {
  const tierOf = (state: Changes) => toldBy(state).system_replication_tier;
  const tiers = { "siteTier/NBG": "1", "siteTier/WDF": "2", "siteTier/BER": 3 };

  it("is the one that is told of the site", () => {
    expect(tierOf({ ...primary, ...tiers })).toBe(1);
    expect(tierOf({ ...secondary, ...tiers })).toBe(2);
    expect(tierOf({ ...secondary, ...tiers, site_name: "BER" })).toBe(3);
  });

  it("is none where tiers are told, but not that of the site: not even for a primary", () => {
    expect(tierOf({ ...primary, "siteTier/WDF": "2" })).toBeNull();
    expect(tierOf({ ...secondary, "siteTier/NBG": "1" })).toBeNull();
    expect(tierOf({ ...secondary, ...tiers, site_name: "" })).toBeNull();
  });

  it("is 1 for a primary where none is told", () => {
    expect(tierOf(primary)).toBe(1);
  });

  it.each(["sync", "async", "unknown", "none", null])(
    "is not known for mode %j where none is told",
    (mode) => {
      expect(tierOf({ ...secondary, mode })).toBeNull();
    },
  );
});
