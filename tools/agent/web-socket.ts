/** Connections of agents, over WebSockets. */
import { agentSocketPath } from "../../checks/agent-messages.ts";
import type { FactSocketPorts } from "./fact-socket.ts";

/** Node's own WebSocket takes headers, which the type that it shares with browsers does not know. */
const SocketWithHeaders: new (
  url: string,
  options: { readonly headers: Readonly<Record<string, string>> },
) => WebSocket = WebSocket as never;

export function connectTo(url: string, apiKey: string, agentId: string): FactSocketPorts["connect"] {
  const address = `${url.replace(/^http/, "ws")}${agentSocketPath(agentId)}`;
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
