/** Whatever is sent instead of a cluster: the policy answers, and soon. */
import { afterEach, describe, expect, it } from "vitest";
import { kindsOfPlaces, placesIn, report, spoilings } from "./bad-input.spec.ts";
import { angi, centralServices, node, resource, scaleOut, scaleUp } from "./examples.spec.ts";
import { haClusterPolicy } from "./index.ts";
import { recorded, recordedIn } from "./recordings.spec.ts";

/** Far more than it takes, for machines that are busy. */
const SOON = 2_000;

const history = [
  { Name: "one", ResourceHistory: [{ Name: "hana", FailCount: 3, MigrationThreshold: 5000 }] },
];
const locations = [{ Id: "not", Node: "one", Resource: "clone-hana", Role: "", Score: "-INFINITY" }];
const properties = {
  "maintenance-mode": "true",
  hana_prd_glob_prim: "NBG",
  hana_prd_site_lss_NBG: "4",
  hana_prd_site_lss_WDF: "4",
};

const payloads: readonly (readonly [string, unknown])[] = [
  ["scale-up", scaleUp({ history, locations, properties })],
  ["scale-out", scaleOut({ history, locations, properties })],
  ["angi", angi("ScaleUp", { history, locations, properties })],
  ["central services", centralServices({ history, nodes: [node("one"), node("two", { Unclean: true })] })],
  ["an offline host", { Id: "a cluster", Name: "the cluster", Online: false }],
];

afterEach(() => {
  expect(Object.keys(Object.prototype)).toEqual([]);
  expect({}).not.toHaveProperty("polluted");
});

describe.each(payloads)("%s, spoilt at every place", (_, payload) => {
  const places = placesIn(payload);

  it.each(Object.entries(spoilings))("by %s", (__, spoiling) => {
    const { runs, complaints, slowest } = report(haClusterPolicy, payload, places, spoiling);
    expect(runs).toBe(places.length);
    expect(complaints).toEqual([]);
    expect(slowest).toBeLessThan(SOON);
  });
});

const names = recordedIn("discovery", (name) => name.startsWith("ha_cluster_discovery_"));

describe.skipIf(names.length === 0).each(names)("%s, spoilt at every kind of place", (name) => {
  const { payload } = recorded(name);
  const places = kindsOfPlaces(payload);

  it.each(Object.entries(spoilings))("by %s", (__, spoiling) => {
    const { complaints, slowest } = report(haClusterPolicy, payload, places, spoiling);
    expect(complaints).toEqual([]);
    expect(slowest).toBeLessThan(SOON);
  });
});
