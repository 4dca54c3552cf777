/**
 * Stands before the runtime and keeps connections open. The runtime closes one that was idle for five seconds and has no
 * setting for it: just as long as an agent waits between two heartbeats. Whoever sends into a connection that is being closed
 * gets an error, and an agent that cannot send one heartbeat is taken for lost.
 */
import { Agent, createServer, type IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import { createProxyServer } from "httpxy";
import { MAX_BODY, TOO_LARGE } from "../../../workers/edge/discovery-body.ts";
import { errorsOf } from "../../../workers/edge/errors.ts";
import { CLIENT_ADDRESS, clientAddress } from "./client-address.ts";
import { Unanswered } from "./unanswered.ts";

/** Milliseconds. Clients, and proxies before this one, mostly give up an idle connection sooner by themselves. */
const CLIENTS_IDLE = 75_000;
/** Milliseconds, well below the runtime's own. */
const RUNTIME_IDLE = 3_000;

export interface Front {
  readonly url: string;
  /** Passes on what comes from now on. Until then everybody is told to try again. @param target URL of the runtime */
  open(target: string): void;
  stop(): Promise<void>;
}

export interface FrontOptions {
  /** URL of the runtime, where it is there already. */
  readonly target?: string;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Milliseconds after which an idle connection to the runtime is not used again. */
  readonly runtimeIdle?: number;
}

function addressOf({ address, port, family }: AddressInfo): string {
  return `http://${family === "IPv6" ? `[${address}]` : address}:${port}`;
}

const LATER = { "Content-Type": "application/json", "Retry-After": "1" };
const STARTING = "The server is starting. Try again later.";

/** Reads to the end what nobody wants, so that the answer arrives. */
function refuse(status: number, detail: string, request: IncomingMessage, response: ServerResponse): void {
  request.resume().on("end", () => {
    response.writeHead(status, status === 503 ? LATER : { "Content-Type": "application/json" });
    response.end(JSON.stringify(errorsOf(status, detail)));
  });
}

function refuseUpgrade(socket: Duplex): void {
  socket.end("HTTP/1.1 503 Service Unavailable\r\nRetry-After: 1\r\nConnection: close\r\n\r\n");
}

/** What the system says of a port is said in the words of who starts the server. */
function inWords(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const taken = `port ${port} of ${host} is taken by another program: PORT chooses another one`;
  const denied = `port ${port} of ${host} is not allowed to this user: PORT chooses another one`;
  const nowhere = `${host} is no address of this machine: HOST chooses another one`;
  const words: Readonly<Record<string, string>> = {
    EADDRINUSE: taken,
    EACCES: denied,
    EADDRNOTAVAIL: nowhere,
    ENOTFOUND: nowhere,
  };
  return new Error(words[error.code ?? ""] ?? error.message, { cause: error });
}

/** @throws when the port cannot be had */
export async function startFront({ target, host, port, runtimeIdle }: FrontOptions): Promise<Front> {
  const agent = new Agent({ keepAlive: true, timeout: runtimeIdle ?? RUNTIME_IDLE });
  const proxy = createProxyServer({ agent });
  const unanswered = new Unanswered((line) => console.error(line));
  let runtime = target;
  proxy.on("error", (error, _request, response) => {
    unanswered.add(error);
    if (!(response instanceof ServerResponse)) return response?.destroy();
    if (response.headersSent) return response.destroy();
    response.writeHead(503, LATER);
    response.end(JSON.stringify(errorsOf(503, "Try again later.")));
  });
  const server = createServer((request, response) => {
    if (runtime === undefined) return refuse(503, STARTING, request, response);
    // The runtime hangs up on whoever goes on sending what it has refused: its answer would be lost.
    if (Number(request.headers["content-length"] ?? 0) > MAX_BODY)
      return refuse(413, TOO_LARGE, request, response);
    request.headers[CLIENT_ADDRESS] = clientAddress(request);
    proxy.web(request, response, { target: runtime }).catch((error) => {
      unanswered.add(error);
      response.destroy();
    });
  });
  server.keepAliveTimeout = CLIENTS_IDLE;
  // The server forgets connections once they speak another protocol.
  const upgraded = new Set<Duplex>();
  server.on("upgrade", (request, socket, head) => {
    if (runtime === undefined) return refuseUpgrade(socket);
    upgraded.add(socket);
    socket.on("close", () => upgraded.delete(socket));
    // Of HTTP/1.1 the socket is one of TCP.
    proxy
      .ws(request, socket as Parameters<typeof proxy.ws>[1], { target: runtime }, head)
      .catch(() => socket.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(inWords(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    url: addressOf(address),
    open: (target) => {
      runtime = target;
    },
    stop: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      for (const socket of upgraded) socket.destroy();
      agent.destroy();
      unanswered.flush();
      await closed;
    },
  };
}
