/** The way to the rooms. */
import type { Change, Topic } from "../party/messages.ts";
import type { Bindings } from "./bindings.ts";

/** Tells a room; what to tell is put together only when somebody is there. */
export async function tellRoom(
  env: Bindings,
  topic: Topic,
  readChanges: () => Promise<readonly Change[]>,
): Promise<void> {
  const room = env.MONITORING_ROOM.getByName(topic);
  if (!(await room.isHeard())) return;
  const changes = await readChanges();
  if (changes.length > 0) await room.publish([...changes]);
}
