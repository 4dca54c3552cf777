/** Keeps the known hosts in step with the room. */
import { useQueryClient } from "@tanstack/react-query";
import { WebSocket as ReconnectingWebSocket } from "partysocket";
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { HostView } from "../../../domain/host/view.ts";
import { type Position, roomMessageSchema, roomPath } from "../../../party/messages.ts";
import { hostsKey } from "../api/hosts.ts";
import { session } from "../session/session.ts";
import { applyChange, type Versions } from "./apply-change.ts";

const LiveContext = createContext(false);

/** Whether what is shown is in step with the server. */
export function useIsLive(): boolean {
  return useContext(LiveContext);
}

/** Every attempt carries a fresh token and the last position, so that the room can tell what was missed. */
async function urlOf(position: Position | null): Promise<string> {
  const url = new URL(roomPath("hosts"), window.location.href);
  url.protocol = url.protocol.replace("http", "ws");
  url.searchParams.set("access_token", await session.accessToken());
  if (position !== null) {
    url.searchParams.set("epoch", position.epoch);
    url.searchParams.set("since", String(position.sequence));
  }
  return url.href;
}

export function Live({ children }: { readonly children: ReactNode }) {
  const client = useQueryClient();
  const [isLive, setLive] = useState(false);

  useEffect(() => {
    let position: Position | null = null;
    const versions: Versions = new Map();
    const socket = new ReconnectingWebSocket(() => urlOf(position), [], { maxReconnectionDelay: 5_000 });
    socket.addEventListener("message", ({ data }) => {
      const parsed = roomMessageSchema.safeParse(JSON.parse(String(data)));
      if (!parsed.success) return;
      const message = parsed.data;
      // The list may have been read before the door was open: what changed in between is in no message.
      const isFirst = position === null;
      position = { epoch: message.epoch, sequence: message.sequence };
      if (message.type === "change") {
        client.setQueryData<HostView[]>(
          hostsKey,
          (hosts) => hosts && [...applyChange(hosts, message.change, versions)],
        );
      } else if (message.type === "refetch" || isFirst) {
        versions.clear();
        void client.invalidateQueries({ queryKey: hostsKey });
      }
      setLive(true);
    });
    socket.addEventListener("close", () => setLive(false));
    return () => socket.close();
  }, [client]);

  return <LiveContext.Provider value={isLive}>{children}</LiveContext.Provider>;
}
