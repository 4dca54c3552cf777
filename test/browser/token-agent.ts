/** An agent that knows one thing, the Corosync token of its host, and tells it when the test lets it. */
import { FactSocket } from "../../tools/agent/fact-socket.ts";
import { realClock } from "../../tools/simulate/agents.ts";
import { connectAgent } from "../../tools/socket/web-socket.ts";
import type { Stage } from "./stage.ts";

export class TokenAgent {
  token: number;
  readonly #socket: FactSocket;
  #waiting: (() => void)[] = [];
  #isHeld = false;

  constructor({ server }: Stage, hostId: string, token: number) {
    this.token = token;
    this.#socket = new FactSocket({
      connect: connectAgent(server.url, server.apiKey, hostId),
      after: realClock.after,
      gather: async (requests) => {
        if (this.#isHeld) await new Promise<void>((resolve) => this.#waiting.push(resolve));
        return requests.map(({ check_id, name }) => ({ check_id, name, value: this.token }));
      },
      discover: () => {},
    });
    this.#socket.open();
  }

  /** Says nothing until it is released. */
  hold(): void {
    this.#isHeld = true;
  }

  release(): void {
    this.#isHeld = false;
    for (const answer of this.#waiting) answer();
    this.#waiting = [];
  }

  stop(): void {
    this.release();
    this.#socket.close();
  }
}
