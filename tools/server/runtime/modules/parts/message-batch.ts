/** A batch as the platform hands it to a consumer: the first word about a message holds, and a later one changes nothing. */
import { type Backlog, type DeliveredMessage, type Outcome, toMetrics } from "./queue-messages.ts";

type Decision = "ack" | { readonly delaySeconds: number | null };

/** What was sent is what comes: as on the platform, nothing looks whether it is what the consumer takes it for. */
function bodyOf({ type, body }: DeliveredMessage) {
  return type === "json" && typeof body === "string" ? JSON.parse(body) : body;
}

/** @throws what a wrong delay deserves, where it was given */
function retryOf(options: QueueRetryOptions | undefined): Decision {
  const delay = options?.delaySeconds;
  if (delay === undefined) return { delaySeconds: null };
  if (!Number.isInteger(delay) || delay < 0 || delay > 86_400) {
    throw new TypeError(`delaySeconds must be a whole number from 0 to 86400, not ${delay}`);
  }
  return { delaySeconds: delay };
}

export class DeliveredBatch<Body> implements MessageBatch<Body> {
  readonly queue: string;
  readonly messages: readonly Message<Body>[];
  readonly metadata: MessageBatchMetadata;
  readonly #decisions = new Map<string, Decision>();
  #ofAll: Decision | null = null;

  constructor(queue: string, messages: readonly DeliveredMessage[], backlog: Backlog) {
    this.queue = queue;
    this.metadata = { metrics: toMetrics(backlog) };
    this.messages = messages.map((message) => ({
      id: message.id,
      timestamp: new Date(message.timestamp),
      attempts: message.attempts,
      body: bodyOf(message),
      ack: () => this.#decide(message.id, "ack"),
      retry: (options) => this.#decide(message.id, retryOf(options)),
    }));
  }

  ackAll(): void {
    this.#ofAll ??= "ack";
  }

  retryAll(options?: QueueRetryOptions): void {
    this.#ofAll ??= retryOf(options);
  }

  #decide(id: string, decision: Decision): void {
    if (this.#ofAll === null && !this.#decisions.has(id)) this.#decisions.set(id, decision);
  }

  /**
   * What nothing was said of is done when the consumer returned, and comes again when it threw.
   * @param thrown by the consumer
   */
  outcome(thrown: { readonly error: unknown } | null): Outcome {
    const otherwise: Decision = this.#ofAll ?? "ack";
    return {
      again: this.messages.flatMap(({ id }) => {
        // What is acknowledged by itself stays so, whatever becomes of the others.
        const decision = this.#decisions.get(id) ?? (thrown === null ? otherwise : { delaySeconds: null });
        return decision === "ack" ? [] : [[id, decision.delaySeconds] as const];
      }),
      error: thrown === null ? null : textOf(thrown.error),
    };
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
