/** A socket that speaks as Phoenix channels do, so that clients written for Trento hear what they expect. Hibernates. */
import { DurableObject } from "cloudflare:workers";
import { z } from "zod";
import {
  type ChannelMessage,
  monitoringTopics,
  ownTopics,
  type PhoenixMessage,
  phoenixMessageSchema,
} from "./phoenix-messages.ts";

/** Whose socket it is, and the join reference of each topic that it joined. Survives hibernation with the socket. */
const attachmentSchema = z.object({
  userId: z.string(),
  joined: z.record(z.string(), z.string().nullable()),
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
    const attachment: Attachment = { userId: request.headers.get(USER_HEADER) ?? "", joined: {} };
    pair[1].serializeAttachment(attachment);
    this.ctx.acceptWebSocket(pair[1]);
    return new Response(null, { status: 101, webSocket: pair[0] });
  }

  /** Whether anybody listens: what is told is put together only then. */
  async isHeard(): Promise<boolean> {
    return this.ctx.getWebSockets().length > 0;
  }

  /** Tells every socket what happened in the topics that it joined, in order. */
  async publish(messages: readonly ChannelMessage[]): Promise<void> {
    for (const socket of this.ctx.getWebSockets()) {
      const { joined } = attachmentSchema.parse(socket.deserializeAttachment());
      for (const { topic, event, payload } of messages) {
        if (Object.hasOwn(joined, topic)) send(socket, [joined[topic] ?? null, null, topic, event, payload]);
      }
    }
  }

  override async webSocketMessage(socket: WebSocket, text: string | ArrayBuffer): Promise<void> {
    const message = parse(text);
    if (message === null) {
      socket.close(1003, "not a message of Phoenix channels, vsn 2.0.0");
      return;
    }
    const [joinRef, ref, topic, event] = message;
    const reply = (status: "ok" | "error", response: object) =>
      send(socket, [joinRef, ref, topic, "phx_reply", { status, response }]);
    if (topic === "phoenix" && event === "heartbeat") return reply("ok", {});
    const attachment = attachmentSchema.parse(socket.deserializeAttachment());
    if (event === "phx_join") {
      const answer = mayJoin(topic, attachment.userId);
      if (answer !== "yes") return reply("error", { reason: answer });
      const joined = { ...attachment.joined, [topic]: joinRef };
      socket.serializeAttachment({ ...attachment, joined } satisfies Attachment);
      return reply("ok", {});
    }
    if (!Object.hasOwn(attachment.joined, topic)) return reply("error", { reason: "unmatched topic" });
    if (event !== "phx_leave") return reply("error", { reason: "unknown event" });
    const { [topic]: _, ...joined } = attachment.joined;
    socket.serializeAttachment({ ...attachment, joined } satisfies Attachment);
    reply("ok", {});
    send(socket, [joinRef, null, topic, "phx_close", {}]);
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    // Codes that are reserved for what no peer says may not be sent back.
    socket.close(code >= 3000 || code === 1000 ? code : 1000);
  }
}

function parse(text: string | ArrayBuffer): PhoenixMessage | null {
  if (typeof text !== "string" || text.length > LONGEST_MESSAGE) return null;
  try {
    return phoenixMessageSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

/** A socket that is closing must not keep others from hearing. */
function send(socket: WebSocket, message: PhoenixMessage): void {
  if (socket.readyState === WebSocket.READY_STATE_OPEN) socket.send(JSON.stringify(message));
}
