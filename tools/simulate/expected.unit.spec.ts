/** What the rules make of a landscape's discoveries is what its model expects. */
import { describe, expect, it } from "vitest";
import { ControlPlane } from "./control-plane.spec.ts";
import { expectedOf } from "./expected.ts";
import { inOrder, knownBy } from "./known.spec.ts";
import { generateLandscape, providers } from "./landscape.ts";

describe("a landscape that reported", () => {
  it.each([1, 2, 3, 5, 8, 19, 27, 45, 100])("of %i hosts is known as expected", (hosts) => {
    for (const seed of [1, 2]) {
      const landscape = generateLandscape({ hosts, seed });
      const plane = new ControlPlane().reportAll(landscape.hosts);
      expect(plane.refused).toEqual([]);
      expect(knownBy(plane)).toEqual(inOrder(expectedOf(landscape)));
    }
  });

  it.each(providers)("at %s is known as expected", (provider) => {
    const landscape = generateLandscape({ hosts: 45, seed: 4, provider });
    const plane = new ControlPlane().reportAll(landscape.hosts);
    expect(plane.refused).toEqual([]);
    expect(knownBy(plane)).toEqual(inOrder(expectedOf(landscape)));
  });

  it("in the opposite order is known as expected", () => {
    const landscape = generateLandscape({ hosts: 45, seed: 7 });
    const plane = new ControlPlane().reportAll([...landscape.hosts].reverse());
    expect(knownBy(plane)).toEqual(inOrder(expectedOf(landscape)));
  });
});
