/** What comes from the broker goes to the edge: the broker is told so when the edge has it, and not before. */

import { type Incoming, readIncoming } from "../contracts/incoming.ts";
import type { EdgeAnswer } from "../edge/api.ts";
import type { Verdict } from "./broker.ts";

export interface InboundPorts {
  now(): number;
  /** Milliseconds. */
  wait(milliseconds: number): Promise<void>;
  sendFacts(facts: unknown): Promise<EdgeAnswer>;
  sendExecution(request: unknown): Promise<EdgeAnswer>;
  /** Told of every message and what became of it. */
  count(outcome: string): void;
  log(line: string): void;
}

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 15_000;

/** The edge will say the same however often it is asked. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 403, 404, 408, 425, 429].includes(status);
}

type Useful = Exclude<Incoming, { kind: "problem" }>;

function nameOf({ kind, data }: Useful): string {
  const from = "agent_id" in data ? ` of agent ${data.agent_id}` : "";
  return `${kind === "facts" ? "facts" : "request"} for execution ${data.execution_id}${from}`;
}

export class Inbound {
  readonly #ports: InboundPorts;
  #isStopped = false;

  constructor(ports: InboundPorts) {
    this.#ports = ports;
  }

  stop(): void {
    this.#isStopped = true;
  }

  async take(content: Uint8Array): Promise<Verdict> {
    const { now, count, log } = this.#ports;
    const incoming = readIncoming(content, now());
    if (incoming.kind === "problem") {
      count(incoming.problem);
      log(`a message was rejected: ${incoming.problem}, ${incoming.detail}`);
      return "reject";
    }
    return this.#deliver(incoming);
  }

  async #deliver(incoming: Useful): Promise<Verdict> {
    const { now, wait, sendFacts, sendExecution, count, log } = this.#ports;
    const send = incoming.kind === "facts" ? sendFacts : sendExecution;
    for (let pause = FIRST_PAUSE; !this.#isStopped; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      const answer = await send(incoming.data);
      if (answer.status === 202) {
        count("accepted");
        return "ack";
      }
      if (isFinal(answer.status)) {
        count("refused");
        log(`${nameOf(incoming)} was refused with ${answer.status}: ${answer.detail}`);
        return "reject";
      }
      log(`${nameOf(incoming)} waits for the edge: ${answer.detail}`);
      await wait(pause);
      if (incoming.expiresAt !== null && incoming.expiresAt <= now()) {
        count("event_expired");
        log(`${nameOf(incoming)} has expired before the edge took it`);
        return "reject";
      }
    }
    return "again";
  }
}
