/** What the edge hands out goes to the broker, in order: the edge is told so when the broker has it. */
import type { ToRelay } from "../../../checks/relay-messages.ts";
import { unattended } from "../../unattended.ts";
import { type Publication, publication } from "../contracts/outgoing.ts";

export interface OutboundPorts {
  now(): number;
  after(milliseconds: number, call: () => void): () => void;
  isBrokerConnected(): boolean;
  /** Rejects when the broker is not known to have it. */
  publish(one: Publication): Promise<void>;
  /** The edge need not keep these any more. */
  published(ids: readonly string[]): void;
  count(outcome: "published" | "expired" | "invalid"): void;
  log(line: string): void;
}

/** Milliseconds until what the broker did not take is tried again, where nobody says sooner that it is back. */
const PAUSE = 2_000;
/** Messages that wait for a broker that is away. */
const MOST = 10_000;
/** Publications that wait for the broker's word at a time. */
const AT_ONCE = 100;

export class Outbound {
  readonly #ports: OutboundPorts;
  /** In order; by id, since the edge tells again what it was not told to be published. */
  readonly #waiting = new Map<string, ToRelay>();
  #isRunning = false;
  #cancelRetry: (() => void) | null = null;

  constructor(ports: OutboundPorts) {
    this.#ports = ports;
  }

  get waiting(): number {
    return this.#waiting.size;
  }

  add(message: ToRelay): void {
    if (!this.#waiting.has(message.id)) this.#waiting.set(message.id, message);
    const [oldest] = this.#waiting.keys();
    // The edge keeps as many itself, and tells them again at the next connection.
    if (this.#waiting.size > MOST && oldest !== undefined) this.#waiting.delete(oldest);
    this.goOn();
  }

  /** Publishes what waits: there is more of it, or the broker is back. */
  goOn(): void {
    // It is called again when the broker is there.
    if (this.#ports.isBrokerConnected()) unattended("publishing", () => this.#run(), this.#ports.log);
  }

  /** Publishes all that waits, until the broker fails; and tries again after a while. */
  async #run(): Promise<void> {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.stop();
    try {
      while (
        this.#waiting.size > 0 &&
        (await this.#publishSome([...this.#waiting.values()].slice(0, AT_ONCE)))
      );
    } finally {
      this.#isRunning = false;
      if (this.#waiting.size > 0) this.#cancelRetry = this.#ports.after(PAUSE, () => this.goOn());
    }
  }

  /** What waits is not tried again by itself. */
  stop(): void {
    this.#cancelRetry?.();
    this.#cancelRetry = null;
  }

  /** @returns false when the broker did not take all */
  async #publishSome(messages: readonly ToRelay[]): Promise<boolean> {
    const outcomes = await Promise.all(messages.map((message) => this.#publish(message)));
    const done = messages.filter((_, index) => outcomes[index] === true).map(({ id }) => id);
    for (const id of done) this.#waiting.delete(id);
    if (done.length > 0) this.#ports.published(done);
    return done.length === messages.length;
  }

  /** @returns whether nothing is left to do */
  async #publish(message: ToRelay): Promise<boolean> {
    const { now, publish, count, log } = this.#ports;
    const name = `${message.message.type} ${message.id}`;
    if (Date.parse(message.expires_at) <= now()) {
      count("expired");
      log(`${name} has expired before the broker took it`);
      return true;
    }
    let encoded: Publication;
    try {
      encoded = publication(message, now());
    } catch (error) {
      count("invalid");
      log(`${name} cannot be said in protobuf: ${error}`);
      return true;
    }
    try {
      await publish(encoded);
    } catch (error) {
      log(String(error));
      return false;
    }
    count("published");
    return true;
  }
}
