/** What the producers' binding, the object with all queues and the consumers' entrypoint say to each other. */

/** `v8` is not among them: the runtime gives no access to that form. */
export type ContentType = "json" | "text" | "bytes";
/** JSON and text as text, bytes as bytes. */
export type StoredBody = string | ArrayBuffer;

export interface SentMessage {
  readonly queue: string;
  readonly type: ContentType;
  readonly body: StoredBody;
  /** Of the body. */
  readonly bytes: number;
  readonly delaySeconds: number;
}

export interface DeliveredMessage {
  readonly id: string;
  /** Milliseconds. */
  readonly timestamp: number;
  /** This one included. */
  readonly attempts: number;
  readonly type: ContentType;
  readonly body: StoredBody;
}

/** What has not been acknowledged yet; times in milliseconds. */
export interface Backlog {
  readonly count: number;
  readonly bytes: number;
  readonly oldest: number | null;
}

export interface Outcome {
  /** Messages that are to come again, by id, and after how many seconds; without a number, after the consumer's own delay. */
  readonly again: readonly (readonly [id: string, delaySeconds: number | null])[];
  /** What the consumer threw. */
  readonly error: string | null;
}

export function toMetrics({ count, bytes, oldest }: Backlog): QueueMetrics {
  return {
    backlogCount: count,
    backlogBytes: bytes,
    ...(oldest === null ? {} : { oldestMessageTimestamp: new Date(oldest) }),
  };
}
