/** The way to those who listen: our own rooms, and the socket of clients written for Trento. */
import type { Change, Topic } from "../party/messages.ts";
import type { ChannelMessage } from "../party/phoenix-messages.ts";
import type { Bindings } from "./bindings.ts";
import { phoenixSocket } from "./phoenix-door.ts";

/** What there is to tell. */
export interface News {
  readonly changes: readonly Change[];
  readonly messages: readonly ChannelMessage[];
}

/** Tells a room and the channel of its topic; what to tell is put together only when somebody is there. */
export async function tell(env: Bindings, topic: Topic, readNews: () => Promise<News>): Promise<void> {
  const room = env.MONITORING_ROOM.getByName(topic);
  const socket = phoenixSocket(env);
  const [isRoomHeard, isSocketHeard] = await Promise.all([room.isHeard(), socket.isHeard()]);
  if (!isRoomHeard && !isSocketHeard) return;
  const { changes, messages } = await readNews();
  await Promise.all([
    isRoomHeard && changes.length > 0 ? room.publish([...changes]) : undefined,
    isSocketHeard && messages.length > 0 ? socket.publish([...messages]) : undefined,
  ]);
}
