/**
 * Takes the heartbeats of agents, and tells the edge of them in batches; of hosts that fell silent, too, for a while: so the edge
 * knows a silent host from a relay that is starting anew.
 */
import { z } from "zod";
import type { HeartbeatBatch, HeartbeatsHeard } from "../../../checks/relay-messages.ts";
import { type EdgeAnswer, isJudged } from "../edge/api.ts";
import { failed, heard, invalid, type Reply } from "./reply.ts";

/** What the edge said of a batch. */
export type Told =
  | { readonly heard: HeartbeatsHeard }
  /** It did not hear it. */
  | { readonly heard: null; readonly answer: EdgeAnswer };

export interface HeartbeatPorts {
  now(): number;
  /** Agents that came before this relay was started, and may have died meanwhile. */
  readonly before: readonly string[];
  heartbeats(batch: HeartbeatBatch): Promise<Told>;
  /** The edge does not know a host that beats: it is to have all that was said of it. */
  onUnknown(hostId: string): void;
  /** What the edge knows of a host may be outdated: it is to be told all anew as the agent repeats it. */
  onDoubt(hostId: string): void;
}

/** Milliseconds. */
export const BATCH_EVERY = 5_000;
/** Milliseconds for which a host that fell silent is still told of, and after which its return is noticed. */
export const TOLD_FOR = 60_000;
/** Milliseconds until it is a silent one: with two heartbeats missed it is not one that beats. */
const SILENT_AFTER = 10_000;
const HEARTBEATS_AT_ONCE = 2_000;
/** Milliseconds until a host that the edge does not know has all that was said of it sent again. */
const SENT_AGAIN_AFTER = 60_000;

export class Heartbeats {
  readonly #ports: HeartbeatPorts;
  /** When each host that is registered was heard last, in milliseconds. */
  readonly #heard = new Map<string, number>();
  /** When all that was said of a host was sent since it was not known, in milliseconds. */
  readonly #sentAgain = new Map<string, number>();

  /** Those that came before the start, and have not come since. */
  readonly #awaited: Set<string>;
  readonly #startedAt: number;

  constructor(ports: HeartbeatPorts) {
    this.#ports = ports;
    this.#awaited = new Set(ports.before);
    this.#startedAt = ports.now();
  }

  get hosts(): number {
    return this.#heard.size;
  }

  async take(id: string): Promise<Reply> {
    if (!z.guid().safeParse(id).success) return invalid({ path: ["id"], message: "has invalid format" });
    const hostId = id.toLowerCase();
    this.#awaited.delete(hostId);
    const last = this.#heard.get(hostId);
    if (last === undefined) return this.#first(hostId);
    const now = this.#ports.now();
    this.#heard.set(hostId, now);
    if (now - last >= TOLD_FOR) this.#ports.onDoubt(hostId);
    return heard;
  }

  /** Tells the edge who was heard. What it does not hear now it hears with the next, each with its age. */
  async tell(): Promise<void> {
    const now = this.#ports.now();
    const awaited = now - this.#startedAt < SILENT_AFTER ? [] : [...this.#awaited];
    const all = [...this.#heard, ...awaited.map((hostId) => [hostId, this.#startedAt] as const)];
    const heartbeats = all
      .map(([host_id, at]) => ({ host_id, age: Math.max(now - at, 0) }))
      .filter(({ age }) => age <= TOLD_FOR);
    for (let start = 0; start < heartbeats.length; start += HEARTBEATS_AT_ONCE) {
      const told = await this.#tell(heartbeats.slice(start, start + HEARTBEATS_AT_ONCE));
      if (told.heard === null) return;
    }
    for (const [hostId, at] of this.#sentAgain) {
      if (now - at >= SENT_AGAIN_AFTER) this.#sentAgain.delete(hostId);
    }
  }

  async #tell(heartbeats: HeartbeatBatch["heartbeats"]): Promise<Told> {
    const told = await this.#ports.heartbeats({ interval: BATCH_EVERY, heartbeats });
    for (const hostId of told.heard?.doubted ?? []) this.#ports.onDoubt(hostId);
    for (const hostId of told.heard?.unknown ?? []) this.#isUnknown(hostId);
    return told;
  }

  /** Whether a host is registered, the edge alone can say: it is asked at once. */
  async #first(hostId: string): Promise<Reply> {
    const { now } = this.#ports;
    // Heard when it came, whenever the edge says whose it is.
    const at = now();
    const told = await this.#tell([{ host_id: hostId, age: 0 }]);
    if (told.heard === null) {
      const { answer } = told;
      if (isJudged(answer)) return { status: answer.status, body: answer.body || null };
      return failed(503, "The control plane cannot be reached.");
    }
    if (told.heard.unknown.includes(hostId)) return failed(404, "The host is not registered.");
    this.#heard.set(hostId, Math.max(at, this.#heard.get(hostId) ?? 0));
    return heard;
  }

  /** One that is silent is not spoken for: it was taken away after it was lost. */
  #isUnknown(hostId: string): void {
    const now = this.#ports.now();
    const last = this.#heard.get(hostId) ?? now;
    this.#heard.delete(hostId);
    this.#awaited.delete(hostId);
    if (now - last >= SILENT_AFTER || this.#sentAgain.has(hostId)) return;
    this.#sentAgain.set(hostId, now);
    this.#ports.onUnknown(hostId);
  }
}
