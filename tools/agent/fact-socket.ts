/** An agent's socket: answers what it is asked. */
import { type FactsGathered, type ToAgent, toAgentSchema } from "../../checks/agent-messages.ts";
import type { Fact, FactRequest } from "../../checks/facts.ts";
import { PING } from "../../checks/relay-messages.ts";
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";
import { type Connection, LastingSocket, type SocketPorts } from "../socket/lasting-socket.ts";
import { unattended } from "../unattended.ts";

/** Milliseconds of silence after which the line is tried, and after which it is given up. */
const TRIED_EVERY = 25_000;
const PATIENCE = 45_000;

export interface FactSocketPorts extends Pick<SocketPorts, "connect" | "after"> {
  gather(requests: readonly FactRequest[]): readonly Fact[] | Promise<readonly Fact[]>;
  discover(type: DiscoveryType): void;
}

export class FactSocket {
  readonly #ports: FactSocketPorts;
  readonly #socket: LastingSocket;

  constructor(ports: FactSocketPorts) {
    this.#ports = ports;
    const { connect, after } = ports;
    this.#socket = new LastingSocket(
      {
        connect,
        after,
        onMessage: (text, connection) =>
          unattended("a message of the control plane", () => this.#hear(connection, text), console.error),
      },
      { ping: PING, every: TRIED_EVERY, patience: PATIENCE },
    );
  }

  /** Opens it, and keeps it open. */
  open(): void {
    this.#socket.open();
  }

  close(): void {
    this.#socket.close();
  }

  async #hear(connection: Connection, text: string): Promise<void> {
    const message = parse(text);
    if (message?.type === "DiscoveryRequested") this.#ports.discover(message.discovery_type);
    if (message?.type !== "FactsGatheringRequested") return;
    const { execution_id, group_id, fact_requests } = message;
    const facts_gathered = await this.#gather(fact_requests);
    const answer: FactsGathered = { type: "FactsGathered", execution_id, group_id, facts_gathered };
    // Who lost the connection meanwhile is asked again at the next.
    if (this.#socket.isCurrent(connection)) connection.send(JSON.stringify(answer));
  }

  /** What goes wrong is the answer: nobody waits in vain. */
  async #gather(requests: readonly FactRequest[]): Promise<Fact[]> {
    try {
      return [...(await this.#ports.gather(requests))];
    } catch (error) {
      return requests.map(({ check_id, name }) => ({
        check_id,
        name,
        error: { type: "gathering_failed", message: `The agent failed: ${error}` },
      }));
    }
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
