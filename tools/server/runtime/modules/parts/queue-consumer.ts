/** Takes batches from the queues' object, over RPC: `queue()` of a service binding would need an experimental flag. */
import { WorkerEntrypoint } from "cloudflare:workers";
import type { NudgeMessage } from "../../../../../durable-objects/event-stream/events.ts";
import type { Bindings } from "../../../../../workers/bindings.ts";
import product from "../index.js";

/** The body is JSON text. */
export type Delivered = readonly [id: string, timestamp: number, attempts: number, body: string];

export class QueueConsumer extends WorkerEntrypoint<Bindings> {
  /** @returns ids of what is to come again, and after how many seconds */
  async deliver(queue: string, delivered: readonly Delivered[]): Promise<[string, number][]> {
    const again = new Map<string, number>();
    const delayOf = (options?: QueueRetryOptions) => options?.delaySeconds ?? 0;
    const messages = delivered.map(([id, timestamp, attempts, body]) => ({
      id,
      timestamp: new Date(timestamp),
      attempts,
      body: JSON.parse(body) as NudgeMessage,
      ack: () => void again.delete(id),
      retry: (options?: QueueRetryOptions) => void again.set(id, delayOf(options)),
    }));
    const batch: MessageBatch<NudgeMessage> = {
      queue,
      metadata: { metrics: { backlogCount: 0, backlogBytes: 0 } },
      messages,
      ackAll: () => again.clear(),
      retryAll: (options) => {
        for (const { id } of messages) again.set(id, delayOf(options));
      },
    };
    await product.queue(batch, this.env, this.ctx);
    return [...again];
  }
}
