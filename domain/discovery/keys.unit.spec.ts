/** Keys as agents write them, and as policies read them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cloudPolicy } from "./cloud-discovery.ts";
import { complaints, invalid, json } from "./examples.spec.ts";
import { originalPath, phraseCase, rewriteKeys, snakeCase } from "./keys.ts";

describe("snakeCase", () => {
  it.each([
    ["vmSize", "vm_size"],
    ["VmSize", "vm_size"],
    ["vm_size", "vm_size"],
    ["Provider", "provider"],
    ["resourceGroupName", "resource_group_name"],
    ["diskSizeGB", "disk_size_gb"],
    ["DCName", "dc_name"],
    ["SBD", "sbd"],
    ["a1B2", "a1_b2"],
    ["", ""],
  ])("%j is %j", (sent, read) => {
    expect(snakeCase(sent)).toBe(read);
  });

  it("leaves what it made as it is", () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Za-z0-9_]*$/), (key) => {
        expect(snakeCase(snakeCase(key))).toBe(snakeCase(key));
      }),
    );
  });
});

describe("phraseCase", () => {
  it.each([
    ["Notes enabled by Solution", "notes_enabled_by_solution"],
    ["Solution ID", "solution_id"],
    ["package version", "package_version"],
    ["staging", "staging"],
  ])("%j is %j", (sent, read) => {
    expect(phraseCase(sent)).toBe(read);
  });
});

describe("rewriteKeys", () => {
  it("rewrites the keys of objects in objects and lists, and no values", () => {
    const sent = { AnyKey: [{ InList: "Any Text" }, ["Any Text"], null], Deeper: { AndDeeper: 5 } };
    expect(rewriteKeys(sent, snakeCase)).toEqual({
      any_key: [{ in_list: "Any Text" }, ["Any Text"], null],
      deeper: { and_deeper: 5 },
    });
  });

  it.each([[null], [undefined], ["Any Text"], [5], [true], [[]]])("leaves %j as it is", (value) => {
    expect(rewriteKeys(value, snakeCase)).toEqual(value);
  });

  it("keeps keys that JavaScript treats as special as keys", () => {
    const rewritten = rewriteKeys(
      json('{"__proto__":{"A":1},"constructor":{"B":2},"toString":3}'),
      phraseCase,
    );
    expect(JSON.stringify(rewritten)).toBe('{"__proto__":{"a":1},"constructor":{"b":2},"tostring":3}');
    expect(Object.getPrototypeOf(rewritten)).toBe(Object.prototype);
    expect(Object.hasOwn(Object.prototype, "a")).toBe(false);
  });

  it("does not change what was sent", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const before = JSON.stringify(value);
        rewriteKeys(value, (key) => `${key}!`);
        expect(JSON.stringify(value)).toBe(before);
      }),
    );
  });
});

describe("originalPath", () => {
  const sent = { Metadata: { compute: [{ vmSize: 5 }] } };

  it.each([
    [["metadata"], ["Metadata"]],
    [
      ["metadata", "compute", 0, "vm_size"],
      ["Metadata", "compute", 0, "vmSize"],
    ],
    [[], []],
  ])("of %j is %j", (path, original) => {
    expect(originalPath(sent, path, snakeCase)).toEqual(original);
  });

  it("keeps the names of keys that were not sent", () => {
    expect(originalPath(sent, ["metadata", "os_profile", "admin_username"], snakeCase)).toEqual([
      "Metadata",
      "os_profile",
      "admin_username",
    ]);
    expect(originalPath(sent, ["metadata", "compute", 7, "sku"], snakeCase)).toEqual([
      "Metadata",
      "compute",
      7,
      "sku",
    ]);
  });

  it.each([[null], [undefined], ["text"], [5]])("finds nothing in %j, and does not mind", (value) => {
    expect(originalPath(value, ["a", 0], snakeCase)).toEqual(["a", 0]);
  });

  it("does not take JavaScript's own keys for keys that were sent", () => {
    expect(originalPath({}, ["constructor", "name"], snakeCase)).toEqual(["constructor", "name"]);
    expect(originalPath({}, ["__proto__", "to_string"], snakeCase)).toEqual(["__proto__", "to_string"]);
  });

  it("names the one of two spellings of a key whose value was read", () => {
    expect(complaints(cloudPolicy, { provider: "aws", Provider: "ovh" })).toEqual({ "/Provider": invalid });
    expect(complaints(cloudPolicy, { Provider: "aws", provider: "ovh" })).toEqual({ "/provider": invalid });
  });
});
