/** A client of Phoenix channels, vsn 2.0.0, written from the protocol; there is no test in here. */
import { exports } from "cloudflare:workers";
import { z } from "zod";

const reference = z.union([z.string(), z.number()]).nullable();
const messageSchema = z.tuple([reference, reference, z.string(), z.string(), z.unknown()]);
type Message = z.infer<typeof messageSchema>;
type Reference = z.infer<typeof reference>;

export function connect(query: Readonly<Record<string, string>>): Promise<Response> {
  return exports.default.fetch(`https://trento.example/socket/websocket?${new URLSearchParams(query)}`, {
    headers: { Upgrade: "websocket" },
  });
}

export class PhoenixClient {
  readonly heard: Message[] = [];
  /** Code with which the server closed the socket. */
  closed: number | null = null;
  readonly #socket: WebSocket;
  readonly #waiting = new Map<Reference, (payload: unknown) => void>();
  #next = 1;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      const message = messageSchema.parse(JSON.parse(String(data)));
      this.heard.push(message);
      if (message[3] === "phx_reply") this.#waiting.get(message[1])?.(message[4]);
    });
    socket.addEventListener("close", ({ code }) => {
      this.closed = code;
    });
    socket.accept();
  }

  static async connect(token: string): Promise<PhoenixClient> {
    const { status, webSocket } = await connect({ access_token: token, vsn: "2.0.0" });
    if (webSocket === null) throw new Error(`the door answered ${status}`);
    return new PhoenixClient(webSocket);
  }

  raw(frame: string | ArrayBuffer | Uint8Array): void {
    this.#socket.send(frame);
  }

  /** @returns the reply */
  push(topic: string, event: string, joinRef: Reference = "1", payload: object = {}): Promise<unknown> {
    const ref = String(this.#next++);
    const { promise, resolve } = Promise.withResolvers<unknown>();
    this.#waiting.set(ref, resolve);
    this.raw(JSON.stringify([joinRef, ref, topic, event, payload]));
    return promise;
  }

  join(topic: string, joinRef: Reference = "1"): Promise<unknown> {
    return this.push(topic, "phx_join", joinRef);
  }

  /** Names and payloads of what was told on a topic. */
  on(topic: string): [string, unknown][] {
    return this.heard
      .filter((message) => message[2] === topic && message[3] !== "phx_reply")
      .map((message) => [message[3], message[4]]);
  }

  leave(code: number | null = 1000): void {
    if (code === null) this.#socket.close();
    else this.#socket.close(code);
  }
}
