/** Whatever is sent instead of a payload: each policy answers, with commands that can be stored or with issues. */
import { afterEach, describe, expect, it } from "vitest";
import { discoveryTypes } from "./envelope.ts";
import { agentId, noMemory } from "./examples.spec.ts";
import { examplesByType } from "./examples-by-type.spec.ts";
import { policies } from "./index.ts";
import { recorded, recordedIn } from "./recordings.spec.ts";
import { complaintsAbout, kindsOfPlaces, spoilings } from "./spoiling.spec.ts";

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect({}).not.toHaveProperty("polluted");
});

it("every type is spoilt", () => {
  expect(new Set(examplesByType.map(([type]) => type))).toEqual(new Set(discoveryTypes));
});

describe.each(examplesByType)("%s, %s", (type, _, payload) => {
  it("is valid", () => {
    expect(policies[type](agentId, payload, noMemory)).toMatchObject({ ok: true });
  });

  it.each(Object.entries(spoilings))("spoilt at every kind of place by %s", (__, spoiling) => {
    expect(complaintsAbout(policies[type], payload, kindsOfPlaces(payload), spoiling)).toEqual([]);
  });
});

/** Of each type, the one with the most kinds of places: the others hold little that it does not. */
const richest = discoveryTypes.flatMap((type) => {
  const all = recordedIn("discovery")
    .map((path) => ({ path, ...recorded(path) }))
    .filter(({ discovery_type }) => discovery_type === type)
    .map(({ path, payload }) => ({ path, type, payload, places: kindsOfPlaces(payload) }));
  return all.toSorted((one, other) => other.places.length - one.places.length).slice(0, 1);
});

describe.skipIf(richest.length === 0).each(richest)("recorded: $path", ({ type, payload, places }) => {
  it.each(Object.entries(spoilings))("spoilt at every kind of place by %s", (_, spoiling) => {
    expect(complaintsAbout(policies[type], payload, places, spoiling)).toEqual([]);
  });
});
