/** What happens in a landscape, one thing after the other; the same seed tells the same story. */
import type { Clock, SimulatedAgent } from "./agents.ts";
import type { Incident, Plan } from "./incidents/incident.ts";
import { incidents } from "./incidents/index.ts";
import type { Installation } from "./model/installation.ts";
import { type Random, randomFrom } from "./random.ts";

export { incidents } from "./incidents/index.ts";

/** Milliseconds between two incidents, and until one is over. */
const EVERY = 8_000;
const LASTS = 25_000;

export class IncidentScript {
  readonly #agents: readonly SimulatedAgent[];
  readonly #clock: Clock;
  readonly #tell: (line: string) => void;
  readonly #random: Random;
  /** Where something happens: one thing at a time. */
  readonly #busy = new Set<Installation>();
  readonly #cancels = new Set<() => void>();
  #number = 0;

  constructor(agents: readonly SimulatedAgent[], seed: number, clock: Clock, tell: (line: string) => void) {
    this.#agents = agents;
    this.#clock = clock;
    this.#tell = tell;
    this.#random = randomFrom(seed + 1);
  }

  /** Lets one thing after the other happen, until it is stopped. */
  start(): void {
    this.#later(EVERY, () => {
      this.#next(incidents.length);
      this.start();
    });
  }

  /** Ends the story where it is: what has begun is not brought to its end. */
  stop(): void {
    for (const cancel of this.#cancels) cancel();
    this.#cancels.clear();
  }

  /** @returns false where there is nothing that it could happen to */
  play(incident: Incident): boolean {
    const installations = [...new Set(this.#agents.map(({ host }) => host.installation))];
    const free = installations.filter((installation) => !this.#busy.has(installation));
    const plan = incident.plan({ installations: free, random: this.#random, number: this.#number });
    if (plan === null) return false;
    this.#number += 1;
    this.#busy.add(plan.installation);
    this.#follow(plan, 0);
    return true;
  }

  /** What cannot happen here is passed over. */
  #next(tries: number): void {
    const incident = incidents[this.#number % incidents.length];
    if (incident === undefined || tries === 0 || this.play(incident)) return;
    this.#number += 1;
    this.#next(tries - 1);
  }

  #follow(plan: Plan, index: number): void {
    const step = plan.steps[index];
    if (step === undefined) return;
    this.#tell(step.line);
    step.change();
    for (const agent of this.#agents) if (agent.host.installation === plan.installation) agent.announce();
    const isLast = index + 1 === plan.steps.length;
    if (isLast) this.#busy.delete(plan.installation);
    else this.#later(LASTS / (plan.steps.length - 1), () => this.#follow(plan, index + 1));
  }

  #later(milliseconds: number, call: () => void): void {
    const cancel = this.#clock.after(milliseconds, () => {
      this.#cancels.delete(cancel);
      call();
    });
    this.#cancels.add(cancel);
  }
}

/** @returns what ends the story */
export function tellIncidents(
  agents: readonly SimulatedAgent[],
  seed: number,
  clock: Clock,
  tell: (line: string) => void,
): () => void {
  const script = new IncidentScript(agents, seed, clock, tell);
  script.start();
  return () => script.stop();
}
