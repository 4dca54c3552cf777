/** The Durable Object of a relay: what is for the relay's broker waits here, and goes over the relay's socket. */
import { DurableObject } from "cloudflare:workers";
import { z } from "zod";
import {
  brokerStateSchema,
  type FromRelay,
  fromRelaySchema,
  PING,
  PONG,
  type ToRelay,
} from "../checks/relay-messages.ts";
import type { RelayView } from "../domain/relay-view.ts";
import type { DurableObjectBindings } from "./bindings.ts";
import { RelayOutbox } from "./relay/outbox.ts";

export type RelayStatus = Pick<RelayView, "connected" | "waiting" | "broker" | "broker_detail">;

/** What a socket keeps over hibernation: how the relay's broker is. A relay that says nothing has one that is well. */
const attachmentSchema = z
  .object({ broker: brokerStateSchema, broker_detail: z.string().nullable() })
  .catch({ broker: "ok", broker_detail: null });

/** Codes that no peer may send itself are not sent back. */
const NORMAL = 1000;
const FIRST_OF_OWN = 3000;

function send(socket: WebSocket, text: string): void {
  try {
    socket.send(text);
  } catch {
    // It is closing: what was to be sent waits for the next.
  }
}

export class RelayObject extends DurableObject<DurableObjectBindings> {
  readonly #outbox: RelayOutbox;

  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env);
    this.#outbox = new RelayOutbox(ctx.storage.sql);
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
  }

  /** Opens the relay's socket; one that it had before is not its own any more. */
  override async fetch(): Promise<Response> {
    for (const former of this.ctx.getWebSockets()) former.close(NORMAL, "The relay has come again");
    const pair = new WebSocketPair();
    this.ctx.acceptWebSocket(pair[1]);
    this.#outbox.isBack();
    for (const text of this.#outbox.waiting(Date.now())) send(pair[1], text);
    return new Response(null, { status: 101, webSocket: pair[0] });
  }

  /** Told twice, it is kept once. For a relay that has been away for a day nothing is kept. */
  async tell(messages: readonly ToRelay[]): Promise<void> {
    const [sockets, now] = [this.ctx.getWebSockets(), Date.now()];
    if (sockets.length === 0 && this.#outbox.isGivenUp(now)) return this.#outbox.clear();
    for (const message of messages) {
      const text = this.#outbox.keep(message, now);
      if (text !== null) for (const socket of sockets) send(socket, text);
    }
  }

  async status(): Promise<RelayStatus> {
    const [socket] = this.ctx.getWebSockets();
    const waiting = this.#outbox.count(Date.now());
    if (socket === undefined) return { connected: false, waiting, broker: null, broker_detail: null };
    return { connected: true, waiting, ...attachmentSchema.parse(socket.deserializeAttachment()) };
  }

  /** Nobody comes for what waits. */
  async dismiss(): Promise<void> {
    for (const socket of this.ctx.getWebSockets()) socket.close(NORMAL, "The relay was removed");
    this.#outbox.clear();
  }

  override async webSocketMessage(socket: WebSocket, data: string | ArrayBuffer): Promise<void> {
    const message = parse(data);
    if (message === null) return socket.close(1008, "The message is none that a relay sends");
    if (message.type === "published") this.#outbox.forget(message.ids);
    else socket.serializeAttachment({ broker: message.state, broker_detail: message.detail });
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    socket.close(code >= FIRST_OF_OWN || code === NORMAL ? code : NORMAL);
  }
}

function parse(data: string | ArrayBuffer): FromRelay | null {
  if (typeof data !== "string") return null;
  try {
    const result = fromRelaySchema.safeParse(JSON.parse(data));
    return result.success ? result.data : null;
  } catch {
    return null;
  }
}
