/** What a room and its clients say to each other. Shared with the UI. */
import { z } from "zod";
import { agentViewSchema } from "../domain/agent/view.ts";
import { clusterViewSchema } from "../domain/cluster/view.ts";
import { databaseViewSchema } from "../domain/database/view.ts";
import { executionViewSchema } from "../domain/execution/view.ts";
import { hostViewSchema } from "../domain/host/view.ts";
import { sapSystemViewSchema } from "../domain/sap-system/view.ts";

/** One room per resource type. */
export const resourceSchemas = {
  hosts: hostViewSchema,
  clusters: clusterViewSchema,
  sap_systems: sapSystemViewSchema,
  databases: databaseViewSchema,
  executions: executionViewSchema,
  /** Null for one of which nothing is open any more. */
  agents: agentViewSchema,
  /** That there are new entries. Which of them somebody may see, the API knows. */
  activity_log: z.null(),
};
export type Topic = keyof typeof resourceSchemas;
export const topics: readonly Topic[] = [
  "hosts",
  "clusters",
  "sap_systems",
  "databases",
  "executions",
  "agents",
  "activity_log",
];
export type ResourceOf<T extends Topic> = z.infer<(typeof resourceSchemas)[T]>;

/**
 * One committed change of one resource. `resource` is the whole resource after the change, or null when it is gone, so
 * a client replaces what it has; a message whose `version` is lower than the client's is older and can be ignored.
 */
export interface Change<Resource = ResourceOf<Topic>> {
  readonly id: string;
  /** Version of the resource's event stream that `resource` reflects. */
  readonly version: number;
  /** What happened, by the names of Trento's channels (`host_registered`, `heartbeat_failed`, ...). */
  readonly events: readonly string[];
  readonly resource: Resource | null;
}

function changeSchemaOf<S extends z.ZodType>(resource: S) {
  return z.object({
    id: z.guid(),
    version: z.int(),
    events: z.array(z.string()),
    resource: resource.nullable(),
  });
}

/** Where a client stands in a room: a room that was made anew has another epoch, and its numbers start again. */
export const positionSchema = z.object({ epoch: z.string(), sequence: z.int() });
export type Position = z.infer<typeof positionSchema>;

export type RoomMessage<Resource = ResourceOf<Topic>> =
  /** First message after connecting: nothing was missed, or what was missed follows as `change` messages. */
  | ({ readonly type: "welcome" } & Position)
  /** First message after connecting when the room no longer has what was missed: read the resources again. */
  | ({ readonly type: "refetch" } & Position)
  | ({ readonly type: "change"; readonly change: Change<Resource> } & Position);

/** For the messages of the room of one topic. */
export function roomMessageSchemaOf<S extends z.ZodType>(resource: S) {
  return z.discriminatedUnion("type", [
    z.object({ type: z.literal("welcome"), ...positionSchema.shape }),
    z.object({ type: z.literal("refetch"), ...positionSchema.shape }),
    z.object({ type: z.literal("change"), ...positionSchema.shape, change: changeSchemaOf(resource) }),
  ]);
}

/**
 * With this a socket is closed when the token that opened it has expired: whoever has another one comes back. Clients
 * take 1000 for a farewell, and would not.
 */
export const EXPIRED = 4401;

/** What a client asks in a long silence, and what the room answers without being woken. */
export const PING = "ping";
export const PONG = "pong";

/** Path of a room's WebSocket; `access_token` and, on a reconnect, `epoch` and `since` go in the query. */
export function roomPath(topic: Topic): string {
  return `/parties/monitoring-room/${topic}`;
}
