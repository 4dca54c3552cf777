/** A client of Phoenix channels, vsn 2.0.0, written from the protocol; there is no test in here. */
import { exports } from "cloudflare:workers";
import { vi } from "vitest";
import { z } from "zod";

const messageSchema = z.tuple([
  z.string().nullable(),
  z.string().nullable(),
  z.string(),
  z.string(),
  z.unknown(),
]);
type Message = z.infer<typeof messageSchema>;

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
  #next = 1;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      this.heard.push(messageSchema.parse(JSON.parse(String(data))));
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

  raw(frame: string | ArrayBuffer): void {
    this.#socket.send(frame);
  }

  /** @returns the reply */
  async push(topic: string, event: string, joinRef: string | null = "1"): Promise<unknown> {
    const ref = String(this.#next++);
    this.raw(JSON.stringify([joinRef, ref, topic, event, {}]));
    const reply = () => this.heard.find((message) => message[1] === ref && message[3] === "phx_reply");
    return (await vi.waitUntil(reply, { timeout: 10_000 }))?.[4];
  }

  join(topic: string): Promise<unknown> {
    return this.push(topic, "phx_join");
  }

  /** Names and payloads of what was told on a topic. */
  on(topic: string): [string, unknown][] {
    return this.heard
      .filter((message) => message[2] === topic && message[1] === null)
      .map((message) => [message[3], message[4]]);
  }

  leave(): void {
    this.#socket.close(1000);
  }
}
