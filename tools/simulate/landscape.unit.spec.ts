/** Landscapes: repeatable, whole, and with all that there is to watch. */
import { describe, expect, it } from "vitest";
import { discoveriesOf, envelopeOf } from "./discoveries.ts";
import { expectedOf } from "./expected.ts";
import { generateLandscape, providers } from "./landscape.ts";
import { addressesOf, clusterOf, type Landscape } from "./model/installation.ts";

const sent = ({ hosts }: Landscape) =>
  hosts.flatMap((host) => discoveriesOf(host).map((discovery) => envelopeOf(host, discovery)));
const unique = <T>(items: readonly T[]) => new Set(items).size;

describe("a landscape", () => {
  it("is the same for the same seed, and another for another", () => {
    const first = sent(generateLandscape({ hosts: 60, seed: 3 }));
    expect(sent(generateLandscape({ hosts: 60, seed: 3 }))).toEqual(first);
    expect(sent(generateLandscape({ hosts: 60, seed: 4 }))).not.toEqual(first);
  });

  it("has as many hosts as asked for", () => {
    for (let hosts = 1; hosts <= 70; hosts += 1) {
      expect(generateLandscape({ hosts, seed: hosts }).hosts).toHaveLength(hosts);
    }
    expect(generateLandscape({ hosts: 50_000, seed: 1 }).hosts).toHaveLength(50_000);
  });

  it("names no host, id or address twice", () => {
    const { hosts, installations } = generateLandscape({ hosts: 3_000, seed: 1 });
    expect(unique(hosts.map(({ id }) => id))).toBe(3_000);
    expect(unique(hosts.map(({ hostname }) => hostname))).toBe(3_000);
    const addresses = hosts.flatMap(addressesOf);
    expect(unique(addresses)).toBe(addresses.length);
    const ids = installations.flatMap(({ clusters, databases, systems }) =>
      [...clusters, ...databases, ...systems].map(({ id }) => id),
    );
    expect(unique(ids)).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{32}$/);
  });

  it("shares no address with one of another seed", () => {
    const addresses = [1, 2, 3, 4].flatMap((seed) =>
      generateLandscape({ hosts: 100, seed }).hosts.flatMap(addressesOf),
    );
    expect(unique(addresses)).toBe(addresses.length);
  });

  it("runs at one provider, or at all, and what belongs together at one", () => {
    for (const provider of providers) {
      const { hosts } = generateLandscape({ hosts: 9, seed: 1, provider });
      expect(new Set(hosts.map((host) => host.provider))).toEqual(new Set([provider]));
    }
    const { hosts, installations } = generateLandscape({ hosts: 200, seed: 1 });
    expect(new Set(hosts.map(({ provider }) => provider))).toEqual(new Set(providers));
    for (const installation of installations) {
      expect(unique(installation.hosts.map(({ provider }) => provider))).toBe(1);
    }
  });

  it("of 45 hosts has something of every kind", () => {
    for (const seed of [1, 7]) {
      const landscape = generateLandscape({ hosts: 45, seed });
      const { clusters, sapSystems } = expectedOf(landscape);
      const kinds = clusters.map(({ type, architecture, scenario }) =>
        [type, architecture, scenario].filter((part) => part !== null).join(" "),
      );
      expect(new Set(kinds)).toEqual(
        new Set([
          "hana_scale_up classic performance_optimized",
          "hana_scale_up angi performance_optimized",
          "hana_scale_up classic cost_optimized",
          "hana_scale_out classic performance_optimized",
          "hana_scale_out angi performance_optimized",
          "ascs_ers",
          "unknown",
        ]),
      );
      expect(new Set(sapSystems.map(({ ensa }) => ensa))).toEqual(new Set(["ensa1", "ensa2"]));
      const features = sapSystems.flatMap(({ instances }) => instances.map((one) => one.features));
      expect(unique(features)).toBe(4);
      const mounts = landscape.installations.flatMap((installation) =>
        installation.clusters.flatMap(({ workload }) =>
          workload.kind === "central services" ? [workload.isSimpleMount] : [],
        ),
      );
      expect(unique(mounts)).toBe(2);
      expect(clusters.map(({ fencing }) => fencing)).toEqual(
        expect.arrayContaining(["external/sbd", "Diskless SBD", "external/ec2"]),
      );
      expect(landscape.hosts.some((host) => clusterOf(host) === null)).toBe(true);
    }
  });
});
