/** What the tests of the transports and their Worker say to each other. */

/** A consumer asks what it is to do with a batch. */
export interface SeenBatch {
  readonly queue: string;
  readonly backlogCount: number;
  readonly messages: readonly SeenMessage[];
}
export interface SeenMessage {
  readonly id: string;
  /** ISO 8601. */
  readonly timestamp: string;
  readonly attempts: number;
  /** Bytes as an array of numbers. */
  readonly body: unknown;
}

export type Step =
  | { readonly do: "ack"; readonly index: number }
  | { readonly do: "retry"; readonly index: number; readonly delaySeconds?: number }
  | { readonly do: "ackAll" }
  | { readonly do: "retryAll"; readonly delaySeconds?: number }
  | { readonly do: "throw"; readonly message: string };

export type Asked =
  | { readonly do: "send"; readonly queue: string; readonly body: unknown; readonly options?: Options }
  | {
      readonly do: "sendBatch";
      readonly queue: string;
      readonly messages: readonly (Options & { readonly body: unknown })[];
      readonly options?: Pick<Options, "delaySeconds">;
    }
  | { readonly do: "metrics"; readonly queue: string }
  /** What JSON cannot hold. */
  | { readonly do: "program"; readonly name: string };

export interface Options {
  readonly contentType?: "json" | "text" | "bytes" | "v8";
  readonly delaySeconds?: number;
}

export type Answered = { readonly value: unknown } | { readonly error: string };
