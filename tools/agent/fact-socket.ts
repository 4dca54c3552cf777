/** An agent's socket: answers what it is asked, and comes back whenever the connection is lost. */
import { type FactsGathered, type ToAgent, toAgentSchema } from "../../checks/agent-messages.ts";
import type { Fact, FactRequest } from "../../checks/facts.ts";
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";

/** A connection, as far as it is used here. */
export interface Connection {
  send(text: string): void;
  close(): void;
}

export interface Listener {
  onOpen(): void;
  onMessage(text: string): void;
  /** Also where it could not be opened. */
  onClose(): void;
}

export interface FactSocketPorts {
  connect(listener: Listener): Connection;
  /** Calls after a while, in milliseconds. @returns what cancels it */
  after(milliseconds: number, call: () => void): () => void;
  gather(requests: readonly FactRequest[]): readonly Fact[] | Promise<readonly Fact[]>;
  discover(type: DiscoveryType): void;
}

const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;

export class FactSocket {
  readonly #ports: FactSocketPorts;
  #connection: Connection | null = null;
  #cancel: (() => void) | null = null;
  #pause = FIRST_PAUSE;

  constructor(ports: FactSocketPorts) {
    this.#ports = ports;
  }

  /** Opens it, and keeps it open. */
  open(): void {
    if (this.#connection !== null || this.#cancel !== null) return;
    this.#connect();
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
    const connection = this.#connection;
    this.#connection = null;
    connection?.close();
  }

  #connect(): void {
    let own: Connection | null = null;
    const isCurrent = () => own !== null && own === this.#connection;
    own = this.#ports.connect({
      onOpen: () => {
        if (isCurrent()) this.#pause = FIRST_PAUSE;
      },
      onMessage: (text) => {
        if (isCurrent() && own !== null) void this.#hear(own, text);
      },
      onClose: () => {
        if (!isCurrent()) return;
        this.#connection = null;
        this.#cancel = this.#ports.after(this.#pause, () => {
          this.#cancel = null;
          this.#connect();
        });
        this.#pause = Math.min(this.#pause * 2, LONGEST_PAUSE);
      },
    });
    this.#connection = own;
  }

  async #hear(connection: Connection, text: string): Promise<void> {
    const message = parse(text);
    if (message?.type === "DiscoveryRequested") this.#ports.discover(message.discovery_type);
    if (message?.type !== "FactsGatheringRequested") return;
    const { execution_id, group_id, fact_requests } = message;
    const facts_gathered = [...(await this.#ports.gather(fact_requests))];
    const answer: FactsGathered = { type: "FactsGathered", execution_id, group_id, facts_gathered };
    // Who lost the connection meanwhile is asked again at the next.
    if (connection === this.#connection) connection.send(JSON.stringify(answer));
  }
}

/** Null for what no agent of this version understands. */
function parse(text: string): ToAgent | null {
  try {
    const result = toAgentSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
