/** Takes the heartbeats of agents, and tells the edge of them in batches. */
import { z } from "zod";
import type { HeartbeatBatch } from "../../../checks/relay-messages.ts";
import { type EdgeAnswer, isJudged } from "../edge/api.ts";
import { failed, heard, invalid, type Reply } from "./reply.ts";

export interface HeartbeatPorts {
  now(): number;
  heartbeat(hostId: string): Promise<EdgeAnswer>;
  /** @returns hosts that are not registered; null when the edge did not hear it */
  heartbeats(batch: HeartbeatBatch): Promise<readonly string[] | null>;
  /** The edge does not know a host that it knew. */
  onUnknown(hostId: string): void;
  /** An agent speaks again that was silent for long. */
  onReturn(hostId: string): void;
}

/** Milliseconds. */
export const BATCH_EVERY = 5_000;
/** Milliseconds after which the edge has given a host up for lost: what it knew of it may be outdated since. */
const SILENT_FOR = 60_000;
const HEARTBEATS_AT_ONCE = 2_000;
/** The edge does not hear of what is older. */
const OLDEST = 60_000;

export class Heartbeats {
  readonly #ports: HeartbeatPorts;
  /** When each host that is registered was heard last, in milliseconds. */
  readonly #heard = new Map<string, number>();
  /** Heard since the edge was told last. */
  readonly #news = new Set<string>();

  constructor(ports: HeartbeatPorts) {
    this.#ports = ports;
  }

  get hosts(): number {
    return this.#heard.size;
  }

  async take(id: string): Promise<Reply> {
    if (!z.guid().safeParse(id).success) return invalid({ path: ["id"], message: "has invalid format" });
    const hostId = id.toLowerCase();
    const last = this.#heard.get(hostId);
    if (last === undefined) return this.#first(hostId);
    const now = this.#ports.now();
    this.#heard.set(hostId, now);
    this.#news.add(hostId);
    if (now - last >= SILENT_FOR) this.#ports.onReturn(hostId);
    return heard;
  }

  /** Tells the edge who was heard. What it does not hear now it hears with the next, each with its age. */
  async tell(): Promise<void> {
    const now = this.#ports.now();
    const all = [...this.#news].map((host_id) => ({ host_id, age: now - (this.#heard.get(host_id) ?? 0) }));
    for (const { host_id, age } of all) if (age > OLDEST) this.#news.delete(host_id);
    const heartbeats = all.filter(({ age }) => age <= OLDEST);
    for (let start = 0; start < heartbeats.length; start += HEARTBEATS_AT_ONCE) {
      const some = heartbeats.slice(start, start + HEARTBEATS_AT_ONCE);
      const unknown = await this.#ports.heartbeats({ interval: BATCH_EVERY, heartbeats: some });
      if (unknown === null) return;
      for (const { host_id, age } of some) {
        // It may have been heard again meanwhile.
        if (this.#heard.get(host_id) === now - age) this.#news.delete(host_id);
      }
      for (const hostId of unknown) {
        this.#heard.delete(hostId);
        this.#news.delete(hostId);
        this.#ports.onUnknown(hostId);
      }
    }
  }

  /** Whether a host is registered, the edge alone can say. */
  async #first(hostId: string): Promise<Reply> {
    const answer = await this.#ports.heartbeat(hostId);
    if (!isJudged(answer)) return failed(503, "The control plane cannot be reached.");
    if (answer.status === 204) this.#heard.set(hostId, this.#ports.now());
    return { status: answer.status, body: answer.body || null };
  }
}
