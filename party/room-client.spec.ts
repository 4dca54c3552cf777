/** A client of a room, that comes in through the door; there is no test in here. */
import { exports } from "cloudflare:workers";
import { expect } from "vitest";
import {
  type Change,
  type Position,
  type ResourceOf,
  type RoomMessage,
  resourceSchemas,
  roomMessageSchemaOf,
  roomPath,
  type Topic,
} from "./messages.ts";

export function knock(path: string, query: Readonly<Record<string, string>>): Promise<Response> {
  return exports.default.fetch(`https://trento.example${path}?${new URLSearchParams(query)}`, {
    headers: { Upgrade: "websocket" },
  });
}

export class RoomClient<T extends Topic> {
  readonly heard: RoomMessage<ResourceOf<T>>[] = [];
  /** Code with which the room closed the socket. */
  closed: number | null = null;
  readonly #socket: WebSocket;

  private constructor(topic: T, socket: WebSocket) {
    this.#socket = socket;
    const schema = roomMessageSchemaOf(resourceSchemas[topic]);
    socket.addEventListener("message", ({ data }) => {
      this.heard.push(schema.parse(JSON.parse(String(data))) as RoomMessage<ResourceOf<T>>);
    });
    socket.addEventListener("close", ({ code }) => {
      this.closed = code;
    });
    socket.accept();
  }

  /** Comes in, or back to where it was. */
  static async enter<T extends Topic>(topic: T, token: string, from?: Position): Promise<RoomClient<T>> {
    const place = from === undefined ? {} : { epoch: from.epoch, since: String(from.sequence) };
    const { status, webSocket } = await knock(roomPath(topic), { access_token: token, ...place });
    if (webSocket === null) throw new Error(`the door answered ${status}`);
    return new RoomClient(topic, webSocket);
  }

  /** Changes of a resource, in order. */
  changesOf(id: string): Change<ResourceOf<T>>[] {
    return this.heard.flatMap((message) =>
      message.type === "change" && message.change.id === id ? [message.change] : [],
    );
  }

  /** The resource as the last change has it. */
  latest(id: string): ResourceOf<T> | null | undefined {
    return this.changesOf(id).at(-1)?.resource;
  }

  async position(): Promise<Position> {
    await expect.poll(() => this.heard.length).toBeGreaterThan(0);
    const last = this.heard.at(-1);
    if (last === undefined) throw new Error("nothing was heard");
    return { epoch: last.epoch, sequence: last.sequence };
  }

  leave(): void {
    this.#socket.close(1000);
  }
}
