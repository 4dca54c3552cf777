/** `saptune_discovery`: what is invalid, named with the keys as saptune wrote them. */
import { describe, expect, it } from "vitest";
import { blank, complaints, invalid } from "./examples.spec.ts";
import { saptunePolicy } from "./saptune-discovery.ts";

const mismatch = "is not the package_version of the payload";
const complaintsAbout = (result: unknown, changes: object = {}) =>
  complaints(saptunePolicy, {
    saptune_installed: true,
    package_version: "3.1.0",
    status: { result },
    ...changes,
  });
const inResult = (changes: object) => complaintsAbout({ "package version": "3.1.0", ...changes });

describe("the payload", () => {
  it.each([
    [null, blank],
    [undefined, blank],
    [[], invalid],
    ["", invalid],
    [1, invalid],
  ])("%j is none: %s", (payload, message) => {
    expect(complaints(saptunePolicy, payload)).toEqual({ "": message });
  });

  it("must tell whether saptune is installed", () => {
    expect(complaints(saptunePolicy, {})).toEqual({ "/saptune_installed": blank });
    expect(complaints(saptunePolicy, { saptune_installed: "yes" })).toEqual({
      "/saptune_installed": invalid,
    });
  });

  it.each(["", "text", [], 0, false])("has an object for its status, if anything: not %j", (status) => {
    expect(complaintsAbout(null, { status })).toEqual({ "/status": invalid });
  });

  it.each([
    ["null", { result: null }],
    ["nothing", {}],
  ])("must have a result in its status, not %s", (_, status) => {
    expect(complaintsAbout(null, { status })).toEqual({ "/status/result": blank });
  });

  it("has an object for the result", () => {
    expect(complaintsAbout([])).toEqual({ "/status/result": invalid });
  });
});

describe("the package version", () => {
  it.each(["3.0.0", "3.1", null, ""])("of the payload, %j, must be the one that the status tells", (sent) => {
    expect(complaintsAbout({ "package version": "3.1.0" }, { package_version: sent })).toEqual({
      "/status/result/package version": mismatch,
    });
  });

  it("is required in the result", () => {
    // A key that was not sent has no name but ours.
    expect(complaintsAbout({})).toEqual({ "/status/result/package_version": blank });
    expect(complaintsAbout({ "package version": " " })).toEqual({ "/status/result/package version": blank });
  });
});

describe("issues in the result", () => {
  it.each([
    "Solution enabled",
    "Notes enabled by Solution",
    "Solution applied",
    "Notes applied by Solution",
    "Notes enabled additionally",
    "Notes enabled",
    "Notes applied",
    "staging",
    "services",
  ])("name %s as saptune does", (key) => {
    expect(inResult({ [key]: "text" })).toEqual({ [`/status/result/${key}`]: invalid });
    expect(inResult({ [key]: 5 })).toEqual({ [`/status/result/${key}`]: invalid });
  });

  it("point into what is in lists", () => {
    const notes = [{ "Note list": ["1"] }, { "Note list": "1" }];
    expect(inResult({ "Notes enabled by Solution": notes })).toEqual({
      "/status/result/Notes enabled by Solution/1/Note list": invalid,
    });
  });

  it("are how much is told of a service, of solutions and of their notes, beyond what is read", () => {
    const many = <T>(item: T, length: number): T[] => Array.from({ length }, () => item);
    const notes = (length: number) => [{ "Solution ID": "HANA", "Note list": many("1", length) }];
    const solutions = (length: number) => many({ "Solution ID": "HANA", "Note list": ["1"] }, length);
    expect(() =>
      inResult({
        services: { saptune: many("enabled", 10) },
        "Notes enabled by Solution": solutions(100),
        "Notes applied by Solution": notes(5_000),
      }),
    ).toThrow("the payload is valid");
    const tooMany = (most: number) => `should have at most ${most} items`;
    expect(
      inResult({
        services: { saptune: many("enabled", 11) },
        "Notes enabled by Solution": solutions(101),
        "Notes applied by Solution": notes(5_001),
      }),
    ).toEqual({
      "/status/result/services/saptune": tooMany(10),
      "/status/result/Notes enabled by Solution": tooMany(100),
      "/status/result/Notes applied by Solution/0/Note list": tooMany(5_000),
    });
  });

  it("point into staging and services", () => {
    expect(inResult({ staging: { "Notes staged": {} }, services: { Saptune: "enabled" } })).toEqual({
      "/status/result/staging/Notes staged": invalid,
      "/status/result/services/Saptune": invalid,
    });
  });
});
