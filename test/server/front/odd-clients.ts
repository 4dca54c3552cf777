/** Clients as they are met: those that speak well, and those that go in the midst of it. */
import { Agent, type OutgoingHttpHeaders, request as requestOf } from "node:http";
import { connect, type Socket } from "node:net";

/** Milliseconds after which a client that was told nothing has been forgotten. */
const FORGOTTEN = 60_000;

/** What a client was told, or by what its request failed. */
export type Told = { readonly status: number; readonly body: string } | { readonly failure: string };

export interface Saying {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: Buffer | string;
  /** Milliseconds that it takes a breath before it reads on. */
  readonly slowly?: number;
}

export class OddClients {
  readonly #host: string;
  readonly #port: number;
  readonly #agents = { good: new Agent({ keepAlive: true }), bad: new Agent({ keepAlive: true }) };

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.#host = hostname;
    this.#port = Number(port);
  }

  /** @param kept over which connections: bad clients have their own */
  say(kept: "good" | "bad", path: string, saying: Saying = {}): Promise<Told> {
    const { method = "GET", headers = {}, body = "", slowly = 0 } = saying;
    const isChunked = "Transfer-Encoding" in headers;
    const length = body.length > 0 || method !== "GET" ? { "Content-Length": Buffer.byteLength(body) } : {};
    return new Promise((resolve) => {
      const failed = (error: NodeJS.ErrnoException) => resolve({ failure: error.code ?? error.message });
      const sent = requestOf(
        {
          host: this.#host,
          port: this.#port,
          agent: this.#agents[kept],
          path,
          method,
          headers: { ...(isChunked ? {} : length), ...headers },
        },
        (answer) => {
          let text = "";
          answer.setEncoding("utf8").on("data", (part: string) => {
            text += part;
            if (slowly === 0) return;
            answer.pause();
            setTimeout(() => answer.resume(), slowly);
          });
          answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: text })).on("error", failed);
        },
      );
      sent.setTimeout(FORGOTTEN, () => sent.destroy(new Error("a minute without a word")));
      sent.on("error", failed).end(body);
    });
  }

  /**
   * Says something and goes on as it likes.
   * @returns the first line of what it is told until it or the server ends the connection, or the time is over
   */
  go(said: Buffer | string, then: (socket: Socket) => void, within: number): Promise<string> {
    return new Promise((resolve) => {
      const socket = connect({ host: this.#host, port: this.#port, allowHalfOpen: true });
      let text = "";
      const end = () => {
        clearTimeout(timer);
        socket.destroy();
        resolve(text.split("\r\n")[0] ?? "");
      };
      const timer = setTimeout(end, within);
      socket.on("connect", () => {
        socket.write(said);
        then(socket);
      });
      socket.on("data", (part) => {
        text += part.toString("latin1");
      });
      socket.on("end", end).on("error", end).on("close", end);
    });
  }

  /** A connection that says so much and nothing more, for as long as it is let. */
  hold(said: string): Socket {
    const socket = connect({ host: this.#host, port: this.#port, allowHalfOpen: true });
    socket.on("error", () => {});
    socket.write(said);
    return socket;
  }

  end(): void {
    for (const agent of Object.values(this.#agents)) agent.destroy();
  }
}
