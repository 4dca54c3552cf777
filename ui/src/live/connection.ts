/** What components are told of the connection to the rooms. */
import type { QueryClient, QueryKey } from "@tanstack/react-query";
import { createContext, useContext } from "react";
import type { Topic } from "../../../party/messages.ts";

export interface LiveState {
  /** Whether what is shown is in step with the server. */
  readonly isLive: boolean;
  /** The rooms that have told where they stand, or have had their time. */
  readonly met: ReadonlySet<Topic>;
}

export const LiveContext = createContext<LiveState>({ isLive: false, met: new Set() });

export function useIsLive(): boolean {
  return useContext(LiveContext).isLive;
}

/**
 * Whether it is time to read what these rooms keep up to date. What is read before a room has told where it stands may have
 * changed in between, and must be read again: so whoever asks waits for the room, but not for ever.
 */
export function useIsMet(...topics: readonly Topic[]): boolean {
  const { met } = useContext(LiveContext);
  return topics.every((topic) => met.has(topic));
}

/** Milliseconds that a room has: where no socket comes through, pages are to be seen all the same. */
export const ROOM_PATIENCE = 1_500;

/** Whether anything was asked for that may be older than what a room tells first. */
export function wasRead(client: QueryClient, queryKey: QueryKey): boolean {
  return client
    .getQueryCache()
    .findAll({ queryKey })
    .some(({ state }) => state.dataUpdatedAt > 0 || state.errorUpdatedAt > 0 || state.fetchStatus !== "idle");
}
