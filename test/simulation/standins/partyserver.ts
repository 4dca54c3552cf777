/** In place of `partyserver`: as much of a room as ours uses. */
import { DurableObject } from "./workers.ts";

export class Server extends DurableObject {
  broadcast(text: string): void {
    for (const socket of (this.ctx as { getWebSockets(): { send(text: string): void }[] }).getWebSockets())
      socket.send(text);
  }
}
