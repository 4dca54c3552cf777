/** `saptune_discovery` → UpdateSaptuneStatus: how a status is read. */
import { describe, expect, it } from "vitest";
import { agentId, commandData, json } from "./examples.spec.ts";
import { saptunePolicy } from "./saptune-discovery.ts";

const full = {
  services: { tuned: [], saptune: ["enabled", "active"], sapconf: ["disabled"] },
  "tuning state": "not compliant",
  "configured version": "3",
  "package version": "3.1.0",
  "Solution enabled": ["NETWEAVER"],
  "Notes enabled by Solution": [{ "Solution ID": "NETWEAVER", "Note list": ["941735", "1771258"] }],
  "Solution applied": [{ "Solution ID": "NETWEAVER", "applied partially": true }],
  "Notes applied by Solution": [{ "Solution ID": "NETWEAVER", "Note list": ["941735"] }],
  "Notes enabled additionally": ["1771258"],
  "Notes enabled": ["941735", "1771258"],
  "Notes applied": ["941735"],
  staging: { "staging enabled": true, "Notes staged": ["900929"], "Solutions staged": ["HANA"] },
};

const payloadOf = (result: unknown) => ({
  saptune_installed: true,
  package_version: "3.1.0",
  status: { "exit code": 4, result, messages: [] },
});
const updated = (payload: unknown, sapRunning = false) =>
  commandData("UpdateSaptuneStatus", saptunePolicy, payload, sapRunning);
const statusOf = (changes: object) => updated(payloadOf({ ...full, ...changes })).status;

describe("a full status", () => {
  it("is read whole", () => {
    expect(updated(payloadOf(full))).toEqual({
      host_id: agentId,
      saptune_installed: true,
      package_version: "3.1.0",
      sap_running: false,
      status: {
        package_version: "3.1.0",
        configured_version: "3",
        tuning_state: "not compliant",
        services: [
          { name: "sapconf", enabled: "disabled", active: null },
          { name: "saptune", enabled: "enabled", active: "active" },
          { name: "tuned", enabled: null, active: null },
        ],
        enabled_notes: [
          { id: "941735", additionally_enabled: false },
          { id: "1771258", additionally_enabled: true },
        ],
        applied_notes: [{ id: "941735", additionally_enabled: false }],
        enabled_solution: { id: "NETWEAVER", notes: ["941735", "1771258"], partial: false },
        applied_solution: { id: "NETWEAVER", notes: ["941735"], partial: true },
        staging: { enabled: true, notes: ["900929"], solutions_ids: ["HANA"] },
      },
    });
  });

  it.each([true, false])("is told together with whether SAP runs: %s", (sapRunning) => {
    expect(updated(payloadOf(full), sapRunning).sap_running).toBe(sapRunning);
  });

  it("may have its keys in any case, with spaces or not", () => {
    const rewritten = Object.entries(full).map(([key, value]) => [
      key.toUpperCase().replaceAll(" ", "_"),
      value,
    ]);
    expect(updated(payloadOf(Object.fromEntries(rewritten)))).toEqual(updated(payloadOf(full)));
  });
});

describe("an empty status", () => {
  const empty = {
    package_version: "3.1.0",
    configured_version: null,
    tuning_state: null,
    services: [],
    enabled_notes: [],
    applied_notes: [],
    enabled_solution: null,
    applied_solution: null,
    staging: null,
  };

  it("tells its version and nothing else", () => {
    expect(updated(payloadOf({ "package version": "3.1.0" })).status).toEqual(empty);
  });

  it("may hold null for whatever it does not tell", () => {
    const nulls = Object.fromEntries(Object.keys(full).map((key) => [key, null]));
    expect(updated(payloadOf({ ...nulls, "package version": "3.1.0" })).status).toEqual(empty);
  });
});

describe("no status", () => {
  it.each([null, undefined])("%j is none", (status) => {
    expect(updated({ saptune_installed: true, package_version: "3.0.0", status })).toEqual({
      host_id: agentId,
      saptune_installed: true,
      package_version: "3.0.0",
      sap_running: false,
      status: null,
    });
  });

  it("is what a host without saptune tells", () => {
    expect(updated({ saptune_installed: false, package_version: "", status: null })).toMatchObject({
      saptune_installed: false,
      package_version: null,
      status: null,
    });
  });

  it.each(["false", false, 0])("may say so as %j", (saptune_installed) => {
    expect(updated({ saptune_installed })).toMatchObject({ saptune_installed: false, package_version: null });
  });
});

describe("the enabled solution", () => {
  const notes = (id: string) => ({ "Solution ID": id, "Note list": ["1"] });

  it.each([
    ["no solution", [], [notes("A")]],
    ["no notes", ["A"], []],
    ["two solutions", ["A", "B"], [notes("A")]],
    ["notes of two", ["A"], [notes("A"), notes("B")]],
    ["two of both", ["A", "B"], [notes("A"), notes("B")]],
    ["neither", [], []],
    ["nothing told", null, null],
  ])("is none for %s", (_, named, bySolution) => {
    const status = statusOf({ "Solution enabled": named, "Notes enabled by Solution": bySolution });
    expect(status?.enabled_solution).toBeNull();
  });

  it("is the only one with the only notes, and never partial", () => {
    const status = statusOf({ "Solution enabled": ["A"], "Notes enabled by Solution": [notes("A")] });
    expect(status?.enabled_solution).toEqual({ id: "A", notes: ["1"], partial: false });
  });
});

describe("the applied solution", () => {
  const solution = (id: string, partial?: unknown) => ({ "Solution ID": id, "applied partially": partial });
  const notes = (id: string) => ({ "Solution ID": id, "Note list": null });

  it.each([
    ["no solution", [], [notes("A")]],
    ["no notes", [solution("A", true)], []],
    ["two solutions", [solution("A", true), solution("B", true)], [notes("A")]],
    ["notes of two", [solution("A", true)], [notes("A"), notes("B")]],
    ["nothing told", undefined, undefined],
  ])("is none for %s", (_, named, bySolution) => {
    const status = statusOf({ "Solution applied": named, "Notes applied by Solution": bySolution });
    expect(status?.applied_solution).toBeNull();
  });

  it.each([
    [true, true],
    ["true", true],
    [false, false],
    [undefined, false],
    [null, false],
  ])("is partial when it says so: %j", (sent, partial) => {
    const status = statusOf({
      "Solution applied": [solution("A", sent)],
      "Notes applied by Solution": [notes("A")],
    });
    expect(status?.applied_solution).toEqual({ id: "A", notes: [], partial });
  });
});

describe("staging", () => {
  it.each([null, undefined])("%j is not told", (staging) => {
    expect(statusOf({ staging })?.staging).toBeNull();
  });

  it("may have nothing staged", () => {
    expect(statusOf({ staging: { "staging enabled": false } })?.staging).toEqual({
      enabled: false,
      notes: [],
      solutions_ids: [],
    });
  });
});

describe("services", () => {
  it("are listed by name, whatever they are called", () => {
    const services = json(
      '{"toString":["a","b"],"constructor":[],"__proto__":["c","d"],"saptune":[null,"e","f"]}',
    );
    const listed = statusOf({ services })?.services;
    expect(listed).toEqual(
      expect.arrayContaining([
        { name: "constructor", enabled: null, active: null },
        { name: "saptune", enabled: null, active: "e" },
        { name: "tostring", enabled: "a", active: "b" },
      ]),
    );
    expect(listed?.map(({ name }) => name)).toEqual(listed?.map(({ name }) => name).sort());
    expect(Object.hasOwn(Object.prototype, "enabled")).toBe(false);
  });
});
