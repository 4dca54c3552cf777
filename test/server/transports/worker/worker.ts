/** A Worker that does with queues and D1 what the tests ask, and with what it is given what they decide. */
import type { Answered, Asked, SeenBatch, Step } from "../protocol.ts";
import { programs } from "./programs.ts";

interface Env {
  /** Where the tests listen. */
  readonly TESTS: string;
  readonly DB: D1Database;
  readonly [queue: `QUEUE_${string}`]: Queue;
}

function queueOf(env: Env, name: string): Queue {
  const queue = env[`QUEUE_${name}`];
  if (queue === undefined) throw new Error(`there is no queue ${name}`);
  return queue;
}

/** JSON holds no bytes. */
function toBody(body: unknown, contentType: string | undefined): unknown {
  return contentType === "bytes" && Array.isArray(body) ? new Uint8Array(body) : body;
}

async function answerTo(asked: Asked, env: Env): Promise<unknown> {
  switch (asked.do) {
    case "send":
      return queueOf(env, asked.queue).send(toBody(asked.body, asked.options?.contentType), asked.options);
    case "sendBatch":
      return queueOf(env, asked.queue).sendBatch(
        asked.messages.map(({ body, ...options }) => ({
          ...options,
          body: toBody(body, options.contentType),
        })),
        asked.options,
      );
    case "metrics":
      return queueOf(env, asked.queue).metrics();
    case "program": {
      const program = programs[asked.name];
      if (program === undefined) throw new Error(`there is no program ${asked.name}`);
      return program({ db: env.DB, queue: (name) => queueOf(env, name) });
    }
  }
}

function seen({ queue, messages, metadata }: MessageBatch): SeenBatch {
  return {
    queue,
    backlogCount: metadata.metrics.backlogCount,
    messages: messages.map(({ id, timestamp, attempts, body }) => ({
      id,
      timestamp: timestamp.toISOString(),
      attempts,
      body: body instanceof ArrayBuffer || ArrayBuffer.isView(body) ? [...bytesOf(body)] : body,
    })),
  };
}

function bytesOf(body: ArrayBuffer | ArrayBufferView): Uint8Array {
  return body instanceof ArrayBuffer
    ? new Uint8Array(body)
    : new Uint8Array(body.buffer, body.byteOffset, body.byteLength);
}

function take(step: Step, batch: MessageBatch): void {
  if (step.do === "throw") throw new Error(step.message);
  if (step.do === "ackAll") batch.ackAll();
  if (step.do === "retryAll") batch.retryAll(optionsOf(step));
  if (step.do === "ack") batch.messages[step.index]?.ack();
  if (step.do === "retry") batch.messages[step.index]?.retry(optionsOf(step));
}

function optionsOf({ delaySeconds }: { readonly delaySeconds?: number }): QueueRetryOptions | undefined {
  return delaySeconds === undefined ? undefined : { delaySeconds };
}

export default {
  async fetch(request, env) {
    const asked: Asked = await request.json();
    let answered: Answered;
    try {
      answered = { value: await answerTo(asked, env) };
    } catch (error) {
      answered = { error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
    }
    return Response.json(answered);
  },

  async queue(batch, env) {
    const answer = await fetch(env.TESTS, { method: "POST", body: JSON.stringify(seen(batch)) });
    const steps: Step[] = await answer.json();
    for (const step of steps) take(step, batch);
  },
} satisfies ExportedHandler<Env>;
