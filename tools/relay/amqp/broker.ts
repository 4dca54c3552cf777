/** The connection to the broker: it comes back by itself, and what it was to publish is not forgotten meanwhile. */
import {
  type ChannelModel,
  type ConfirmChannel,
  type ConsumeMessage,
  connect,
  type RecoveringChannelModel,
} from "amqplib";
import { unattended } from "../../unattended.ts";
import { CONTENT_TYPE, type Publication } from "../contracts/outgoing.ts";
import { declareTopology, REQUESTS_QUEUE } from "./topology.ts";

/** `ack`: the edge has it; `reject`: nobody will ever take it; `again`: the broker keeps it, and delivers it once more. */
export type Verdict = "ack" | "reject" | "again";

export interface BrokerOptions {
  readonly url: string;
  /** Of TLS, as Node's own: `ca`, `cert`, `key`, `rejectUnauthorized`. */
  readonly tls: Readonly<Record<string, unknown>>;
  readonly onMessage: (content: Buffer) => Promise<Verdict>;
  readonly onState: (isConnected: boolean, detail: string) => void;
  /** Of a broker that is short of memory or disk, and takes nothing: why, in its own words; null when it takes messages again. */
  readonly onBlocked: (reason: string | null) => void;
  readonly log: (line: string) => void;
}

/** Messages that are under way to the edge at a time. */
const PREFETCH = 20;
/** Seconds after which a silent connection is given up. */
const HEARTBEAT = 15;
const LONGEST_PAUSE = 10_000;

export class Broker {
  readonly #options: BrokerOptions;
  #model: RecoveringChannelModel | null = null;
  #channel: ConfirmChannel | null = null;
  #isClosing = false;

  constructor(options: BrokerOptions) {
    this.#options = options;
  }

  get isConnected(): boolean {
    return this.#channel !== null;
  }

  /** Resolves at once; the connection comes when the broker is there. */
  async open(): Promise<void> {
    const { url, tls, onState } = this.#options;
    const model = await connect(withHeartbeat(url), {
      ...tls,
      recovery: {
        initialDelay: 200,
        maxDelay: LONGEST_PAUSE,
        waitForConnect: false,
        setup: (connected: ChannelModel) => this.#setUp(connected),
      },
    });
    this.#model = model;
    model.on("connect", () => onState(true, ""));
    model.on("disconnect", (error) => {
      this.#channel = null;
      onState(false, error.message);
    });
    model.on("connect-failed", (error) => onState(false, error.message));
    model.on("error", () => {
      // Told by `disconnect`.
    });
  }

  /** Resolves when the broker has it on disk; rejects when it is not known to. */
  publish({ route, id, content, type }: Publication): Promise<void> {
    const channel = this.#channel;
    if (channel === null) return Promise.reject(new Error("the broker is away"));
    return new Promise((resolve, reject) => {
      const settle = (error: unknown) =>
        error ? reject(new Error(`the broker did not take ${type} ${id}: ${error}`)) : resolve();
      channel.publish(
        route.exchange,
        route.key,
        content,
        { contentType: CONTENT_TYPE, persistent: true },
        settle,
      );
    });
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    this.#channel = null;
    await this.#model?.close().catch(() => {});
  }

  async #setUp(model: ChannelModel): Promise<void> {
    const { log, onBlocked } = this.#options;
    // A new connection is none that the broker has blocked.
    onBlocked(null);
    model.on("blocked", (reason) => onBlocked(String(reason)));
    model.on("unblocked", () => onBlocked(null));
    const channel = await model.createConfirmChannel();
    // A channel that the broker closed takes the connection with it: both are made anew.
    const giveUp = () => {
      if (this.#channel === channel) this.#channel = null;
      if (!this.#isClosing) model.close().catch(() => {});
    };
    channel.on("error", giveUp);
    channel.on("close", giveUp);
    await declareTopology(model, channel);
    await channel.prefetch(PREFETCH);
    await channel.consume(REQUESTS_QUEUE, (message) => {
      // Null: somebody deleted the queue.
      if (message === null) giveUp();
      else unattended("a message of the broker", () => this.#take(channel, message), log);
    });
    this.#channel = channel;
  }

  /** Whatever goes wrong is a rejection of that message, and of no other. */
  async #verdictOn({ content }: ConsumeMessage): Promise<Verdict> {
    try {
      return await this.#options.onMessage(content);
    } catch (error) {
      this.#options.log(`a message was rejected, since nobody could judge it: ${error}`);
      return "reject";
    }
  }

  async #take(channel: ConfirmChannel, message: ConsumeMessage): Promise<void> {
    const verdict = await this.#verdictOn(message);
    // On a channel that is gone there is nothing to say: the broker delivers it again.
    if (channel !== this.#channel) return;
    if (verdict === "ack") channel.ack(message);
    else channel.nack(message, false, verdict === "again");
  }
}

function withHeartbeat(url: string): string {
  const parsed = new URL(url);
  if (!parsed.searchParams.has("heartbeat")) parsed.searchParams.set("heartbeat", String(HEARTBEAT));
  return parsed.toString();
}
