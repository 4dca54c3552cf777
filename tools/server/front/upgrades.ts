/** Passes WebSockets. */
import { type IncomingMessage, request as requestOf } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { headersToClient, headersToRuntime } from "./headers.ts";
import { pour } from "./pour.ts";
import { BUSY, refuseRaw } from "./refusals.ts";
import type { Target } from "./target.ts";

/** Milliseconds of silence after which the system asks whether the client is still there. */
const ASKED_AFTER = 30_000;
/** Milliseconds that a client may take to hang up after the runtime did. */
const PARTING = 1_000;

/** Whoever offers another protocol is answered in HTTP/1.1 (RFC 9110, 7.8). */
export function isWebSocket({ method, headers }: Pick<IncomingMessage, "method" | "headers">): boolean {
  return method === "GET" && headers.upgrade?.toLowerCase() === "websocket";
}

function headOf(answer: IncomingMessage, more: readonly string[]): string {
  const lines = [`HTTP/1.1 ${answer.statusCode} ${answer.statusMessage}`];
  const headers = [...headersToClient(answer), ...more];
  for (let at = 0; at < headers.length; at += 2) lines.push(`${headers[at]}: ${headers[at + 1]}`);
  return `${lines.join("\r\n")}\r\n\r\n`;
}

/** A client that went without a Close frame is gone on both sides, at once. */
function join(client: Duplex, runtime: Duplex): void {
  const end = () => {
    client.destroy();
    runtime.destroy();
  };
  client.on("end", end);
  pour(client, runtime);
  pour(runtime, client);
  runtime.on("end", () => setTimeout(end, PARTING).unref());
}

/** @param unanswered is told of a runtime that did not answer. @returns once the runtime answered, or the client went */
export function passUpgrade(
  target: Target,
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
  unanswered: (error: Error) => void,
): Promise<void> {
  if (client instanceof Socket) client.setKeepAlive(true, ASKED_AFTER);
  const headers = [...headersToRuntime(request), "Connection", "Upgrade", "Upgrade", "websocket"];
  const sent = requestOf({ ...target, path: request.url ?? "/", headers, agent: false, setHost: false });
  return new Promise((resolve) => {
    client.on("error", () => client.destroy());
    client.on("close", () => {
      sent.destroy();
      resolve();
    });
    sent.on("upgrade", (answer, runtime, first) => {
      client.write(headOf(answer, ["Connection", "Upgrade", "Upgrade", "websocket"]), "latin1");
      if (first.length > 0) client.write(first);
      if (head.length > 0) runtime.write(head);
      join(client, runtime);
      resolve();
    });
    sent.on("response", (answer) => {
      client.write(headOf(answer, ["Connection", "close"]), "latin1");
      // What the client goes on to send was for a socket that it does not get.
      client.resume();
      pour(answer, client);
      resolve();
    });
    sent.on("error", (error) => {
      if (!client.destroyed) {
        unanswered(error);
        refuseRaw(client, BUSY);
      }
      resolve();
    });
    sent.end();
  });
}
