/** A room: who is told what, and what a client that was away gets. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { getServerByName } from "partyserver";
import { describe, expect, it } from "vitest";
import { hostViewSchema } from "../domain/host/view.ts";
import { KEPT } from "./change-log.ts";
import { EXPIRY_HEADER } from "./expiry.ts";
import { type Change, PING, PONG, type Position, type RoomMessage, roomMessageSchemaOf } from "./messages.ts";

const roomMessageSchema = roomMessageSchemaOf(hostViewSchema);

function change(version: number, id = crypto.randomUUID()): Change {
  return { id, version, events: ["host_details_updated"], resource: null };
}

class Client {
  readonly heard: RoomMessage[] = [];
  pongs = 0;
  readonly #socket: WebSocket;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener("message", ({ data }) => {
      if (data === PONG) this.pongs += 1;
      else this.heard.push(roomMessageSchema.parse(JSON.parse(String(data))));
    });
    socket.accept();
  }

  static async enter(name: string, position?: Position): Promise<Client> {
    const room = await getServerByName(env.MONITORING_ROOM, name);
    const query = position === undefined ? "" : `?epoch=${position.epoch}&since=${position.sequence}`;
    const headers = { Upgrade: "websocket", [EXPIRY_HEADER]: String(Math.ceil(Date.now() / 1_000) + 180) };
    const response = await room.fetch(`http://room/${query}`, { headers });
    const socket = response.webSocket;
    if (socket === null) throw new Error(`the room answered ${response.status}`);
    const client = new Client(socket);
    await expect.poll(() => client.heard.length).toBeGreaterThan(0);
    return client;
  }

  changes(): Change[] {
    return this.heard.flatMap((message) => (message.type === "change" ? [message.change] : []));
  }

  position(): Position {
    const last = this.heard.at(-1);
    if (last === undefined) throw new Error("nothing was heard");
    return { epoch: last.epoch, sequence: last.sequence };
  }

  say(frame: string | ArrayBuffer): void {
    this.#socket.send(frame);
  }

  leave(): void {
    this.#socket.close();
  }
}

describe("a room", () => {
  it("answers a client that asks whether the line lives", async () => {
    const client = await Client.enter(crypto.randomUUID());
    client.say(PING);
    await expect.poll(() => client.pongs).toBe(1);
    expect(client.heard).toHaveLength(1);
    client.leave();
  });

  it("tells all clients of every change, numbered", async () => {
    const name = crypto.randomUUID();
    const [one, other] = [await Client.enter(name), await Client.enter(name)];
    const changes = [change(1), change(1), change(2)];
    await env.MONITORING_ROOM.getByName(name).publish(changes);
    for (const client of [one, other]) {
      await expect.poll(() => client.changes()).toEqual(changes);
      const numbers = client.heard.map(({ sequence }) => sequence);
      expect(numbers).toEqual([...numbers].sort((a, b) => a - b));
    }
  });

  it("does not tell again what it told, and does tell news of the same version", async () => {
    const name = crypto.randomUUID();
    const client = await Client.enter(name);
    const told = change(3);
    const room = env.MONITORING_ROOM.getByName(name);
    await room.publish([told]);
    await room.publish([{ ...told, events: [] }]);
    await room.publish([{ ...told, version: 2 }]);
    await room.publish([{ ...told, events: ["heartbeat_failed"] }]);
    await expect.poll(() => client.changes().length).toBe(2);
  });

  it("gives a client that was away what it missed", async () => {
    const name = crypto.randomUUID();
    const watcher = await Client.enter(name);
    const client = await Client.enter(name);
    const room = env.MONITORING_ROOM.getByName(name);
    await room.publish([change(1)]);
    await expect.poll(() => client.changes().length).toBe(1);
    const position = client.position();
    client.leave();
    const missed = [change(1), change(1)];
    await room.publish(missed);
    const again = await Client.enter(name, position);
    await expect.poll(() => again.changes()).toEqual(missed);
    expect(again.heard[0]?.type).toBe("welcome");
    watcher.leave();
  });

  it("goes on after it slept, for those who are there and those who come back", async () => {
    const name = crypto.randomUUID();
    const client = await Client.enter(name);
    const room = env.MONITORING_ROOM.getByName(name);
    await room.publish([change(1)]);
    await expect.poll(() => client.changes().length).toBe(1);
    const position = client.position();
    await evictDurableObject(room, { webSockets: "hibernate" });
    await room.publish([change(7)]);
    await expect.poll(() => client.changes().length).toBe(2);
    expect(client.position()).toEqual({ epoch: position.epoch, sequence: position.sequence + 1 });
    const again = await Client.enter(name, position);
    await expect.poll(() => again.changes().length).toBe(1);
  });

  it("tells a client to read again when it missed more than the room keeps, or knows another room", async () => {
    const name = crypto.randomUUID();
    const watcher = await Client.enter(name);
    const first = watcher.position();
    const room = env.MONITORING_ROOM.getByName(name);
    for (let round = 0; round < 14; round += 1) {
      await room.publish(Array.from({ length: 100 }, () => change(1)));
    }
    await expect.poll(() => watcher.changes().length).toBe(1_400);
    expect((await Client.enter(name, first)).heard[0]?.type).toBe("refetch");
    const latest = watcher.position();
    expect((await Client.enter(name, { ...latest, epoch: "another" })).heard[0]?.type).toBe("refetch");
    expect((await Client.enter(name, { ...latest, sequence: latest.sequence + 5 })).heard[0]?.type).toBe(
      "refetch",
    );
    const near = await Client.enter(name, { ...latest, sequence: latest.sequence - KEPT + 1 });
    await expect.poll(() => near.changes().length).toBe(KEPT - 1);
  });

  it("keeps nothing while nobody is there, and tells who was there before to read again", async () => {
    const name = crypto.randomUUID();
    const room = env.MONITORING_ROOM.getByName(name);
    expect(await room.isHeard()).toBe(false);
    const client = await Client.enter(name);
    expect(await room.isHeard()).toBe(true);
    await room.publish([change(1)]);
    await expect.poll(() => client.changes().length).toBe(1);
    const position = client.position();
    client.leave();
    await expect.poll(() => room.isHeard()).toBe(false);
    const kept = await runInDurableObject(room, (_, { storage }) =>
      storage.sql.exec("SELECT * FROM log").toArray(),
    );
    expect(kept).toEqual([]);
    const again = await Client.enter(name, position);
    expect(again.heard[0]?.type).toBe("refetch");
    await room.publish([change(1)]);
    await expect.poll(() => again.changes().length).toBe(1);
  });

  it("listens to nobody: whatever its clients say, all of them hear on", async () => {
    const name = crypto.randomUUID();
    const [one, other] = [await Client.enter(name), await Client.enter(name)];
    for (const frame of ["hello", "", "{", "x".repeat(500_000), new ArrayBuffer(8)]) one.say(frame);
    await env.MONITORING_ROOM.getByName(name).publish([change(1)]);
    for (const client of [one, other]) await expect.poll(() => client.changes().length).toBe(1);
  });

  it.each(["x", "-1", "1e400", "null"])(
    "tells who comes back with the position %j to read again",
    async (since) => {
      const name = crypto.randomUUID();
      const client = await Client.enter(name);
      const room = await getServerByName(env.MONITORING_ROOM, name);
      await room.publish([change(1)]);
      await expect.poll(() => client.changes().length).toBe(1);
      const { epoch } = client.position();
      const query = new URLSearchParams({ epoch, since });
      const response = await room.fetch(`http://room/?${query}`, { headers: { Upgrade: "websocket" } });
      const heard = new Promise((resolve) => {
        response.webSocket?.addEventListener("message", ({ data }) => resolve(JSON.parse(String(data))));
      });
      response.webSocket?.accept();
      expect(await heard).toMatchObject({ type: "refetch" });
    },
  );
});
