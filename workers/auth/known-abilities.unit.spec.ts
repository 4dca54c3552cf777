/** What may be permitted, as Trento's clients know it. */
import { expect, it } from "vitest";
import { knownAbilities, withLabels } from "./known-abilities.ts";

it("each ability has an id by its place, a name that no other has, and a sentence", () => {
  expect(knownAbilities.map(({ id }) => id)).toEqual(Array.from({ length: 35 }, (_, index) => index + 1));
  expect(new Set(knownAbilities.map(({ name, resource }) => `${name}:${resource}`)).size).toBe(35);
  for (const { name, resource, label } of knownAbilities) {
    expect([name, resource].join(":")).toMatch(/^[a-z_]+:[a-z_]+$/);
    expect(label).toMatch(/^Permits [a-z ,]+/);
  }
});

it("those that are known have their ids and sentences", () => {
  expect(withLabels([{ name: "all", resource: "users" }])).toEqual([
    { id: 2, name: "all", resource: "users", label: "Permits to see, make, change and remove users" },
  ]);
});
