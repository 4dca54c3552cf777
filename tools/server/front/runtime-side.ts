/** What goes on to the runtime: bodies whole and within bounds, and each request in the turn of its lane. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { type Body, isToldTooLarge, readBody, TOO_MUCH } from "./bodies.ts";
import { hasTooManyValues } from "./json-values.ts";
import { Lanes } from "./lanes.ts";
import { passBack } from "./pass-back.ts";
import { passOn } from "./pass-on.ts";
import { BUSY, drain, type Refusal, refuse, refuseRaw, STARTING } from "./refusals.ts";
import { Room } from "./room.ts";
import type { Slots } from "./slots.ts";
import type { Target } from "./target.ts";
import { Unanswered } from "./unanswered.ts";
import { passUpgrade } from "./upgrades.ts";

/** Bytes. */
const LARGE = 1_000_000;
const TOO_MANY_VALUES: Refusal = { status: 413, detail: "The body has more than 200,000 values." };
const NOTHING: Body = { parts: [], size: 0 };

export class RuntimeSide {
  readonly #lanes = new Lanes();
  readonly #room = new Room();
  readonly #unanswered = new Unanswered((line) => console.error(line));
  /** Null while the runtime is not there. */
  target: Target | null;

  constructor(target: Target | null) {
    this.target = target;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.target === null) return refuse(request, response, STARTING);
    const body = await this.#take(request);
    if (body === null) return;
    if ("status" in body) return refuse(request, response, body);
    try {
      const isLarge = body.size > LARGE;
      if (isLarge && hasTooManyValues(body.parts)) return refuse(request, response, TOO_MANY_VALUES);
      const lane = this.#lanes.of(request.url ?? "/");
      const slots = isLarge ? [this.#lanes.large, lane] : [lane];
      await this.#inTurn(slots, request, response, body);
    } finally {
      this.#room.give(body.size);
    }
  }

  async upgrade(request: IncomingMessage, client: Duplex, head: Buffer): Promise<void> {
    const lane = this.#lanes.of(request.url ?? "/");
    if (this.target === null) return refuseRaw(client, STARTING);
    if (!(await lane.take(client))) return refuseRaw(client, BUSY);
    try {
      if (client.destroyed) return;
      if (this.target === null) return refuseRaw(client, STARTING);
      await passUpgrade(this.target, request, client, head, (error) => this.#unanswered.add(error));
    } finally {
      lane.give();
    }
  }

  /** Tells what was not answered. */
  stop(): void {
    this.#unanswered.flush();
  }

  async #take(request: IncomingMessage): Promise<Body | Refusal | null> {
    if (request.method !== "GET" && request.method !== "HEAD") return readBody(request, this.#room);
    if (isToldTooLarge(request)) return TOO_MUCH;
    // It means nothing (RFC 9110, 9.3.1).
    drain(request);
    return NOTHING;
  }

  /** A slot is given back with the head of the answer: a client that is slow to read the rest keeps nobody waiting. */
  async #inTurn(
    [slots, ...more]: readonly Slots[],
    request: IncomingMessage,
    response: ServerResponse,
    body: Body,
  ): Promise<void> {
    if (slots === undefined) return this.#pass(request, response, body);
    if (!(await slots.take(response))) return refuse(request, response, BUSY);
    try {
      await this.#inTurn(more, request, response, body);
    } finally {
      slots.give();
    }
  }

  async #pass(request: IncomingMessage, response: ServerResponse, body: Body): Promise<void> {
    if (response.destroyed) return;
    if (this.target === null) return refuse(request, response, STARTING);
    try {
      const answer = await passOn(this.target, request, body, response);
      if (answer !== null) passBack(request, answer, response);
    } catch (error) {
      if (response.destroyed) return;
      this.#unanswered.add(error instanceof Error ? error : new Error(String(error)));
      refuse(request, response, BUSY);
    }
  }
}
