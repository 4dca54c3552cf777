/** The Durable Object of an agent: its raw discoveries, and what they told before. */
import { DurableObject } from "cloudflare:workers";
import type { DiscoveryType } from "../domain/discovery/envelope.ts";
import type { RememberedInstance } from "../domain/discovery/policy.ts";
import { Discoveries, type Discovery } from "./agent/discoveries.ts";
import { type Failure, Failures } from "./agent/failures.ts";
import { deregister, type HostCause, markStale } from "./agent/farewell.ts";
import { type IncomingDiscovery, Intake, type IntakeOutcome } from "./agent/intake.ts";
import { Memory } from "./agent/memory.ts";
import { agentPorts } from "./agent/platform.ts";
import type { AgentPorts } from "./agent/ports.ts";
import { createTables } from "./agent/tables.ts";
import { Turns } from "./agent/turns.ts";
import type { DurableObjectBindings } from "./bindings.ts";

export class AgentObject extends DurableObject<DurableObjectBindings> {
  readonly #discoveries: Discoveries;
  readonly #failures: Failures;
  readonly #memory: Memory;
  readonly #ports: AgentPorts;
  readonly #intake: Intake;
  readonly #turns = new Turns();

  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env);
    createTables(ctx.storage.sql);
    this.#discoveries = new Discoveries(ctx.storage);
    this.#failures = new Failures(ctx.storage);
    this.#memory = new Memory(ctx.storage.sql);
    this.#ports = agentPorts(env);
    this.#intake = new Intake(this.#discoveries, this.#failures, this.#memory, this.#ports);
  }

  /** Whether this very payload is in force already. Writes nothing and calls nobody. */
  async holds(type: DiscoveryType, hash: string): Promise<boolean> {
    return this.#intake.holds(type, hash);
  }

  /** One at a time: an agent sends all its first discoveries at once. */
  async collect(incoming: IncomingDiscovery): Promise<IntakeOutcome> {
    return this.#turns.take(() => this.#intake.take(incoming));
  }

  /** What was accepted is not known to hold any more: the next discoveries are dispatched in full. */
  async forget(): Promise<void> {
    this.#intake.forget();
  }

  /** As if the agent had sent once more what it sent last. */
  async replay(types: readonly DiscoveryType[], correlationId: string): Promise<void> {
    await this.#turns.take(() => this.#intake.replay(types, correlationId));
  }

  /** An aggregate changed in what it has of this host: an instance moved or was removed, or all of it is gone, or back. */
  async review(
    kind: RememberedInstance["kind"],
    aggregateId: string,
    hostId: string,
    correlationId: string,
  ): Promise<void> {
    await this.#turns.take(async () => {
      const { numbers, gone } = await this.#ports.instancesOn(kind, aggregateId, hostId);
      if (!this.#memory.review(kind, aggregateId, numbers, gone)) return;
      this.#discoveries.doubt("sap_system_discovery");
      await this.#intake.announce(hostId);
      await this.#intake.judgeTuning(hostId, correlationId);
    });
  }

  /** The host is given up for lost. */
  async markStale(cause: HostCause): Promise<void> {
    await this.#turns.take(async () => {
      await markStale(cause, this.#memory, this.#ports);
      this.#memory.facts.set("silent", true);
      this.#intake.forget();
    });
  }

  /** Everything that hangs on the host is taken away, and then the host itself. */
  async deregister(cause: HostCause): Promise<void> {
    await this.#turns.take(async () => {
      await deregister(cause, this.#memory, this.#ports);
      this.#memory.facts.set("silent", true);
      this.#intake.forget();
      await this.#intake.announce(cause.hostId);
    });
  }

  async discoveries(): Promise<{ latest: Discovery[]; failures: Failure[] }> {
    return { latest: this.#discoveries.all(), failures: this.#failures.all() };
  }

  /** The body of a kept failure, as it came; null when there is none of that id. */
  async failureBody(id: string): Promise<string | null> {
    return this.#failures.body(id);
  }
}
