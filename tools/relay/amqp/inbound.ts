/** What comes from the broker goes to the edge: the broker is told so when the edge has it, and not before. */

import { tooLarge, unreadableAmong } from "../../../checks/told-facts.ts";
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

/** Of HTTP. */
const TOO_LARGE = 413;
const MESSAGE_OF_TOO_LARGE = "The facts of the agent are more than the control plane takes at once";

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

  /** Never rejects: a message that is too much for the relay is rejected itself, and ends nothing. */
  async take(content: Uint8Array): Promise<Verdict> {
    const { now, count, log } = this.#ports;
    try {
      const incoming = readIncoming(content, now());
      if (incoming.kind !== "problem") return await this.#deliver(incoming);
      count(incoming.problem);
      log(`a message was rejected: ${incoming.problem}, ${incoming.detail}`);
    } catch (error) {
      count("failed");
      log(`a message was rejected, since the relay failed over it: ${error}`);
    }
    return "reject";
  }

  async #deliver(incoming: Useful): Promise<Verdict> {
    const { now, wait, sendFacts, sendExecution, count, log } = this.#ports;
    let { data } = incoming;
    const unreadable = "facts_gathered" in data ? unreadableAmong(data.facts_gathered) : null;
    if (unreadable !== null) log(`${nameOf(incoming)}: ${unreadable}`);
    for (let pause = FIRST_PAUSE; !this.#isStopped; pause = Math.min(pause * 2, LONGEST_PAUSE)) {
      const answer = await ("facts_gathered" in data ? sendFacts(data) : sendExecution(data));
      if (answer.status === 202) {
        count("accepted");
        return "ack";
      }
      if (answer.status === TOO_LARGE && "facts_gathered" in data && data === incoming.data) {
        // Nobody need wait until the time is over for what will never fit.
        log(`${nameOf(incoming)} is too large: all its facts are errors`);
        data = { ...data, facts_gathered: tooLarge(data.facts_gathered, MESSAGE_OF_TOO_LARGE) };
        continue;
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
