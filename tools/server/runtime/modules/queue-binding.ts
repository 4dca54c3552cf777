/** A queue as the product sends to it. What one turn sends, to all queues together, is one call and one commit. */
import { type Backlog, type ContentType, type SentMessage, toMetrics } from "./parts/queue-messages.ts";
import type { Queues } from "./queues.ts";

interface Env {
  readonly objects: DurableObjectNamespace<Queues>;
  readonly name: string;
}

/** Bytes: the platform's kilobytes have a thousand. */
const LARGEST_MESSAGE = 128_000;
const LARGEST_BATCH = 256_000;
const MOST_MESSAGES = 100;
const LONGEST_DELAY = 86_400;

const encoder = new TextEncoder();

interface Turn {
  /** Milliseconds: the runtime's clock stands still during a turn. */
  readonly at: number;
  readonly messages: SentMessage[];
  readonly taken: Promise<Record<string, Backlog>>;
}

/**
 * A turn is one object's or one request's alone: its microtasks are done before the next one begins. Unless it was ended in the
 * midst, as by `abort()`: then its microtasks never come, and nobody may wait for them.
 */
let turn: Turn | null = null;

function sendWithTurn(env: Env, sent: readonly SentMessage[]): Promise<Record<string, Backlog>> {
  const at = Date.now();
  if (turn === null || turn.at !== at) turn = beginTurn(env, at);
  turn.messages.push(...sent);
  return turn.taken;
}

function beginTurn(env: Env, at: number): Turn {
  const messages: SentMessage[] = [];
  const taken = Promise.resolve().then(() => {
    if (turn?.messages === messages) turn = null;
    return stubOf(env).add(messages);
  });
  return { at, messages, taken };
}

function stubOf({ objects }: Env): DurableObjectStub<Queues> {
  return objects.getByName("all");
}

function delayOf(delay: number | undefined): number {
  if (delay === undefined) return 0;
  if (Number.isInteger(delay) && delay >= 0 && delay <= LONGEST_DELAY) return delay;
  throw new TypeError(
    `message delay ${delay} is invalid: it must be a whole number of seconds from 0 to ${LONGEST_DELAY}`,
  );
}

function typeMismatch(type: ContentType, expected: string, body: unknown): TypeError {
  return new TypeError(
    `Content Type "${type}" requires a value of type ${expected}, but received: ${typeof body}`,
  );
}

function written(body: unknown, contentType: string): Pick<SentMessage, "type" | "body" | "bytes"> {
  if (body === undefined) throw new TypeError("Message body cannot be undefined");
  const type = contentType.toLowerCase();
  if (type === "bytes") {
    if (!ArrayBuffer.isView(body)) throw typeMismatch(type, "ArrayBufferView", body);
    const copy = new Uint8Array(body.buffer, body.byteOffset, body.byteLength).slice().buffer;
    return { type, body: copy, bytes: copy.byteLength };
  }
  if (type === "text") {
    if (typeof body !== "string") throw typeMismatch(type, "string", body);
    return { type, body, bytes: encoder.encode(body).byteLength };
  }
  if (type === "json") {
    const text: string | undefined = JSON.stringify(body);
    if (text === undefined) throw new TypeError(`Content Type "json" cannot hold a ${typeof body}`);
    return { type, body: text, bytes: encoder.encode(text).byteLength };
  }
  if (type === "v8")
    throw new TypeError(
      'Content Type "v8" is not to be had on a self-hosted server; "json", "text" and "bytes" are',
    );
  throw new TypeError(`Unsupported queue message content type: ${contentType}`);
}

class QueueBinding implements Queue {
  readonly #env: Env;

  constructor(env: Env) {
    this.#env = env;
  }

  async send(body: unknown, options: QueueSendOptions = {}): Promise<QueueSendResponse> {
    const message = this.#message({ body, ...options }, undefined);
    if (message.bytes > LARGEST_MESSAGE) {
      throw new Error(
        `Queue send failed: message length of ${message.bytes} bytes exceeds limit of ${LARGEST_MESSAGE}`,
      );
    }
    return this.#send([message]);
  }

  async sendBatch(
    requests: Iterable<MessageSendRequest>,
    options: QueueSendBatchOptions = {},
  ): Promise<QueueSendBatchResponse> {
    const messages = [...requests].map((request) => this.#message(request, options.delaySeconds));
    if (messages.length === 0) throw new TypeError("sendBatch() requires at least one message");
    const refused = tooMuch(messages);
    if (refused !== null) throw new Error(`Queue sendBatch failed: ${refused}`);
    return this.#send(messages);
  }

  async metrics(): Promise<QueueMetrics> {
    return toMetrics(await stubOf(this.#env).backlog(this.#env.name));
  }

  #message(
    { body, contentType, delaySeconds }: MessageSendRequest,
    delayOfAll: number | undefined,
  ): SentMessage {
    return {
      queue: this.#env.name,
      ...written(body, contentType ?? "json"),
      delaySeconds: delayOf(delaySeconds ?? delayOfAll),
    };
  }

  async #send(messages: readonly SentMessage[]): Promise<QueueSendResponse> {
    const backlogs = await sendWithTurn(this.#env, messages);
    return {
      metadata: { metrics: toMetrics(backlogs[this.#env.name] ?? { count: 0, bytes: 0, oldest: null }) },
    };
  }
}

function tooMuch(messages: readonly SentMessage[]): string | null {
  if (messages.length > MOST_MESSAGES) {
    return `batch message count of ${messages.length} exceeds limit of ${MOST_MESSAGES}`;
  }
  const largest = Math.max(...messages.map(({ bytes }) => bytes));
  if (largest > LARGEST_MESSAGE) {
    return `message in batch has length ${largest} bytes which exceeds single message size limit of ${LARGEST_MESSAGE}`;
  }
  const bytes = messages.reduce((sum, message) => sum + message.bytes, 0);
  return bytes > LARGEST_BATCH ? `batch size of ${bytes} bytes exceeds limit of ${LARGEST_BATCH}` : null;
}

export default (env: Env): QueueBinding => new QueueBinding(env);
