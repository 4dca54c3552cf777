/**
 * Takes the discoveries of agents. What is new goes to the edge at once, and the agent is answered what the edge answers;
 * what is repeated is told to the edge as a digest, every few minutes. While the edge is away, discoveries are kept on disk.
 */
import type { HeldDiscoveries } from "../../../checks/relay-messages.ts";
import { digestOfBody, readDiscovery } from "../../../workers/edge/discovery-body.ts";
import { unattended } from "../../unattended.ts";
import { type EdgeAnswer, isJudged } from "../edge/api.ts";
import { refusalOf } from "./judge.ts";
import { accepted, type Reply } from "./reply.ts";
import type { DiscoveryStore, Key } from "./store.ts";

export interface DiscoveryPorts {
  now(): number;
  after(milliseconds: number, call: () => void): () => void;
  collect(body: Uint8Array<ArrayBuffer>): Promise<EdgeAnswer>;
  /** Null when the edge did not say. */
  missing(
    held: HeldDiscoveries,
  ): Promise<readonly { readonly agent_id: string; readonly discovery_types: readonly string[] }[] | null>;
  readonly store: DiscoveryStore;
  count(outcome: "forwarded" | "unchanged" | "stored" | "refused" | "confirmed" | "caught_up"): void;
  log(line: string): void;
}

/** Milliseconds after which the edge is told again of a discovery that an agent repeats. */
export const CONFIRMED_AFTER = 5 * 60_000;
/** Agents in one message. */
const CONFIRMED_AT_ONCE = 200;
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;

interface Known extends Key {
  readonly hash: string;
  pending: boolean;
  /** When the edge was told of it last, in milliseconds: when it was sent, whenever the answer came. */
  toldAt: number;
}

const nameOf = ({ agentId, type }: Key) => `${agentId}/${type}`;

export class Discoveries {
  readonly #ports: DiscoveryPorts;
  readonly #known = new Map<string, Known>();
  /** When it was last said that the edge may have another picture of an agent, in milliseconds. */
  readonly #doubted = new Map<string, number>();
  /** Repeated, and to be told of. */
  readonly #due = new Set<string>();
  /** What is under way of each: one after the other, as an agent sends them. */
  readonly #turns = new Map<string, Promise<unknown>>();
  /** Set while the edge is away. */
  #cancelRetry: (() => void) | null = null;
  #pause = FIRST_PAUSE;
  #isCatchingUp = false;
  #isClosed = false;

  constructor(ports: DiscoveryPorts) {
    this.#ports = ports;
    for (const kept of ports.store.all()) this.#known.set(nameOf(kept), { ...kept, toldAt: 0 });
    if (ports.store.waiting() > 0) this.#retryLater(0);
  }

  get isEdgeAway(): boolean {
    return this.#cancelRetry !== null;
  }

