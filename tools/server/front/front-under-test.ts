/** A front before a runtime that a test makes up. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Duplex } from "node:stream";
import { text } from "node:stream/consumers";
import { type Front, type FrontOptions, startFront } from "./front.ts";

/** What the runtime heard. */
export interface Heard {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** Says what it was asked. */
const echo: RequestListener = (_request, answer) => answer.end("heard");

export class FrontUnderTest {
  readonly front: Front;
  readonly runtime: Server;
  readonly heard: Heard[] = [];
  /** All that the runtime ever had. */
  readonly connections: Socket[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), "front-"));

  private constructor(front: Front, listener: RequestListener) {
    this.front = front;
    this.runtime = createServer((request, answer) => {
      text(request).then(
        (body) => {
          const { method = "", url = "", headers } = request;
          this.heard.push({ method, url, headers, body });
          listener(request, answer);
        },
        () => answer.destroy(),
      );
    });
    this.runtime.on("connection", (socket) => this.connections.push(socket));
  }

  /** @param listener answers once the body is whole */
  static async start(
    listener: RequestListener = echo,
    options: Pick<FrontOptions, "tls" | "betweenLooks"> = {},
  ): Promise<FrontUnderTest> {
    const front = await startFront({ host: "127.0.0.1", port: 0, ...options });
    const started = new FrontUnderTest(front, listener);
    await started.open();
    return started;
  }

  /** @param upgraded is told of every socket, which the runtime has agreed to */
  onUpgrade(upgraded: (socket: Duplex, head: Buffer) => void): void {
    this.runtime.on("upgrade", (request, socket, head) => {
      const { method = "", url = "", headers } = request;
      this.heard.push({ method, url, headers, body: "" });
      socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
      upgraded(socket, head);
    });
  }

  get socketPath(): string {
    return join(this.#folder, "http.sock");
  }

  async open(): Promise<void> {
    this.runtime.listen(this.socketPath);
    await once(this.runtime, "listening");
    this.front.open(`unix:${this.socketPath}`);
  }

  get port(): number {
    return Number(new URL(this.front.url).port);
  }

  client(): RawClient {
    return new RawClient(this.port);
  }

  async end(): Promise<void> {
    await this.front.stop();
    this.runtime.closeAllConnections();
    for (const connection of this.connections) connection.destroy();
    if (this.runtime.listening) await new Promise((resolve) => this.runtime.close(resolve));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** A client that says what it likes. */
export class RawClient {
  readonly socket: Socket;
  /** All that came. */
  text = "";
  isEnded = false;
  isClosed = false;

  constructor(port: number) {
    this.socket = connect({ host: "127.0.0.1", port, allowHalfOpen: true });
    this.socket.on("data", (part) => {
      this.text += part.toString("latin1");
    });
    this.socket.on("end", () => {
      this.isEnded = true;
    });
    this.socket.on("error", () => {});
    this.socket.on("close", () => {
      this.isClosed = true;
    });
  }

  send(...lines: readonly string[]): this {
    this.socket.write(lines.join("\r\n"), "latin1");
    return this;
  }

  /** The statuses of what was answered, in order. */
  get statuses(): number[] {
    return [...this.text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) => Number(status));
  }

  end(): void {
    this.socket.destroy();
  }
}
