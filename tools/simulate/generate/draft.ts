/** An installation while it is made: where its hosts, addresses and ids come from. */
import { v5 } from "uuid";
import type { Role, SimulatedHost, SimulatedProvider, Tuning } from "../model/host.ts";
import type { Installation } from "../model/installation.ts";
import type { Random } from "../random.ts";
import type { Environment, Names } from "./names.ts";

/** The namespace in which agents make their ids from the machine's id. */
const AGENT_NAMESPACE = "fb92284e-aa5e-47f6-a883-bf9469e7a0dc";

export interface DraftOptions {
  readonly seed: number;
  /** Of the installation in the landscape: it has a network of its own. */
  readonly index: number;
  /** How many of its kind there were before. */
  readonly turn: number;
  readonly provider: SimulatedProvider;
  readonly environment: Environment;
  readonly random: Random;
  readonly names: Names;
}

const sizes: Readonly<
  Record<
    Role,
    { readonly cpus: readonly [number, ...number[]]; readonly memory: readonly [number, ...number[]] }
  >
> = {
  hana: { cpus: [16, 32, 64], memory: [131_072, 262_144, 524_288] },
  application: { cpus: [2, 4, 8], memory: [8_192, 16_384, 32_768] },
  none: { cpus: [2, 4, 8], memory: [8_192, 16_384, 32_768] },
};

export class Draft {
  readonly installation: Installation = { hosts: [], clusters: [], databases: [], systems: [] };
  readonly options: DraftOptions;
  #addresses = 10;

  constructor(options: DraftOptions) {
    this.options = options;
  }

  /** The next free address of the installation's network; landscapes of different seeds do not share networks. */
  address(): string {
    const { index, seed } = this.options;
    this.#addresses += 1;
    return `10.${(seed * 41 + (index >> 8)) % 200}.${index & 255}.${this.#addresses}`;
  }

  id(name: string): string {
    return v5(`${this.options.seed}/${name}`, AGENT_NAMESPACE);
  }

  /** 32 hexadecimal digits. */
  hex(name: string): string {
    return this.id(`${this.options.index}/${name}`).replaceAll("-", "");
  }

  host(prefix: string, role: Role): SimulatedHost {
    const { names, environment, provider, random } = this.options;
    const hostname = names.host(prefix, environment);
    const { cpus, memory } = sizes[role];
    const host: SimulatedHost = {
      id: this.id(hostname),
      hostname,
      domain: "sap.example.com",
      address: this.address(),
      role,
      provider,
      cpuCount: random.pick(cpus),
      memoryMb: random.pick(memory),
      osVersion: random.pick(["15-SP4", "15-SP5", "15-SP6"]),
      installation: this.installation,
      agentVersion: "3.1.0",
      bootedAt: new Date(
        Date.UTC(2026, random.whole(0, 8), random.whole(1, 28), random.whole(0, 23)),
      ).toISOString(),
      tuning: this.#tuning(role),
      extraAddress: null,
      isDown: false,
    };
    this.installation.hosts.push(host);
    return host;
  }

  hosts(count: number, prefix: string, role: Role): SimulatedHost[] {
    return Array.from({ length: count }, () => this.host(prefix, role));
  }

  /** One of several, each in its turn, so that even a small landscape has them all. */
  inTurn<const T>(items: readonly [T, ...T[]], offset = 0): T {
    return items[(this.options.turn + offset) % items.length] ?? items[0];
  }

  #tuning(role: Role): Tuning {
    if (role === "none") return "not installed";
    const { random } = this.options;
    return random.pick([
      "compliant",
      "compliant",
      "compliant",
      "compliant",
      "compliant",
      "not tuned",
      "old",
      "not compliant",
    ]);
  }
}
