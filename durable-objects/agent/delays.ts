/** Discoveries that the server could not apply for reasons of its own, and when each is tried again. */
import { pauseAfter } from "../../domain/agent/delay.ts";
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";
import type { AlarmClock } from "../alarm-clock.ts";
import type { Delay, Facts } from "./facts.ts";

export interface DelayPorts {
  now(): number;
  /** Between 0 and 1. */
  random(): number;
}

export class Delays {
  readonly #facts: Facts;
  readonly #clock: Pick<AlarmClock<DiscoveryType>, "set" | "clear">;
  readonly #ports: DelayPorts;

  constructor(facts: Facts, clock: Pick<AlarmClock<DiscoveryType>, "set" | "clear">, ports: DelayPorts) {
    this.#facts = facts;
    this.#clock = clock;
    this.#ports = ports;
  }

  of(type: DiscoveryType): Delay | null {
    return this.#facts.get("delays").find((delay) => delay.type === type) ?? null;
  }

  /** It has failed, once more or for the first time. */
  note(type: DiscoveryType): Delay {
    const known = this.of(type);
    const now = this.#ports.now();
    const delay: Delay = {
      type,
      attempts: (known?.attempts ?? 0) + 1,
      since: known?.since ?? new Date(now).toISOString(),
    };
    this.#facts.set("delays", [...this.#others(type), delay]);
    this.#clock.set(type, now + pauseAfter(delay.attempts, this.#ports.random()));
    return delay;
  }

  /** It was applied, or is not to be tried any more. */
  end(type: DiscoveryType): void {
    if (this.#facts.set("delays", this.#others(type))) this.#clock.clear(type);
  }

  #others(type: DiscoveryType): Delay[] {
    return this.#facts.get("delays").filter((delay) => delay.type !== type);
  }
}
