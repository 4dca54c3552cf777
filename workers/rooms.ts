/** The way to the rooms. */
import type { Change, Topic } from "../party/messages.ts";
import type { Bindings } from "./bindings.ts";

export async function publishTo(env: Bindings, topic: Topic, changes: readonly Change[]): Promise<void> {
  if (changes.length > 0) await env.MONITORING_ROOM.getByName(topic).publish([...changes]);
}
