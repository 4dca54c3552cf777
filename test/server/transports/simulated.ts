/** The test's Worker on Miniflare. */
import { join } from "node:path";
import { Log, LogLevel, Miniflare } from "miniflare";
import { CONSUMERS, QUEUES } from "./queues.ts";
import { answered, type Transport } from "./transport.ts";

export async function startSimulated(folder: string, listenerUrl: string): Promise<Transport> {
  const miniflare = new Miniflare({
    modules: [{ type: "ESModule", path: join(folder, "worker.js") }],
    modulesRoot: folder,
    compatibilityDate: "2026-07-01",
    bindings: { TESTS: listenerUrl },
    d1Databases: { DB: "tests" },
    queueProducers: Object.fromEntries(QUEUES.map((queue) => [`QUEUE_${queue}`, queue])),
    queueConsumers: Object.fromEntries(
      CONSUMERS.map((consumer) => [
        consumer.queue,
        {
          maxBatchSize: consumer.max_batch_size,
          maxBatchTimeout: consumer.max_batch_timeout,
          maxRetries: consumer.max_retries,
          ...(consumer.dead_letter_queue ? { deadLetterQueue: consumer.dead_letter_queue } : {}),
        },
      ]),
    ),
    log: new Log(LogLevel.NONE),
    cf: false,
    telemetry: { enabled: false },
  });
  await miniflare.ready;
  return {
    name: "simulated",
    async ask(asked) {
      const response = await miniflare.dispatchFetch("http://worker/", {
        method: "POST",
        body: JSON.stringify(asked),
      });
      return answered(await response.text());
    },
    stop: () => miniflare.dispose(),
  };
}
