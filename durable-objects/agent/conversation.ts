/** The agent's socket: what it is asked for, and what it answers. The sockets hibernate; who waits is in the tables. */
import {
  type FactsGathered,
  fromAgentSchema,
  type ToAgent,
  toAgentSchema,
} from "../../checks/agent-messages.ts";
import type { FactRequest } from "../../checks/facts.ts";
import { unreadable } from "../../checks/told-facts.ts";
import type { DiscoveryType } from "../../domain/discovery/envelope.ts";
import type { Receipt } from "../execution/receipt.ts";
import { Requests } from "./requests.ts";

export interface ConversationPorts {
  now(): number;
  /** The sockets that are open. */
  sockets(): readonly WebSocket[];
  /** Id of the agent, as its socket was opened; null where none was. */
  agentOf(socket: WebSocket): string | null;
  deliver(agentId: string, answer: FactsGathered): Promise<Receipt>;
}

export interface FactsGatheringRequest {
  readonly type: "FactsGatheringRequested";
  readonly execution_id: string;
  readonly group_id: string;
  readonly expires_at: string;
  readonly fact_requests: FactRequest[];
}

/** UTF-16 units of a message. */
const LONGEST_MESSAGE = 8_000_000;
/** Milliseconds that a wish for a discovery waits for an agent which is not there. */
const DISCOVERY_WAITS = 5 * 60_000;

function send(socket: WebSocket, text: string): void {
  try {
    socket.send(text);
  } catch {
    // It is closing: what was to be sent is in the table, and goes to the next.
  }
}

export class Conversation {
  readonly #requests: Requests;
  readonly #ports: ConversationPorts;

  constructor(sql: SqlStorage, ports: ConversationPorts) {
    this.#requests = new Requests(sql);
    this.#ports = ports;
  }

  /** Asks at once where the agent is there, and at every connection until it has answered. */
  ask(request: FactsGatheringRequest): void {
    const text = this.#requests.keep(request.execution_id, request, Date.parse(request.expires_at));
    for (const socket of this.#ports.sockets()) send(socket, text);
  }

  /** There is no answer to it but the discovery: once it was sent, it is not sent again. */
  askForDiscovery(type: DiscoveryType): void {
    const message: ToAgent = { type: "DiscoveryRequested", discovery_type: type };
    const sockets = this.#ports.sockets();
    if (sockets.length > 0) for (const socket of sockets) send(socket, JSON.stringify(message));
    else this.#requests.keep(type, message, this.#ports.now() + DISCOVERY_WAITS);
  }

  /** A socket was opened: it is told what waits. */
  greet(socket: WebSocket): void {
    for (const { id, message } of this.#requests.open(this.#ports.now())) {
      send(socket, message);
      if (id.endsWith("_discovery")) this.#requests.forget(id);
    }
  }

  /** A message that cannot be understood is refused, and the socket stays open: a mistake in one is no reason to lose all. */
  async hear(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const agentId = this.#ports.agentOf(socket);
    const read = parse(data);
    if (agentId === null || "problem" in read) {
      const detail = "problem" in read ? read.problem : "The socket belongs to no agent";
      const execution_id = agentId === null ? null : await this.#giveUp(agentId, data, detail);
      return this.#answer(socket, { type: "refused", execution_id, detail });
    }
    const { execution_id } = read.answer;
    const receipt = await this.#ports.deliver(agentId, read.answer);
    this.#requests.forget(execution_id);
    const detail = receipt.type === "refused" ? receipt.detail : null;
    this.#answer(socket, { type: receipt.type, execution_id, detail });
  }

  /**
   * An answer that cannot be read is one all the same: every fact that was asked for is an error with the reason, so that nobody
   * waits for what came already.
   * @returns the execution that it was for; null where that cannot be seen
   */
  async #giveUp(agentId: string, data: string | ArrayBuffer, problem: string): Promise<string | null> {
    const asked = typeof data === "string" ? executionNamedIn(data) : null;
    const open = this.#requests.open(this.#ports.now()).find(({ id }) => id === asked);
    const request = open === undefined ? null : toAgentSchema.parse(JSON.parse(open.message));
    if (request?.type !== "FactsGatheringRequested") return null;
    const { execution_id, group_id, fact_requests } = request;
    const facts_gathered = fact_requests.map((fact) =>
      unreadable(fact, `The agent's answer cannot be read: ${problem}`),
    );
    await this.#ports.deliver(agentId, { type: "FactsGathered", execution_id, group_id, facts_gathered });
    this.#requests.forget(execution_id);
    return execution_id;
  }

  #answer(socket: WebSocket, message: ToAgent): void {
    send(socket, JSON.stringify(message));
  }
}

type Read = { readonly answer: FactsGathered } | { readonly problem: string };

/** Characters at the beginning of an answer in which what it answers is looked for. */
const HEAD = 1_000;

function executionNamedIn(text: string): string | null {
  const head = text.slice(0, HEAD);
  if (!/"type"\s*:\s*"FactsGathered"/.test(head)) return null;
  return /"execution_id"\s*:\s*"([0-9a-f-]{36})"/i.exec(head)?.[1]?.toLowerCase() ?? null;
}

function parse(data: string | ArrayBuffer): Read {
  if (typeof data !== "string") return { problem: "The message is not text" };
  if (data.length > LONGEST_MESSAGE)
    return { problem: `The message has more than ${LONGEST_MESSAGE} characters` };
  try {
    const result = fromAgentSchema.safeParse(JSON.parse(data));
    if (result.success) return { answer: result.data };
    const [issue] = result.error.issues;
    return { problem: `${issue?.path.join("/") || "The message"}: ${issue?.message ?? "is invalid"}` };
  } catch (error) {
    // No JSON, or one that nests deeper than the stack reaches.
    return {
      problem: error instanceof RangeError ? "The message nests too deep" : "The message is not JSON",
    };
  }
}
