/** A room: clients that watch one type of resource. Hibernates while nothing happens. */
import { type Connection, type ConnectionContext, Server } from "partyserver";
import { z } from "zod";
import { ChangeLog } from "./change-log.ts";
import { type Ending, Expiry, expiryOf } from "./expiry.ts";
import { type Change, PING, PONG, type RoomMessage } from "./messages.ts";

/** Survives hibernation with the connection. */
const stateSchema = z.object({ expiresAt: z.number() });

export class MonitoringRoom extends Server<Cloudflare.Env> {
  static override options = { hibernate: true };

  readonly #log: ChangeLog;
  readonly #expiry: Expiry;

  constructor(ctx: DurableObjectState, env: Cloudflare.Env) {
    super(ctx, env);
    this.#expiry = new Expiry(ctx.storage);
    this.#log = new ChangeLog(ctx.storage, () => crypto.randomUUID());
    ctx.setWebSocketAutoResponse(new WebSocketRequestResponsePair(PING, PONG));
  }

  /** Who connects was authenticated at the edge. A client that comes back gets what it missed, or is told to refetch. */
  override async onConnect(connection: Connection, { request }: ConnectionContext): Promise<void> {
    const expiresAt = expiryOf(request);
    connection.setState({ expiresAt } satisfies z.infer<typeof stateSchema>);
    const asked = new URL(request.url).searchParams;
    const since = Number(asked.get("since") ?? Number.NaN);
    const missed = this.#log.since(asked.get("epoch"), since);
    const position = this.#log.open();
    const firstTime = asked.get("epoch") === null;
    send(connection, { type: missed === null && !firstTime ? "refetch" : "welcome", ...position });
    for (const message of missed ?? []) send(connection, { type: "change", ...message });
    await this.#expiry.wakeBy(expiresAt);
  }

  override async onAlarm(): Promise<void> {
    const endings = [...this.getConnections()].map(
      (socket): Ending => ({ socket, expiresAt: stateSchema.safeParse(socket.state).data?.expiresAt ?? 0 }),
    );
    this.#expiry.end(endings, undefined);
  }

  /**
   * Whether anybody is here. Asked after the change is in the tables: who comes later reads it there. The answer no is
   * remembered, so that an empty room costs neither rows nor the reading of what nobody hears.
   */
  async isHeard(): Promise<boolean> {
    if (this.ctx.getWebSockets().length > 0) return true;
    this.#log.skip();
    return false;
  }

  async countConnections(): Promise<number> {
    return this.ctx.getWebSockets().length;
  }

  /** Tells all clients of changes, in order. A change that was told already is not told again. */
  async publish(changes: Change[]): Promise<void> {
    for (const message of this.#log.append(changes)) {
      this.broadcast(JSON.stringify({ type: "change", ...message } satisfies RoomMessage));
    }
  }
}

function send(connection: Connection, message: RoomMessage): void {
  connection.send(JSON.stringify(message));
}
