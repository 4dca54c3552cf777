/** Calls a Worker's `queue()`, and says what became of each message. */
import { DeliveredBatch } from "./message-batch.ts";
import type { Backlog, DeliveredMessage, Outcome } from "./queue-messages.ts";

/** What the object with the queues calls, over RPC: `queue()` of a service binding is experimental in the runtime. */
export interface QueueConsumerEntrypoint {
  deliver(queue: string, messages: readonly DeliveredMessage[], backlog: Backlog): Promise<Outcome>;
}

/** @param consume the Worker's own handler */
export async function deliverBatch<Body>(
  consume: (batch: MessageBatch<Body>) => void | Promise<void>,
  queue: string,
  messages: readonly DeliveredMessage[],
  backlog: Backlog,
): Promise<Outcome> {
  const batch = new DeliveredBatch<Body>(queue, messages, backlog);
  try {
    await consume(batch);
  } catch (error) {
    return batch.outcome({ error });
  }
  return batch.outcome(null);
}
