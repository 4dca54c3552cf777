/** Where the queues' object hands batches to the product. */
import { WorkerEntrypoint } from "cloudflare:workers";
import type { NudgeMessage } from "../../../../../durable-objects/event-stream/events.ts";
import type { Bindings } from "../../../../../workers/bindings.ts";
import product from "../index.js";
import { deliverBatch } from "./deliver-batch.ts";
import type { Backlog, DeliveredMessage, Outcome } from "./queue-messages.ts";

export class QueueConsumer extends WorkerEntrypoint<Bindings> {
  deliver(queue: string, messages: readonly DeliveredMessage[], backlog: Backlog): Promise<Outcome> {
    const consume = (batch: MessageBatch<NudgeMessage>) => product.queue(batch, this.env, this.ctx);
    return deliverBatch(consume, queue, messages, backlog);
  }
}
