/** The Durable Object that watches the heartbeats of some hundreds of agents. */
import { DurableObject } from "cloudflare:workers";
import type { HeartbeatsHeard } from "../checks/relay-messages.ts";
import type { DurableObjectBindings } from "./bindings.ts";
import type { Heartbeat, Way } from "./heartbeat-watch/loss.ts";
import { Reasons } from "./heartbeat-watch/reasons.ts";
import { shardCount, watchStub } from "./heartbeat-watch/shards.ts";
import { type RelayedHeartbeat, type ShownHeartbeat, Watch } from "./heartbeat-watch/watch.ts";
import { execute, hostStub, LATEST } from "./streams.ts";

export class HeartbeatWatch extends DurableObject<DurableObjectBindings> {
  readonly #watch: Watch;
  readonly #reasons: Reasons;

  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env);
    this.#reasons = new Reasons(env.DB);
    this.#watch = new Watch({
      storage: ctx.storage,
      now: () => Date.now(),
      shards: shardCount(env),
      isRegistered: async (hostId) => {
        const { state } = await hostStub(env, hostId).stateAt(LATEST);
        return state.description !== null && state.deregistered_at === null;
      },
      updateHeartbeat: async (hostId, heartbeat) => {
        const command = { type: "UpdateHeartbeat" as const, data: { host_id: hostId, heartbeat } };
        const outcome = await execute(env, command, {
          commandId: crypto.randomUUID(),
          keepOutcome: "when_changed",
          metadata: {
            correlationId: await this.#reasons.of(heartbeat),
            causationId: null,
            actor: "system",
          },
        });
        return outcome.status === "accepted";
      },
      handOver: (hostId, way) => watchStub(env, hostId).adopt(hostId, way, shardCount(env)),
    });
    // An alarm that failed to be set must not leave a shard blind.
    ctx.blockConcurrencyWhile(() => this.#watch.start());
  }

  /** @returns false when there is no such host (never registered, or deregistered) */
  async beat(hostId: string, shards: number): Promise<boolean> {
    return this.#watch.beat(hostId, shards);
  }

  /** Heartbeats that a relay has heard. */
  async beatAll(
    heard: readonly RelayedHeartbeat[],
    interval: number,
    namesSilent: boolean,
    shards: number,
  ): Promise<HeartbeatsHeard> {
    return this.#watch.beatAll(heard, interval, namesSilent, shards);
  }

  /** What the host said is not known to hold any more. */
  async doubt(hostId: string): Promise<void> {
    this.#watch.doubt(hostId);
  }

  /** Takes an agent over from a shard of an earlier number of shards. */
  async adopt(hostId: string, way: Way, shards: number): Promise<void> {
    this.#watch.adopt(hostId, way, shards);
  }

  /** Hosts as they are shown: what differs from what is known here is told anew. */
  async compare(shown: readonly ShownHeartbeat[], shards: number): Promise<void> {
    this.#watch.compare(shown, shards);
  }

  /** The host is deregistered: its heartbeats are no longer known. */
  async forget(hostId: string): Promise<void> {
    this.#watch.forget(hostId);
  }

  async last(hostId: string): Promise<Heartbeat | null> {
    return this.#watch.last(hostId);
  }

  /** A host that reports may not be taken away. */
  async isAlive(hostId: string): Promise<boolean> {
    return this.#watch.isAlive(hostId);
  }

  /** Last heartbeats that this instance has seen, in milliseconds, by host. */
  async seen(): Promise<Record<string, number>> {
    return this.#watch.seen();
  }

  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    await this.#watch.check(info);
  }
}
