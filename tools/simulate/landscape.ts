/** Generates a landscape: hosts that belong together, as a customer has them. */
import { Draft } from "./generate/draft.ts";
import { filler, kinds } from "./generate/installations.ts";
import { environments, Names } from "./generate/names.ts";
import { providers, type SimulatedProvider } from "./model/host.ts";
import type { Installation, Landscape } from "./model/installation.ts";
import { randomFrom } from "./random.ts";

export {
  providers,
  type Role,
  type SimulatedHost,
  type SimulatedProvider,
  type Tuning,
} from "./model/host.ts";
export type { Installation, Landscape } from "./model/installation.ts";

export interface LandscapeOptions {
  readonly hosts: number;
  readonly seed: number;
  readonly provider?: SimulatedProvider | "mixed";
}

/** The same seed gives the same landscape. */
export function generateLandscape({ hosts, seed, provider = "mixed" }: LandscapeOptions): Landscape {
  const random = randomFrom(seed);
  const names = new Names();
  const installations: Installation[] = [];
  const add = (kind: typeof filler, turn: number) => {
    const index = installations.length;
    const round = Math.floor(index / providers.length);
    const draft = new Draft({
      seed,
      index,
      turn,
      // Each round of kinds meets the providers in another order.
      provider:
        provider === "mixed" ? (providers[(index + round + seed) % providers.length] ?? "kvm") : provider,
      environment: environments[index % environments.length] ?? environments[0],
      random,
      names,
    });
    kind.make(draft);
    installations.push(draft.installation);
    return draft.installation.hosts.length;
  };
  let left = hosts;
  for (let turn = 0; left > 0; turn += 1) {
    const fitting = kinds.filter((kind) => kind.hosts <= left);
    if (fitting.length === 0) left -= add(filler, turn);
    for (const kind of fitting) if (kind.hosts <= left) left -= add(kind, turn);
  }
  return { seed, installations, hosts: installations.flatMap((installation) => installation.hosts) };
}

/** In a few words, for people. */
export function summaryOf({ hosts, installations }: Landscape): string {
  const many = (thing: string, one: (installation: Installation) => readonly unknown[]) => {
    const number = installations.flatMap(one).length;
    return `${number} ${thing}${number === 1 ? "" : "s"}`;
  };
  const clusters = many("cluster", (installation) => installation.clusters);
  const databases = many("database", (installation) => installation.databases);
  const systems = many("SAP system", (installation) => installation.systems);
  return `${hosts.length} hosts: ${clusters}, ${databases} and ${systems}`;
}
