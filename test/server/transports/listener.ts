/** Where the Worker's consumers ask what to do: the tests decide, and see in which order all came. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import type { SeenBatch, SeenMessage, Step } from "./protocol.ts";

const batchSchema = z.object({
  queue: z.string(),
  backlogCount: z.number(),
  messages: z.array(
    z.object({ id: z.string(), timestamp: z.iso.datetime(), attempts: z.int(), body: z.unknown() }),
  ),
});

export interface TimedBatch extends SeenBatch {
  /** Milliseconds. */
  readonly at: number;
}

type Decide = (batch: SeenBatch) => readonly Step[] | Promise<readonly Step[]>;

export class Listener {
  readonly #server: Server;
  readonly #decisions = new Map<string, Decide>();
  readonly batches: TimedBatch[] = [];

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<Listener> {
    const server = createServer(async (request, response) => {
      const parts: Buffer[] = [];
      for await (const part of request) parts.push(part);
      const batch = batchSchema.parse(JSON.parse(Buffer.concat(parts).toString()));
      listener.batches.push({ ...batch, at: Date.now() });
      const steps = await (listener.#decisions.get(batch.queue)?.(batch) ?? []);
      response.end(JSON.stringify(steps));
    });
    const listener = new Listener(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return listener;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/`;
  }

  /** From now on; without a decision all is acknowledged. */
  decide(queue: string, decision: Decide): void {
    this.#decisions.set(queue, decision);
  }

  /** What was seen is forgotten, and nothing is decided any more. */
  clear(): void {
    this.batches.length = 0;
    this.#decisions.clear();
  }

  of(queue: string): TimedBatch[] {
    return this.batches.filter((batch) => batch.queue === queue);
  }

  messagesOf(queue: string): SeenMessage[] {
    return this.of(queue).flatMap(({ messages }) => messages);
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
