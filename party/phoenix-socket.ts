/** A socket that speaks as Phoenix channels do, so that clients written for Trento hear what they expect. Hibernates. */
import { DurableObject } from "cloudflare:workers";
import { z } from "zod";
import { type Ending, Expiry, expiryOf } from "./expiry.ts";
import {
  ACTIVITY_LOG,
  type ChannelMessage,
  excessOf,
  type PhoenixMessage,
  phoenixMessageSchema,
  type Reference,
  referenceSchema,
  refusalOf,
} from "./phoenix-messages.ts";

const userSchema = z.object({
  id: z.number(),
  username: z.string(),
  /** Whether the user may know of others. */
  seesUsers: z.boolean(),
});
export type SocketUser = z.infer<typeof userSchema>;

/** Whose socket it is, until when, and the join reference of each topic that it joined. Survives hibernation with the socket. */
const attachmentSchema = z.object({
  user: userSchema,
  /** Milliseconds. */
  expiresAt: z.number(),
  joined: z.record(z.string(), referenceSchema),
});
type Attachment = z.infer<typeof attachmentSchema>;

/** Told by the door, which has verified the token: the user, as JSON in a URL's letters. */
export const USER_HEADER = "x-user";

/** Milliseconds between two tellings of who has entries in the activity log. */
const USERS_INTERVAL = 60_000;

export class PhoenixSocket extends DurableObject<{ readonly DB: D1Database }> {
  readonly #expiry = new Expiry(this.ctx.storage);

  override async fetch(request: Request): Promise<Response> {
    const pair = new WebSocketPair();
    const user = userSchema.parse(JSON.parse(decodeURIComponent(request.headers.get(USER_HEADER) ?? "")));
    const expiresAt = expiryOf(request);
    const attachment: Attachment = { user, expiresAt, joined: {} };
    pair[1].serializeAttachment(attachment);
    this.ctx.acceptWebSocket(pair[1]);
    await this.#expiry.wakeBy(expiresAt);
    return new Response(null, { status: 101, webSocket: pair[0] });
  }

  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    const endings = this.ctx
      .getWebSockets()
      .map((socket): Ending => ({ socket, expiresAt: attachmentOf(socket).expiresAt }));
    this.#expiry.end(endings, info);
    await this.#tellUsers(this.ctx.getWebSockets());
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
    const excess = excessOf(String(text), message);
    if (excess !== null) return reply(socket, message, "error", { reason: excess });
    const [, , topic, event] = message;
    if (topic === "phoenix" && event === "heartbeat") return reply(socket, message, "ok", {});
    const former = attachmentOf(socket).joined[topic];
    if (event === "phx_join") {
      join(socket, message, former);
      if (topic.startsWith(ACTIVITY_LOG)) await this.#tellUsers([socket]);
      return;
    }
    if (event === "phx_leave") return leave(socket, message, former);
    reply(socket, message, "error", { reason: former === undefined ? "unmatched topic" : "unknown event" });
  }

  /** Who has entries in the activity log may have changed: those who watch it are told every minute, as by Trento. */
  async #tellUsers(sockets: readonly WebSocket[]): Promise<void> {
    const watching = sockets.flatMap((socket) => {
      const { user, joined } = attachmentOf(socket);
      const topic = `${ACTIVITY_LOG}${user.id}`;
      const joinRef = joined[topic];
      return joinRef === undefined ? [] : [{ socket, user, topic, joinRef }];
    });
    if (watching.length === 0) return;
    await this.#expiry.wakeBy(Date.now() + USERS_INTERVAL);
    const all = await namesOfUsers(this.env.DB);
    for (const { socket, user, topic, joinRef } of watching) {
      const users = user.seesUsers ? ["system", ...all] : ["system", user.username];
      send(socket, [joinRef, null, topic, "al_users_pushed", { users }]);
    }
  }

  override async webSocketClose(socket: WebSocket, code: number): Promise<void> {
    // Codes that are reserved for what no peer says may not be sent back.
    socket.close(code >= 3000 || code === 1000 ? code : 1000);
  }
}

/** None where they cannot be read: they are told again a minute later, and no socket is lost for it. */
async function namesOfUsers(db: D1Database): Promise<string[]> {
  try {
    const { results } = await db
      .prepare("SELECT username FROM users ORDER BY id")
      .all<{ username: string }>();
    return results.map(({ username }) => username);
  } catch (error) {
    console.error("the names of users could not be read", error);
    return [];
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
  const refusal = refusalOf(topic, String(whose.user.id));
  if (refusal !== null) {
    reply(socket, message, "error", { reason: refusal });
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
  if (typeof text !== "string") return null;
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
