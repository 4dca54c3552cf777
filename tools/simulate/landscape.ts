/** Generates a landscape: hosts that belong together, as a customer has them. */
import { v5 } from "uuid";
import { type Random, randomFrom } from "./random.ts";

/** The namespace in which agents make their ids from the machine's id. */
const AGENT_NAMESPACE = "fb92284e-aa5e-47f6-a883-bf9469e7a0dc";

export const providers = ["azure", "aws", "gcp", "kvm", "nutanix", "vmware"] as const;
export type SimulatedProvider = (typeof providers)[number];

export type Role = "hana" | "application" | "none";
export type Tuning = "compliant" | "not compliant" | "not tuned" | "old" | "not installed";

export interface SimulatedHost {
  readonly id: string;
  readonly hostname: string;
  readonly domain: string;
  readonly address: string;
  readonly role: Role;
  readonly provider: SimulatedProvider;
  readonly cpuCount: number;
  readonly memoryMb: number;
  readonly osVersion: string;
  readonly agentVersion: string;
  readonly bootedAt: string;
  readonly clustered: boolean;
  readonly tuning: Tuning;
  readonly extraAddress: string | null;
}

export interface Landscape {
  readonly seed: number;
  readonly hosts: readonly SimulatedHost[];
}

export interface LandscapeOptions {
  readonly hosts: number;
  readonly seed: number;
  readonly provider?: SimulatedProvider | "mixed";
}

const environments = ["prd", "qas", "dev", "tst", "sbx"];
/** The hosts of one system, in the order in which they are made: a pair of databases, central services, servers, storage. */
const members: readonly { readonly prefix: string; readonly role: Role; readonly count: number }[] = [
  { prefix: "vmhdb", role: "hana", count: 2 },
  { prefix: "vmnw", role: "application", count: 4 },
  { prefix: "vmdrbd", role: "none", count: 2 },
  { prefix: "vmiscsi", role: "none", count: 1 },
];
const HOSTS_OF_A_SYSTEM = members.reduce((sum, { count }) => sum + count, 0);

/** The name of the n-th host, and what it is for. */
function placeOf(index: number): { name: string; role: Role } {
  const system = Math.floor(index / HOSTS_OF_A_SYSTEM);
  const environment = environments[system % environments.length] ?? "prd";
  const generation = Math.floor(system / environments.length);
  let within = index % HOSTS_OF_A_SYSTEM;
  for (const { prefix, role, count } of members) {
    if (within < count) {
      const number = String(generation * count + within + 1).padStart(2, "0");
      return { name: `${prefix}${environment}${number}`, role };
    }
    within -= count;
  }
  throw new Error(`there is no place for host ${index}`);
}

function tuningOf(role: Role, random: Random): Tuning {
  if (role === "none") return "not installed";
  return random.pick([
    "compliant",
    "compliant",
    "compliant",
    "compliant",
    "not tuned",
    "old",
    "not compliant",
  ]);
}

function hostOf(index: number, options: LandscapeOptions, random: Random): SimulatedHost {
  const { name, role } = placeOf(index);
  const { provider = "mixed" } = options;
  const system = Math.floor(index / HOSTS_OF_A_SYSTEM);
  const memory = role === "hana" ? [131_072, 262_144, 524_288] : [8_192, 16_384, 32_768];
  return {
    id: v5(`${options.seed}/${name}`, AGENT_NAMESPACE),
    hostname: name,
    domain: "sap.example.com",
    address: `10.${(index >> 16) & 255}.${(index >> 8) & 255}.${index & 255}`.replace(/^10\.0\./, "10.80."),
    role,
    // The hosts of one system run at one provider.
    provider:
      provider === "mixed" ? (providers[(system + options.seed) % providers.length] ?? "kvm") : provider,
    cpuCount: random.pick(role === "hana" ? [16, 32, 64] : [2, 4, 8]),
    memoryMb: memory[random.whole(0, 2)] ?? 8_192,
    osVersion: random.pick(["15-SP4", "15-SP5", "15-SP6"]),
    agentVersion: "3.0.1",
    bootedAt: new Date(
      Date.UTC(2026, random.whole(0, 8), random.whole(1, 28), random.whole(0, 23)),
    ).toISOString(),
    clustered: role !== "none" || name.startsWith("vmdrbd"),
    tuning: tuningOf(role, random),
    extraAddress: null,
  };
}

/** The same seed gives the same landscape. */
export function generateLandscape(options: LandscapeOptions): Landscape {
  const random = randomFrom(options.seed);
  const hosts = Array.from({ length: options.hosts }, (_, index) => hostOf(index, options, random));
  return { seed: options.seed, hosts };
}
