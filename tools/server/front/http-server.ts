/** The server that clients speak to: HTTP/1.1 to the letter, over TLS where there is a certificate. */
import {
  createServer,
  type Server as HttpServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer, type Server as HttpsServer } from "node:https";
import type { Duplex } from "node:stream";
import type { SecureContextOptions } from "node:tls";
import { isToldTooLarge } from "./bodies.ts";
import { malformationOf, pathOf } from "./malformed.ts";
import { NOT_FOUND, type Refusal, refuse, refuseRaw } from "./refusals.ts";
import { isWebSocket } from "./upgrades.ts";

/** Milliseconds. Clients, and proxies before this one, mostly give up an idle connection sooner by themselves. */
const CLIENTS_IDLE = 75_000;
/** Milliseconds in which the head of a request has come, and all of it; and between two looks at who is late. */
const HEAD_WITHIN = 20_000;
const WHOLE_WITHIN = 120_000;
const BETWEEN_LOOKS = 5_000;
/** The platform's own, and not the product's. */
const OF_THE_PLATFORM = "/cdn-cgi/";

export interface Handlers {
  serve(request: IncomingMessage, response: ServerResponse): Promise<void>;
  upgrade(request: IncomingMessage, client: Duplex, head: Buffer): Promise<void>;
}

/** From then on the request names a path, however it was said. */
function refusalOf(request: IncomingMessage): Refusal | null {
  const detail = malformationOf(request);
  if (detail !== null) return { status: 400, detail, isLast: true };
  request.url = pathOf(request.url ?? "/");
  return new URL(`http://front${request.url}`).pathname.startsWith(OF_THE_PLATFORM) ? NOT_FOUND : null;
}

function refusalOfError(code: string | undefined): Refusal {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return { status: 408, detail: "The request took too long to come." };
  if (code === "HPE_HEADER_OVERFLOW") return { status: 431, detail: "The headers are larger than 16 KB." };
  return { status: 400, detail: "The request is not HTTP/1.1." };
}

export function createHttpServer(
  { serve, upgrade }: Handlers,
  tls: SecureContextOptions | null,
): HttpServer | HttpsServer {
  const failed = (error: unknown, client: ServerResponse | Duplex) => {
    console.error(error);
    client.destroy();
  };
  const listener = (request: IncomingMessage, response: ServerResponse) => {
    response.on("error", () => response.destroy());
    const refusal = refusalOf(request);
    if (refusal !== null) refuse(request, response, refusal);
    else serve(request, response).catch((error) => failed(error, response));
  };
  const options = {
    headersTimeout: HEAD_WITHIN,
    requestTimeout: WHOLE_WITHIN,
    keepAliveTimeout: CLIENTS_IDLE,
    connectionsCheckingInterval: BETWEEN_LOOKS,
    // Said by us, in the words of the API.
    requireHostHeader: false,
    shouldUpgradeCallback: isWebSocket,
  };
  const server =
    tls === null
      ? createServer(options, listener)
      : createTlsServer({ ...options, ...tls, handshakeTimeout: HEAD_WITHIN }, listener);
  server.on("checkContinue", (request: IncomingMessage, response: ServerResponse) => {
    if (!isToldTooLarge(request)) response.writeContinue();
    listener(request, response);
  });
  server.on("clientError", (error: NodeJS.ErrnoException, client: Duplex) => {
    refuseRaw(client, refusalOfError(error.code));
  });
  server.on("upgrade", (request: IncomingMessage, client: Duplex, head: Buffer) => {
    client.on("error", () => client.destroy());
    const refusal = refusalOf(request);
    if (refusal !== null) refuseRaw(client, refusal);
    else upgrade(request, client, head).catch((error) => failed(error, client));
  });
  return server;
}
