/** Keys as agents write them, and as policies read them. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cloudPolicy } from "./cloud-discovery.ts";
import { complaints, invalid } from "./examples.spec.ts";
import { aws as awsMetadata } from "./examples-by-type.spec.ts";
import { originalPath, phraseCase, snakeCase } from "./keys.ts";

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
    ["HTTPServer", "http_server"],
    ["AAAb", "aa_ab"],
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

describe("a key that is longer than any that is read", () => {
  it.each([
    ["snakeCase", snakeCase],
    ["phraseCase", phraseCase],
  ])("is left as it is by %s", (_, rewrite) => {
    expect(rewrite("A B".repeat(1_000))).toBe("A B".repeat(1_000));
    const [longest, longer] = [`a${"B".repeat(255)}`, `a${"B".repeat(256)}`];
    expect(rewrite(longest)).not.toBe(longest);
    expect(rewrite(longer)).toBe(longer);
  });
});

describe("many keys", () => {
  it("are rewritten each time as the first time, remembered or not", () => {
    for (let round = 0; round < 2; round += 1) {
      for (let index = 0; index < 3_000; index += 1) expect(snakeCase(`aKey${index}`)).toBe(`a_key${index}`);
    }
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
    const metadata = (spellings: object) => ({ Provider: "aws", Metadata: { ...aws, ...spellings } });
    const { account_id, ...aws } = awsMetadata;
    expect(complaints(cloudPolicy, metadata({ account_id, AccountId: 5 }))).toEqual({
      "/Metadata/AccountId": invalid,
    });
    expect(complaints(cloudPolicy, metadata({ AccountId: account_id, account_id: 5 }))).toEqual({
      "/Metadata/account_id": invalid,
    });
  });
});
