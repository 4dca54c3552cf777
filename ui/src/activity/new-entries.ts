/** While the activity log is open, what is new is asked for when there is something new. */
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { resourceSchemas } from "../../../party/messages.ts";
import { activityKey } from "../api/activity.ts";
import { ROOM_PATIENCE, wasRead } from "../live/connection.ts";
import { paced } from "../live/paced.ts";
import { watchRoom } from "../live/room.ts";

/** Milliseconds within which a new entry is shown: an incident is many of them. */
const DELAY = 1_000;

/** @returns whether it is time to read: what is read before the room is there would be read twice */
export function useNewEntries(): boolean {
  const client = useQueryClient();
  const [isMet, setMet] = useState(false);
  useEffect(() => {
    const readAgain = paced(() => client.invalidateQueries({ queryKey: activityKey }), DELAY);
    const patience = setTimeout(() => setMet(true), ROOM_PATIENCE);
    // What is kept of an earlier visit is old.
    void client.invalidateQueries({ queryKey: activityKey });
    let isFirst = true;
    const leave = watchRoom("activity_log", resourceSchemas.activity_log, {
      onLive: () => setMet(true),
      onChange: readAgain,
      onGap: () => {
        if (!isFirst || wasRead(client, activityKey)) readAgain();
        isFirst = false;
      },
    });
    return () => {
      clearTimeout(patience);
      leave();
    };
  }, [client]);
  return isMet;
}
