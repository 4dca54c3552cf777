/** The Worker's binding `OUTBOUND`: what it sends to third parties, sent from here. It comes over a socket, as to a proxy. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { UNREACHED } from "../../../domain/webhooks/address.ts";
import { send } from "./outbound.ts";

/** Of this connection alone. */
const HOP_BY_HOP = new Set(["host", "connection", "content-length", "transfer-encoding", "keep-alive"]);
/** Milliseconds: longer than the runtime keeps an idle connection, so that it is the one to close it. */
const IDLE = 75_000;

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined || HOP_BY_HOP.has(name)
        ? []
        : [[name, typeof value === "string" ? value : value.join(", ")]],
    ),
  );
}

async function pass(request: IncomingMessage, response: ServerResponse, allowed: readonly string[]) {
  // The request line has the whole URL.
  const { url = "", method = "GET" } = request;
  try {
    const answered = await send(
      { url, method, headers: headersOf(request), body: await text(request) },
      allowed,
    );
    response.writeHead(answered.status, answered.headers).end(answered.body);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    response.writeHead(502, { [UNREACHED]: "1" }).end(reason);
  }
}

export interface OutboundDoor {
  stop(): Promise<void>;
}

/** @param path of the socket; who is not reached is a bad gateway that says why */
export async function openOutboundDoor(path: string, allowed: readonly string[]): Promise<OutboundDoor> {
  const server = createServer({ requireHostHeader: false, keepAliveTimeout: IDLE }, (request, response) => {
    response.on("error", () => {});
    // Whoever asked is cut off where not even that can be said.
    pass(request, response, allowed).catch(() => response.destroy());
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, resolve);
  });
  return {
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
