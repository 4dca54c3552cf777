/** Connections over WebSockets, with the key that the edge asks for. */
import { agentSocketPath } from "../../checks/agent-messages.ts";
import type { Connection, Listener } from "./lasting-socket.ts";

/** Node's own WebSocket takes headers, which the type that it shares with browsers does not know. */
const SocketWithHeaders: new (
  url: string,
  options: { readonly headers: Readonly<Record<string, string>> },
) => WebSocket = WebSocket as never;

/** @param url of the server, over HTTP @param path of the socket */
export function connectTo(url: string, path: string, apiKey: string): (listener: Listener) => Connection {
  const address = `${url.replace(/^http/, "ws")}${path}`;
  return ({ onOpen, onMessage, onClose }) => {
    const socket = new SocketWithHeaders(address, { headers: { "X-Trento-ApiKey": apiKey } });
    socket.addEventListener("open", onOpen);
    socket.addEventListener("message", ({ data }) => onMessage(String(data)));
    socket.addEventListener("close", onClose);
    return {
      send: (text) => socket.send(text),
      close: () => socket.close(),
    };
  };
}

export function connectAgent(url: string, apiKey: string, agentId: string) {
  return connectTo(url, agentSocketPath(agentId), apiKey);
}
