/**
 * Stands before the runtime and keeps connections open. The runtime closes one that was idle for five seconds and has no
 * setting for it: just as long as an agent waits between two heartbeats. Whoever sends into a connection that is being closed
 * gets an error, and an agent that cannot send one heartbeat is taken for lost.
 */
import { Agent, createServer, type IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { createProxyServer } from "httpxy";
import { MAX_BODY, TOO_LARGE } from "../../workers/edge/discovery-body.ts";
import { errorsOf } from "../../workers/edge/errors.ts";

/** Milliseconds. Clients, and proxies before this one, mostly give up an idle connection sooner by themselves. */
const CLIENTS_IDLE = 75_000;
/** Milliseconds, well below the runtime's own. */
const RUNTIME_IDLE = 3_000;

export interface Front {
  readonly url: string;
  stop(): Promise<void>;
}

export interface FrontOptions {
  /** URL of the runtime. */
  readonly target: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Milliseconds after which an idle connection to the runtime is not used again. */
  readonly runtimeIdle?: number;
}

function addressOf({ address, port, family }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

/** Reads to the end what nobody wants, so that the answer arrives. */
function refuse(status: number, detail: string, request: IncomingMessage, response: ServerResponse): void {
  request.resume().on("end", () => {
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(JSON.stringify(errorsOf(status, detail)));
  });
}

/** @throws when the port is taken */
export async function startFront({ target, host, port, runtimeIdle }: FrontOptions): Promise<Front> {
  const agent = new Agent({ keepAlive: true, timeout: runtimeIdle ?? RUNTIME_IDLE });
  const proxy = createProxyServer({ target, agent });
  proxy.on("error", (error, _request, response) => {
    console.error("the runtime did not answer", error);
    if (!(response instanceof ServerResponse)) return response?.destroy();
    if (response.headersSent) return response.destroy();
    response.writeHead(503, { "Content-Type": "application/json", "Retry-After": "1" });
    response.end(JSON.stringify(errorsOf(503, "Try again later.")));
  });
  const server = createServer((request, response) => {
    // The runtime hangs up on whoever goes on sending what it has refused: its answer would be lost.
    if (Number(request.headers["content-length"] ?? 0) > MAX_BODY)
      return refuse(413, TOO_LARGE, request, response);
    void proxy.web(request, response);
  });
  server.keepAliveTimeout = CLIENTS_IDLE;
  // The server forgets connections once they speak another protocol.
  const upgraded = new Set<Duplex>();
  server.on("upgrade", (request, socket, head) => {
    upgraded.add(socket);
    socket.on("close", () => upgraded.delete(socket));
    // Of HTTP/1.1 the socket is one of TCP.
    void proxy.ws(request, socket as Parameters<typeof proxy.ws>[1], {}, head);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: addressOf(address),
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
      agent.destroy();
      await closed;
    },
  };
}
