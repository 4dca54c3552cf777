/** The consumers of `wrangler.toml`, with the platform's defaults and limits. */
import { z } from "zod";

const seconds = z.int().min(0).max(86_400);

export const consumerSchema = z.object({
  queue: z.string().min(1),
  max_batch_size: z.int().min(1).max(100).default(10),
  /** Seconds that the first message of a batch waits for others. */
  max_batch_timeout: z.number().min(0).max(60).default(5),
  max_retries: z.int().min(0).max(100).default(3),
  /** Without one, a message that failed too often is gone. */
  dead_letter_queue: z.string().min(1).optional(),
  /** Calls at work at the same time. */
  max_concurrency: z.int().min(1).max(250).default(10),
  retry_delay: seconds.default(0),
});

export const consumersSchema = z.array(consumerSchema);
export type Consumer = z.infer<typeof consumerSchema>;
