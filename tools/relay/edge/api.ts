/** The edge's API, as far as a relay needs it. */
import { z } from "zod";
import {
  type HeartbeatBatch,
  type HeldDiscoveries,
  heartbeatsHeardSchema,
} from "../../../checks/relay-messages.ts";
import type { Told } from "../agents/heartbeats.ts";

export interface EdgeAnswer {
  /** 0 where there was no answer. */
  readonly status: number;
  readonly body: string;
  /** Why it is not what was wished for, in words. */
  readonly detail: string;
}

export interface EdgeOptions {
  readonly url: string;
  readonly apiKey: string;
  /** Told of every answer; status 0 is none. */
  readonly onAnswer?: (route: string, status: number) => void;
}

/** Milliseconds for one request: agents wait half a minute themselves. */
const TIMEOUT = 15_000;
const MAX_DETAIL = 300;

const missingSchema = z.object({
  missing: z.array(z.object({ agent_id: z.string(), discovery_types: z.array(z.string()) })),
});

/** Whether the edge was there to judge: what it did not judge is tried again. */
export function isJudged({ status }: EdgeAnswer): boolean {
  return status >= 200 && status < 500 && status !== 429 && status !== 408 && status !== 425;
}

/** Null for what no edge says: something else may stand in its place, as a page of a proxy. */
function read<S extends z.ZodType>(schema: S, { body }: EdgeAnswer): z.infer<S> | null {
  try {
    const result = schema.safeParse(JSON.parse(body));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}

export class EdgeApi {
  readonly #options: EdgeOptions;

  constructor(options: EdgeOptions) {
    this.#options = options;
  }

  collect(body: Uint8Array<ArrayBuffer>): Promise<EdgeAnswer> {
    return this.#post("/api/v1/collect", body);
  }

  /** An edge of before overlooks that silent hosts are named, and takes their heartbeats for what they are: old. */
  async heartbeats(batch: HeartbeatBatch): Promise<Told> {
    const path = "/api/v1/relays/heartbeats";
    const answer = await this.#post(`${path}?silent=named`, JSON.stringify(batch), path);
    const heard = answer.status === 200 ? read(heartbeatsHeardSchema, answer) : null;
    return heard === null ? { heard, answer } : { heard };
  }

  /** @returns what is to be sent whole; null when the edge did not say */
  async missing(held: HeldDiscoveries) {
    const answer = await this.#json("/api/v1/relays/discoveries", held);
    return answer.status === 200 ? (read(missingSchema, answer)?.missing ?? null) : null;
  }

  facts(facts: unknown): Promise<EdgeAnswer> {
    return this.#json("/api/v1/relays/facts", facts);
  }

  execution(request: unknown): Promise<EdgeAnswer> {
    return this.#json("/api/v1/relays/executions", request);
  }

  #json(path: string, value: unknown): Promise<EdgeAnswer> {
    return this.#post(path, JSON.stringify(value));
  }

  async #post(
    path: string,
    body: string | Uint8Array<ArrayBuffer> | null,
    route = path,
  ): Promise<EdgeAnswer> {
    const answer = await this.#send(path, body);
    this.#options.onAnswer?.(route, answer.status);
    return answer;
  }

  async #send(path: string, body: string | Uint8Array<ArrayBuffer> | null): Promise<EdgeAnswer> {
    const { url, apiKey } = this.#options;
    try {
      const response = await fetch(`${url}${path}`, {
        method: "POST",
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(TIMEOUT),
        headers: {
          "X-Trento-ApiKey": apiKey,
          ...(body === null ? {} : { "content-type": "application/json" }),
        },
      });
      const text = await response.text();
      const { status } = response;
      return {
        status,
        body: text,
        detail: `${status} ${text}`.slice(0, MAX_DETAIL),
      };
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      const detail = `the edge does not answer: ${cause instanceof Error ? cause.message : String(cause)}`;
      return { status: 0, body: "", detail };
    }
  }
}
