/** The queues of the tests, as `wrangler.toml` would have them. */
export const QUEUES = [
  "plain",
  "slow",
  "many",
  "retried",
  "failing",
  "dropping",
  "dead",
  "held",
  "spoiling",
  "kept",
] as const;
export type QueueName = (typeof QUEUES)[number];

export interface ConsumerSettings {
  readonly queue: QueueName;
  readonly max_batch_size: number;
  readonly max_batch_timeout: number;
  readonly max_retries: number;
  readonly dead_letter_queue?: QueueName;
  readonly retry_delay?: number;
  readonly max_concurrency?: number;
}

export const CONSUMERS: readonly ConsumerSettings[] = [
  { queue: "plain", max_batch_size: 20, max_batch_timeout: 0, max_retries: 3 },
  { queue: "slow", max_batch_size: 10, max_batch_timeout: 1, max_retries: 3 },
  { queue: "many", max_batch_size: 100, max_batch_timeout: 0, max_retries: 3 },
  { queue: "retried", max_batch_size: 10, max_batch_timeout: 0, max_retries: 3 },
  { queue: "failing", max_batch_size: 10, max_batch_timeout: 0, max_retries: 2, dead_letter_queue: "dead" },
  { queue: "dropping", max_batch_size: 10, max_batch_timeout: 0, max_retries: 0 },
  { queue: "dead", max_batch_size: 10, max_batch_timeout: 0, max_retries: 0 },
  { queue: "held", max_batch_size: 1, max_batch_timeout: 0, max_retries: 3, max_concurrency: 1 },
  // Nobody takes what is kept.
  { queue: "spoiling", max_batch_size: 100, max_batch_timeout: 0, max_retries: 0, dead_letter_queue: "kept" },
];