  async take(bytes: Uint8Array<ArrayBuffer>): Promise<Reply> {
    const read = readDiscovery(bytes);
    if ("status" in read) {
      this.#ports.count("refused");
      return { status: read.status, body: JSON.stringify(read.errors) };
    }
    const hash = await digestOfBody(bytes);
    const key = { agentId: read.agentId, type: read.type };
    return this.#inTurn(nameOf(key), async () => {
      const known = this.#known.get(nameOf(key));
      if (known?.hash === hash) return this.#repeated(known);
      if (!this.isEdgeAway) {
        const toldAt = this.#ports.now();
        const answer = await this.#ports.collect(bytes);
        if (isJudged(answer)) return this.#forwarded({ ...key, hash, pending: false, toldAt }, bytes, answer);
        this.#away(answer);
      }
      const refusal = refusalOf(read);
      if (refusal === null) this.#keep({ ...key, hash, pending: true, toldAt: 0 }, bytes);
      this.#ports.count(refusal === null ? "stored" : "refused");
      return refusal ?? accepted;
    });
  }

  /** The edge may have another picture of the agent than it had: all of it is told again when the agent repeats it. */
  doubt(agentId: string): void {
    this.#doubted.set(agentId, this.#ports.now());
  }

  /** The edge does not know the host: all that was said of it is sent whole. */
  resend(agentId: string): void {
    const { store } = this.#ports;
    const own = [...this.#known.values()].filter((known) => known.agentId === agentId && !known.pending);
    for (const known of own) known.pending = store.settle(known, known.hash, true);
    if (own.length > 0) this.#goOn();
  }

  /** Tells the edge, in one message for many agents, what they repeat; what waits goes first, in case that its sending failed. */
  async confirm(): Promise<void> {
    await this.catchUp();
    if (this.isEdgeAway) return;
    const due = [...this.#due].flatMap((name) => this.#known.get(name) ?? []);
    const byAgent = [...Map.groupBy(due, ({ agentId }) => agentId)].slice(0, CONFIRMED_AT_ONCE);
    if (byAgent.length === 0) return;
    const told = byAgent.flatMap(([, own]) => own);
    const now = this.#ports.now();
    for (const known of told) {
      this.#due.delete(nameOf(known));
      known.toldAt = now;
    }
    const answer = await this.#ports.missing({
      agents: byAgent.map(([agent_id, own]) => ({
        agent_id,
        discoveries: own.map(({ type, hash }) => ({ discovery_type: type, hash })),
      })),
    });
    if (answer === null) {
      for (const known of told) this.#due.add(nameOf(known));
      return;
    }
    const missing = new Set(
      answer.flatMap(({ agent_id, discovery_types }) => discovery_types.map((type) => `${agent_id}/${type}`)),
    );
    for (const known of told) {
      if (missing.has(nameOf(known))) known.pending = this.#ports.store.settle(known, known.hash, true);
      else this.#ports.count("confirmed");
    }
    if (missing.size > 0) await this.catchUp();
    // What was due and did not fit.
    if (this.#due.size > 0) await this.confirm();
  }

  /** Sends what waits, the oldest first, until the edge fails. */
  async catchUp(): Promise<void> {
    if (this.#isCatchingUp || this.isEdgeAway || this.#isClosed) return;
    this.#isCatchingUp = true;
    try {
      while (!this.#isClosed && (await this.#sendNext()));
    } finally {
      this.#isCatchingUp = false;
    }
  }

  #goOn(): void {
    unattended("sending what waits for the edge", () => this.catchUp(), this.#ports.log);
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelRetry?.();
  }

  #repeated(known: Known): Reply {
    const isDue =
      this.#ports.now() - known.toldAt >= CONFIRMED_AFTER ||
      known.toldAt <= (this.#doubted.get(known.agentId) ?? 0);
    // What waits is told when the edge is back.
    if (!known.pending && isDue) this.#due.add(nameOf(known));
    this.#ports.count("unchanged");
    return accepted;
  }

  #forwarded(known: Known, bytes: Uint8Array, { status, body }: EdgeAnswer): Reply {
    this.#pause = FIRST_PAUSE;
    if (status === 202) this.#keep(known, bytes);
    this.#ports.count(status === 202 ? "forwarded" : "refused");
    return { status, body };
  }

  #keep(known: Known, bytes: Uint8Array): void {
    this.#ports.store.keep(known, bytes);
    this.#known.set(nameOf(known), known);
    this.#due.delete(nameOf(known));
  }

  /** @returns whether there may be more, and the edge is there */
  async #sendNext(): Promise<boolean> {
    const { store, collect, count, log, now } = this.#ports;
    const next = store.next();
    if (next === null) return false;
    return this.#inTurn(nameOf(next), async () => {
      const kept = store.body(next);
      // Another has come in its place, and may have gone already.
      if (kept === null || kept.hash !== next.hash) return true;
      const toldAt = now();
      const answer = await collect(kept.body);
      if (!isJudged(answer)) {
        this.#away(answer);
        return false;
      }
      this.#pause = FIRST_PAUSE;
      if (answer.status === 202) {
        store.settle(next, next.hash, false);
        this.#known.set(nameOf(next), { ...next, pending: false, toldAt });
        count("caught_up");
      } else {
        // The agent repeats it, and is then told what is wrong.
        store.drop(next, next.hash);
        this.#known.delete(nameOf(next));
        count("refused");
        log(`${next.type} of ${next.agentId}, which was taken before, was refused: ${answer.detail}`);
      }
      return true;
    });
  }

  #away({ detail }: EdgeAnswer): void {
    if (this.isEdgeAway) return;
    this.#ports.log(`${detail}; discoveries are kept until it does`);
    this.#retryLater(this.#pause);
    this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
  }

  #retryLater(pause: number): void {
    this.#cancelRetry = this.#ports.after(pause, () => {
      this.#cancelRetry = null;
      this.#goOn();
    });
  }

  #inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(name) ?? Promise.resolve();
    const turn = before.then(work, work);
    this.#turns.set(name, turn);
    const done = () => {
      if (this.#turns.get(name) === turn) this.#turns.delete(name);
    };
    turn.then(done, done);
    return turn;
  }
}
