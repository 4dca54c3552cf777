/** A socket that speaks as Phoenix channels do, so that clients written for Trento hear what they expect. Hibernates. */
import { DurableObject } from "cloudflare:workers";
import { z } from "zod";
import { type Ending, endExpired, expiryOf, wakeAt } from "./expiry.ts";
import {
  type ChannelMessage,
  monitoringTopics,
  ownTopics,
  type PhoenixMessage,
  phoenixMessageSchema,
  type Reference,
  referenceSchema,
} from "./phoenix-messages.ts";

/** Whose socket it is, until when, and the join reference of each topic that it joined. Survives hibernation with the socket. */
const attachmentSchema = z.object({
  userId: z.string(),
  /** Milliseconds. */
  expiresAt: z.number().default(0),
  joined: z.record(z.string(), referenceSchema),
});
type Attachment = z.infer<typeof attachmentSchema>;

/** Told by the door, which has verified the token. */
export const USER_HEADER = "x-user-id";
const LONGEST_MESSAGE = 10_000;

function mayJoin(topic: string, userId: string): "yes" | "unauthorized" | "unmatched topic" {
  if (monitoringTopics.includes(topic)) return "yes";
  const prefix = ownTopics.find((own) => topic.startsWith(own));
  if (prefix === undefined) return "unmatched topic";
  return topic === `${prefix}${userId}` ? "yes" : "unauthorized";
}

export class PhoenixSocket extends DurableObject {
  override async fetch(request: Request): Promise<Response> {
    const pair = new WebSocketPair();
    const expiresAt = expiryOf(request);
    const attachment: Attachment = {
      userId: request.headers.get(USER_HEADER) ?? "",
      expiresAt,
      joined: {},
    };
    pair[1].serializeAttachment(attachment);
    this.ctx.acceptWebSocket(pair[1]);
    await wakeAt(this.ctx.storage, expiresAt);
    return new Response(null, { status: 101, webSocket: pair[0] });
  }

  override async alarm(): Promise<void> {
    const endings = this.ctx
      .getWebSockets()
      .map((socket): Ending => ({ socket, expiresAt: attachmentOf(socket).expiresAt }));
    await endExpired(this.ctx.storage, endings, Date.now());
  }

  /** Whether anybody listens: what is told is put together only then. */
  async isHeard(): Promise<boolean> {
    return this.ctx.getWebSockets().length > 0;
  }

  async countConnections(): Promise<number> {
    return this.ctx.getWebSockets().length;
  }

  /** Tells every socket what happened in the topics that it joined, in order. What all hear is put into text once. */
  async publish(messages: readonly ChannelMessage[]): Promise<void> {
    const texts = messages.map(({ topic, event, payload }) => {
      return { topic, after: JSON.stringify([null, topic, event, payload]).slice(1) };
    });
    for (const socket of this.ctx.getWebSockets()) {
      const { joined } = attachmentOf(socket);
      for (const { topic, after } of texts) {
        const joinRef = joined[topic];
        if (joinRef !== undefined) sendText(socket, `[${JSON.stringify(joinRef)},${after}`);
      }
    }
  }

  /** What is no message of the protocol is passed over: a mistake in one message is no reason to lose all topics. */
  override async webSocketMessage(socket: WebSocket, text: string | ArrayBuffer): Promise<void> {
    const message = parse(text);
    if (message === null) return;
    const [, , topic, event] = message;
    if (topic === "phoenix" && event === "heartbeat") return reply(socket, message, "ok", {});
    const former = attachmentOf(socket).joined[topic];
    if (event === "phx_join") return join(socket, message, former);
    if (event === "phx_leave") return leave(socket, message, former);
    reply(socket, message, "error", { reason: former === undefined ? "unmatched topic" : "unknown event" });
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    // Codes that are reserved for what no peer says may not be sent back.
    socket.close(code >= 3000 || code === 1000 ? code : 1000);
  }
}

/** The topics are anybody's text: they have no prototype to be mistaken for. */
function attachmentOf(socket: WebSocket): Attachment {
  const { joined, ...whose } = attachmentSchema.parse(socket.deserializeAttachment());
  return { ...whose, joined: Object.assign(Object.create(null), joined) };
}

/** Who joins again takes the place of the one before, who is told so under the reference that it knows. */
function join(socket: WebSocket, message: PhoenixMessage, former: Reference | undefined): void {
  const [joinRef, , topic] = message;
  const { joined, ...whose } = attachmentOf(socket);
  const answer = mayJoin(topic, whose.userId);
  if (answer !== "yes") {
    reply(socket, message, "error", { reason: answer });
    return;
  }
  const attachment: Attachment = { ...whose, joined: { ...joined, [topic]: joinRef } };
  socket.serializeAttachment(attachment);
  reply(socket, message, "ok", {});
  if (former !== undefined && former !== joinRef) send(socket, [former, former, topic, "phx_close", {}]);
}

/** Who has been replaced by a later joining was told so, and has nothing to leave. */
function leave(socket: WebSocket, message: PhoenixMessage, former: Reference | undefined): void {
  const [joinRef, , topic] = message;
  if (former === undefined) reply(socket, message, "ok", {});
  if (former === undefined || (former !== joinRef && former !== null)) return;
  const { joined, ...whose } = attachmentOf(socket);
  const { [topic]: _, ...others } = joined;
  const attachment: Attachment = { ...whose, joined: others };
  socket.serializeAttachment(attachment);
  reply(socket, message, "ok", {});
  send(socket, [joinRef, joinRef, topic, "phx_close", {}]);
}

function reply(
  socket: WebSocket,
  [joinRef, ref, topic]: PhoenixMessage,
  status: "ok" | "error",
  response: object,
): void {
  send(socket, [joinRef, ref, topic, "phx_reply", { status, response }]);
}

function parse(text: string | ArrayBuffer): PhoenixMessage | null {
  if (typeof text !== "string" || text.length > LONGEST_MESSAGE) return null;
  try {
    return phoenixMessageSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function send(socket: WebSocket, message: PhoenixMessage): void {
  sendText(socket, JSON.stringify(message));
}

/** A socket that is closing must not keep others from hearing. */
function sendText(socket: WebSocket, text: string): void {
  if (socket.readyState === WebSocket.READY_STATE_OPEN) socket.send(text);
}
