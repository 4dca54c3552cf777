/** The same Worker with the entrypoint that a self-hosted server's queues call. */
import { WorkerEntrypoint } from "cloudflare:workers";
import { deliverBatch } from "../../../../tools/server/runtime/modules/parts/deliver-batch.ts";
import type {
  Backlog,
  DeliveredMessage,
  Outcome,
} from "../../../../tools/server/runtime/modules/parts/queue-messages.ts";
import worker from "./worker.ts";

export default worker;

export class QueueConsumer extends WorkerEntrypoint<Parameters<typeof worker.queue>[1]> {
  deliver(queue: string, messages: readonly DeliveredMessage[], backlog: Backlog): Promise<Outcome> {
    return deliverBatch((batch) => worker.queue(batch, this.env), queue, messages, backlog);
  }
}
