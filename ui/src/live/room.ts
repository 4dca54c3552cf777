/** The way into a room, and back into it. */
import type { QueryClient } from "@tanstack/react-query";
import { WebSocket as ReconnectingWebSocket } from "partysocket";
import type { z } from "zod";
import {
  type Change,
  EXPIRED,
  PING,
  PONG,
  type Position,
  roomMessageSchemaOf,
  roomPath,
  type Topic,
} from "../../../party/messages.ts";
import { session } from "../session/session.ts";
import { CachedList } from "./cached-list.ts";
import type { Kept } from "./kept.ts";
import { onSignsOfChange, Pulse } from "./pulse.ts";

/** Every attempt carries a fresh token and the last position, so that the room can tell what was missed. */
async function urlOf(topic: Topic, position: Position | null): Promise<string> {
  const url = new URL(roomPath(topic), window.location.href);
  url.protocol = url.protocol.replace("http", "ws");
  url.searchParams.set("access_token", await session.accessToken());
  if (position !== null) {
    url.searchParams.set("epoch", position.epoch);
    url.searchParams.set("since", String(position.sequence));
  }
  return url.href;
}

interface Watcher<Resource> {
  /** What is shown is in step with the room, or is no longer. */
  onLive(isLive: boolean): void;
  onChange(change: Change<Resource>): void;
  /** What happened meanwhile is in no message: all must be read again. */
  onGap(): void;
}

/** @returns what leaves the room */
export function watchRoom<Resource>(
  topic: Topic,
  schema: z.ZodType<Resource>,
  { onLive, onChange, onGap }: Watcher<Resource>,
): () => void {
  let position: Position | null = null;
  const messageSchema = roomMessageSchemaOf(schema);
  const socket = new ReconnectingWebSocket(() => urlOf(topic, position), [], {
    minReconnectionDelay: 250 + Math.random() * 500,
    maxReconnectionDelay: 5_000,
  });
  const pulse = new Pulse({
    ping: () => socket.send(PING),
    onDead: () => {
      onLive(false);
      socket.reconnect();
    },
  });
  const leaveSigns = onSignsOfChange(() => pulse.feel());
  socket.addEventListener("open", () => pulse.heard());
  socket.addEventListener("message", ({ data }) => {
    pulse.heard();
    if (data === PONG) return;
    const parsed = messageSchema.safeParse(JSON.parse(String(data)));
    if (!parsed.success) return;
    const message = parsed.data;
    // The list may have been read before the door was open: what changed in between is in no message.
    const isFirst = position === null;
    position = { epoch: message.epoch, sequence: message.sequence };
    if (message.type === "change") onChange(message.change);
    else if (message.type === "refetch" || isFirst) onGap();
    onLive(true);
  });
  socket.addEventListener("close", ({ code }) => {
    pulse.rest();
    // It comes back at once with another token: there is nothing to worry anybody with.
    if (code !== EXPIRED) onLive(false);
  });
  return () => {
    pulse.rest();
    leaveSigns();
    socket.close();
  };
}

/** Who wants to know how it goes. */
interface Listener {
  /** The list is in step with the room, or is no longer. */
  onLive(isLive: boolean): void;
  /** Something is not as it was, or may not be. */
  onChange(): void;
}

/** Keeps a cached list in step with its room. @returns what leaves the room */
export function enterRoom<Resource extends { readonly id: string }>(
  client: QueryClient,
  topic: Topic,
  schema: z.ZodType<Resource>,
  kept: Kept<Resource>,
  { onLive, onChange }: Listener,
): () => void {
  const list = new CachedList(client, kept);
  const leave = watchRoom(topic, schema, {
    onLive,
    onChange: (change) => {
      list.apply(change);
      onChange();
    },
    onGap: () => {
      if (list.readAgain()) onChange();
    },
  });
  return () => {
    leave();
    list.leave();
  };
}
