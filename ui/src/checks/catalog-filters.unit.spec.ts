/** Checks are found by what they say and by what they concern. */
import { expect, it } from "vitest";
import type { Definition } from "../api/checks.ts";
import { filterResources, optionsOf } from "../list/filters.ts";
import { checkFiltering, inGroups } from "./catalog-filters.ts";

function definition(id: string, more: Partial<Definition> = {}): Definition {
  return {
    id,
    name: `check ${id}`,
    group: "Corosync",
    description: "",
    remediation: "",
    severity: "critical",
    metadata: null,
    when: null,
    exclude: null,
    customization_disabled: false,
    facts: [],
    values: [],
    expectations: [],
    catalogue: "own",
    ...more,
  };
}

const checks = [
  definition("B", { metadata: { provider: ["azure", "aws"], target_type: "cluster" } }),
  definition("A", { group: "SBD", facts: [{ name: "f", gatherer: "sbd_dump@v1", argument: "" }] }),
  definition("C", { metadata: { provider: "gcp" }, severity: "warning", description: "memberships flap" }),
];

const found = (search: string, chosen: Record<string, string> = {}) =>
  filterResources(checks, checkFiltering, { search, chosen: new Map(Object.entries(chosen)) }).map(
    ({ id }) => id,
  );

it("by a gatherer, a name, and what they concern", () => {
  expect(found("sbd_dump")).toEqual(["A"]);
  expect(found("flap memberships")).toEqual(["C"]);
  expect(found("", { provider: "aws" })).toEqual(["B"]);
  expect(found("", { severity: "warning" })).toEqual(["C"]);
});

it("offers what there is to choose from", () => {
  const provider = checkFiltering.choices.find(({ name }) => name === "provider");
  if (provider === undefined) throw new Error("there is no such choice");
  expect(optionsOf(checks, provider, undefined).map(({ value }) => value)).toEqual(["aws", "azure", "gcp"]);
});

it("puts them into groups, each in order", () => {
  expect(inGroups(checks).map(({ group, checks: own }) => [group, own.map(({ id }) => id)])).toEqual([
    ["Corosync", ["B", "C"]],
    ["SBD", ["A"]],
  ]);
});
