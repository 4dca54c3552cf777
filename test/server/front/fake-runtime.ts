/** A runtime that refuses before it has read, as workerd does, and that can be made to stand still. */
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

const KEY = "the agents' key";
const TOKEN = "a-token";
const LIST = `[${JSON.stringify({ id: "x".repeat(100) })}${`,${JSON.stringify({ id: "y".repeat(100) })}`.repeat(2_000)}]`;
const SCRIPT = "x".repeat(3_500_000);
/** Bytes: what is larger is refused at sign-in, and what is unread when it refuses ends the connection. */
const MOST_AT_SIGN_IN = 100_000;
const MOST_UNREAD = 65_536;

export class FakeRuntime {
  readonly folder = mkdtempSync(join(tmpdir(), "fake-runtime-"));
  readonly socketPath = join(this.folder, "http.sock");
  /** How often each change was made, by what it says. */
  readonly changes = new Map<string, number>();
  readonly credentials = {
    apiKey: KEY,
    token: async () => TOKEN,
    hostIds: ["h1", "h2", "h3"],
    discoveries: ["{}", JSON.stringify({ payload: "x".repeat(100_000) })],
    room: "/parties/room",
  };
  #server: Server;
  /** What waits while it stands still. */
  #waiting: Array<() => void> | null = null;

  constructor() {
    this.#server = createServer((request, response) => this.#inTurn(() => this.#answer(request, response)));
    this.#server.on("upgrade", (_request, socket) => {
      socket.on("error", () => socket.destroy()).on("end", () => socket.end());
      socket.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
      socket.resume();
    });
  }

  async start(): Promise<void> {
    this.#server.listen(this.socketPath);
    await once(this.#server, "listening");
  }

  standStill(): void {
    this.#waiting ??= [];
  }

  goOn(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = null;
    for (const turn of waiting) turn();
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    rmSync(this.folder, { recursive: true, force: true });
  }

  #inTurn(turn: () => void): void {
    if (this.#waiting === null) turn();
    else this.#waiting.push(turn);
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const { url = "" } = request;
    const due = dueOf(request);
    if (url.endsWith("/tags")) this.#change(request, response);
    else if (typeof due === "number") refuse(request, response, due);
    else request.resume().on("end", () => response.writeHead(due.status).end(due.body));
  }

  #change(request: IncomingMessage, response: ServerResponse): void {
    let said = "";
    request.setEncoding("utf8").on("data", (part) => {
      said += part;
    });
    request.on("end", () => {
      this.changes.set(said, (this.changes.get(said) ?? 0) + 1);
      response.writeHead(201).end();
    });
  }
}

/** @returns the answer to what is read, or the status of what is refused before that */
function dueOf({ method, url = "", headers }: IncomingMessage): { status: number; body: string } | number {
  const isAgent = headers["x-trento-apikey"] === KEY;
  const isUser = headers.authorization === `Bearer ${TOKEN}`;
  if (url === "/api/v1/collect") return isAgent ? { status: 202, body: "{}" } : 401;
  if (url.endsWith("/heartbeat")) return isAgent ? { status: 204, body: "" } : 401;
  if (url === "/api/v1/hosts") return isUser ? { status: 200, body: LIST } : 401;
  if (url === "/api/session" && Number(headers["content-length"]) > MOST_AT_SIGN_IN) return 413;
  if (method === "POST") return 405;
  return { status: 200, body: url === "/scalar.js" ? SCRIPT : "<!doctype html>" };
}

/** Answers at once; and ends the connection where much is unread, without a word before. */
function refuse(request: IncomingMessage, response: ServerResponse, status: number): void {
  response.writeHead(status, { "Content-Length": 0 });
  const isMuch = Number(request.headers["content-length"] ?? 0) > MOST_UNREAD;
  response.end(() => {
    if (isMuch) request.socket.destroy();
  });
}
