/** Takes the discoveries of one agent: stores them, runs their policies and dispatches the commands. */
import { type DiscoveryType, envelopeSchema } from "../../domain/discovery/envelope.ts";
import { policies } from "../../domain/discovery/index.ts";
import type { Issue } from "../../domain/discovery/issue.ts";
import { namesSapInstances } from "../../domain/discovery/sap-presence.ts";
import type { HostCommand } from "../../domain/host/index.ts";
import type { Discoveries } from "./discoveries.ts";
import { type DispatchResult, dispatch, type Send } from "./dispatch.ts";
import type { Failures } from "./failures.ts";
import type { Memory } from "./memory.ts";

/** A discovery as the edge passes it on: the envelope is sound, the payload is not judged yet. */
export interface IncomingDiscovery {
  readonly agentId: string;
  readonly type: DiscoveryType;
  /** The request's body as it came. */
  readonly body: string;
  /** Digest of the body. */
  readonly hash: string;
  readonly correlationId: string;
}

export type IntakeOutcome =
  | { readonly status: "accepted" }
  | { readonly status: "parked"; readonly waitsFor: readonly string[] }
  | { readonly status: "invalid"; readonly issues: readonly Issue[] }
  | { readonly status: "failed"; readonly errors: readonly string[] };

export interface IntakePorts {
  now(): number;
  newId(): string;
  readonly send: Send;
}

/** Milliseconds after which an unchanged discovery is dispatched in full again, in case that something was lost. */
export const DISPATCHED_ANEW_AFTER = 5 * 60_000;

export class Intake {
  readonly #discoveries: Discoveries;
  readonly #failures: Failures;
  readonly #memory: Memory;
  readonly #ports: IntakePorts;
  /** Raised by `forget`: what was dispatched before it is not known to hold after it. */
  #generation = 0;

  constructor(discoveries: Discoveries, failures: Failures, memory: Memory, ports: IntakePorts) {
    this.#discoveries = discoveries;
    this.#failures = failures;
    this.#memory = memory;
    this.#ports = ports;
  }

  /** Whether all commands of this very payload were accepted lately: then there is nothing to do. */
  holds(type: DiscoveryType, hash: string): boolean {
    const last = this.#discoveries.get(type);
    if (last?.hash !== hash || last.acceptedAt === null) return false;
    return this.#ports.now() - last.acceptedAt < DISPATCHED_ANEW_AFTER;
  }

  forget(): void {
    this.#generation += 1;
    this.#discoveries.forget();
  }

  async take(incoming: IncomingDiscovery): Promise<IntakeOutcome> {
    const { agentId, type, body, hash } = incoming;
    const receivedAt = new Date(this.#ports.now()).toISOString();
    const id = this.#ports.newId();
    const { payload } = envelopeSchema.parse(JSON.parse(body));
    const policy = policies[type](agentId, payload, this.#memory.read());
    if (!policy.ok) {
      await this.#keepFailure(incoming, receivedAt, policy.issues);
      return { status: "invalid", issues: policy.issues };
    }
    await this.#discoveries.receive(
      { type, id, agentId, hash, receivedAt, state: "dispatching", reason: null, acceptedAt: null },
      body,
    );
    const sapChanged =
      type === "sap_system_discovery" && this.#memory.learnSapRunning(namesSapInstances(payload));
    const result = await this.#dispatch(type, policy.commands, incoming.correlationId);
    if (sapChanged) await this.#replay(["saptune_discovery"], incoming.correlationId);
    if (result.events.some((event) => event === "HostRegistered" || event === "HostRestored")) {
      await this.#replay(
        ["cloud_discovery", "subscription_discovery", "saptune_discovery"],
        incoming.correlationId,
      );
    }
    if (result.errors.length > 0) {
      await this.#keepFailure(incoming, receivedAt, result.errors);
      return { status: "failed", errors: result.errors };
    }
    return result.waitsFor.length > 0
      ? { status: "parked", waitsFor: result.waitsFor }
      : { status: "accepted" };
  }

  #keepFailure({ type, hash, body }: IncomingDiscovery, receivedAt: string, reason: unknown): Promise<void> {
    const failure = { id: this.#ports.newId(), type, hash, receivedAt, reason: JSON.stringify(reason) };
    return this.#failures.keep(failure, body);
  }

  /** What was stored is dispatched again: something that it waited for, or that it is judged by, has changed. */
  async #replay(types: readonly DiscoveryType[], correlationId: string): Promise<void> {
    for (const type of types) {
      const discovery = this.#discoveries.get(type);
      const body = await this.#discoveries.body(type);
      if (body === null || discovery === undefined) continue;
      const { payload } = envelopeSchema.parse(JSON.parse(body));
      const policy = policies[type](discovery.agentId, payload, this.#memory.read());
      if (policy.ok) await this.#dispatch(type, policy.commands, correlationId);
    }
  }

  async #dispatch(
    type: DiscoveryType,
    commands: readonly HostCommand[],
    correlationId: string,
  ): Promise<DispatchResult> {
    const discovery = this.#discoveries.get(type);
    const generation = this.#generation;
    const metadata = {
      correlationId,
      causationId: discovery?.id ?? null,
      actor: `agent:${discovery?.agentId}`,
    };
    const result = await dispatch(commands, metadata, this.#ports.send);
    // A restored host takes over what it was, not all of what it is (rule 4): the next discovery completes it.
    const settled =
      result.errors.length + result.waitsFor.length === 0 &&
      generation === this.#generation &&
      !result.events.includes("HostRestored");
    this.#discoveries.settle(type, {
      state: result.errors.length > 0 ? "failed" : result.waitsFor.length > 0 ? "parked" : "accepted",
      reason: [...result.errors, ...result.waitsFor].join(", ") || null,
      acceptedAt: settled ? this.#ports.now() : null,
    });
    return result;
  }
}
