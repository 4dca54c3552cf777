/** Whether a SAP discovery names any instance of a database or an application. */
import { describe, expect, it } from "vitest";
import { namesSapInstances } from "./sap-presence.ts";

const system = (Type: unknown, Instances: unknown = [{}]) => ({ Id: "1", SID: "HDP", Type, Instances });

describe("namesSapInstances", () => {
  it.each([
    ["a database", [system(1)]],
    ["an application", [system(2)]],
    ["a database after a diagnostics agent", [system(3), system(1)]],
    ["one system with instances after one without", [system(1, []), system(2)]],
    ["a type that is sent as text, as lenient casts allow", [system("1")]],
  ])("is true for %s", (_, payload) => {
    expect(namesSapInstances(payload)).toBe(true);
  });

  it.each([
    ["nothing", []],
    ["an unknown system", [system(0)]],
    ["a diagnostics agent", [system(3)]],
    ["systems without instances", [system(1, []), system(2, [])]],
    ["another type", [system(4)]],
    ["null", null],
    ["no payload", undefined],
    ["an object", system(1)],
    ["text", "HDP"],
    ["a discovery with an invalid element, which fails whole", [system(1), null]],
    ["a discovery with a system that has no list of instances", [system(1), system(2, null)]],
  ])("is false for %s", (_, payload) => {
    expect(namesSapInstances(payload)).toBe(false);
  });
});
