/** What a room and its clients say to each other. Shared with the UI. */
import { z } from "zod";
import { hostViewSchema } from "../domain/host/view.ts";

/** One room per resource type. */
export const topicSchema = z.enum(["hosts"]);
export type Topic = z.infer<typeof topicSchema>;

/**
 * One committed change of one resource. `resource` is the whole resource after the change, or null when it is gone, so
 * a client replaces what it has; a message whose `version` is lower than the client's is older and can be ignored.
 */
export const changeSchema = z.object({
  id: z.guid(),
  /** Version of the resource's event stream that `resource` reflects. */
  version: z.int(),
  /** What happened, by the names of Trento's channels (`host_registered`, `heartbeat_failed`, ...). */
  events: z.array(z.string()),
  resource: hostViewSchema.nullable(),
});
export type Change = z.infer<typeof changeSchema>;

/** Where a client stands in a room: a room that was made anew has another epoch, and its numbers start again. */
export const positionSchema = z.object({ epoch: z.string(), sequence: z.int() });
export type Position = z.infer<typeof positionSchema>;

export const roomMessageSchema = z.discriminatedUnion("type", [
  /** First message after connecting: nothing was missed, or what was missed follows as `change` messages. */
  z.object({ type: z.literal("welcome"), ...positionSchema.shape }),
  /** First message after connecting when the room no longer has what was missed: read the resources again. */
  z.object({ type: z.literal("refetch"), ...positionSchema.shape }),
  z.object({ type: z.literal("change"), ...positionSchema.shape, change: changeSchema }),
]);
export type RoomMessage = z.infer<typeof roomMessageSchema>;

/** Path of a room's WebSocket; `access_token` and, on a reconnect, `epoch` and `since` go in the query. */
export function roomPath(topic: Topic): string {
  return `/parties/monitoring-room/${topic}`;
}
