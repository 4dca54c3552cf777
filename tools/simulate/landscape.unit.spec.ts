/** Landscapes: repeatable, consistent, and such as agents report them. */
import { describe, expect, it } from "vitest";
import { policies } from "../../domain/discovery/index.ts";
import { discoveriesOf, envelopeOf } from "./discoveries.ts";
import { generateLandscape, providers } from "./landscape.ts";

describe("a landscape", () => {
  it("is the same for the same seed, and another for another", () => {
    expect(generateLandscape({ hosts: 60, seed: 3 })).toEqual(generateLandscape({ hosts: 60, seed: 3 }));
    expect(generateLandscape({ hosts: 60, seed: 3 })).not.toEqual(generateLandscape({ hosts: 60, seed: 4 }));
  });

  it("names no host, id or address twice", () => {
    const { hosts } = generateLandscape({ hosts: 3_000, seed: 1 });
    for (const field of ["id", "hostname", "address"] as const) {
      expect(new Set(hosts.map((host) => host[field])).size).toBe(3_000);
    }
  });

  it("runs at one provider, or at all", () => {
    for (const provider of providers) {
      const { hosts } = generateLandscape({ hosts: 9, seed: 1, provider });
      expect(new Set(hosts.map((host) => host.provider))).toEqual(new Set([provider]));
    }
    const mixed = generateLandscape({ hosts: 200, seed: 1 }).hosts.map(({ provider }) => provider);
    expect(new Set(mixed)).toEqual(new Set(providers));
  });
});

describe("a host's discoveries", () => {
  it("are understood by the policies, and say what the host is", () => {
    for (const host of generateLandscape({ hosts: 200, seed: 5 }).hosts) {
      for (const { type, payload } of discoveriesOf(host)) {
        const result = policies[type](host.id, payload, { sapRunning: host.role !== "none" });
        expect(result, `${host.hostname} ${type}`).toMatchObject({ ok: true });
        const [command] = result.ok ? result.commands : [];
        if (command?.type === "RegisterHost") {
          expect(command.data).toMatchObject({
            hostname: host.hostname,
            ip_addresses: [`${host.address}/24`],
          });
        }
        if (command?.type === "UpdateProvider") expect(command.data.provider).toBe(host.provider);
      }
    }
  });

  it("are written compactly, with their keys in order", () => {
    const [host] = generateLandscape({ hosts: 1, seed: 1 }).hosts;
    const [discovery] = host === undefined ? [] : discoveriesOf(host);
    if (host === undefined || discovery === undefined) throw new Error("there is no host");
    const text = envelopeOf(host, discovery);
    const keys = Object.keys(JSON.parse(text).payload);
    expect(keys).toEqual([...keys].sort());
    expect(text).not.toMatch(/[:,] "/);
  });
});
