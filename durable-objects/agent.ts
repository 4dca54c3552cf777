/** The Durable Object of an agent: its raw discoveries, and what they told before. */
import { DurableObject } from "cloudflare:workers";
import type { DiscoveryType } from "../domain/discovery/envelope.ts";
import { Discoveries, type Discovery } from "./agent/discoveries.ts";
import { type Failure, Failures } from "./agent/failures.ts";
import { type IncomingDiscovery, Intake, type IntakeOutcome } from "./agent/intake.ts";
import { Memory } from "./agent/memory.ts";
import { createTables } from "./agent/tables.ts";
import { Turns } from "./agent/turns.ts";
import type { DurableObjectBindings } from "./bindings.ts";
import { hostStub } from "./host.ts";

export class AgentObject extends DurableObject<DurableObjectBindings> {
  readonly #discoveries: Discoveries;
  readonly #failures: Failures;
  readonly #intake: Intake;
  readonly #turns = new Turns();

  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env);
    createTables(ctx.storage.sql);
    this.#discoveries = new Discoveries(ctx.storage);
    this.#failures = new Failures(ctx.storage);
    this.#intake = new Intake(this.#discoveries, this.#failures, new Memory(ctx.storage.sql), {
      now: () => Date.now(),
      newId: () => crypto.randomUUID(),
      send: (command, metadata) =>
        hostStub(env, command.data.host_id).execute({
          stream: { type: "host", id: command.data.host_id },
          command,
          commandId: crypto.randomUUID(),
          keepOutcome: "when_changed",
          metadata,
        }),
    });
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

  async discoveries(): Promise<{ latest: Discovery[]; failures: Failure[] }> {
    return { latest: this.#discoveries.all(), failures: this.#failures.all() };
  }

  /** The body of a kept failure, as it came; null when there is none of that id. */
  async failureBody(id: string): Promise<string | null> {
    return this.#failures.body(id);
  }
}
