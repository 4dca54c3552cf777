/** WebSockets, and how they end. */
import type { Duplex } from "node:stream";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FrontUnderTest, type RawClient } from "./front-under-test.ts";

const PATIENT = { timeout: 10_000, interval: 10 };
const UPGRADE = ["Host: a", "Connection: keep-alive, Upgrade", "Upgrade: WebSocket", "Sec-WebSocket-Key: x"];

let under: FrontUnderTest;
let sockets: Duplex[];
const clients: RawClient[] = [];

beforeEach(async () => {
  under = await FrontUnderTest.start();
  sockets = [];
  under.onUpgrade((socket) => {
    socket.on("error", () => {});
    socket.resume();
    sockets.push(socket);
  });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.end();
  for (const socket of sockets) socket.destroy();
  await under.end();
});

function enter(...more: readonly string[]): RawClient {
  const client = under.client().send("GET /parties/x HTTP/1.1", ...UPGRADE, ...more, "", "");
  clients.push(client);
  return client;
}

async function entered(): Promise<{ client: RawClient; socket: Duplex }> {
  const before = sockets.length;
  const client = enter();
  await vi.waitFor(() => expect(client.statuses).toEqual([101]), PATIENT);
  const socket = sockets[before];
  if (socket === undefined) throw new Error("the runtime had no socket");
  return { client, socket };
}

it("are passed both ways, with what the runtime may hear", async () => {
  const client = enter("MF-Original-URL: http://x/", "X-Forwarded-For: 203.0.113.7");
  await vi.waitFor(() => expect(client.statuses).toEqual([101]), PATIENT);
  expect(under.heard[0]?.headers).toEqual({
    host: "a",
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-key": "x",
    "x-forwarded-for": "203.0.113.7",
    "cf-connecting-ip": "203.0.113.7",
  });
  const came: string[] = [];
  sockets[0]?.on("data", (part) => came.push(String(part)));
  client.send("from the client");
  sockets[0]?.write("from the runtime");
  await vi.waitFor(
    () =>
      expect([came.join(""), client.text.split("\r\n\r\n")[1]]).toEqual([
        "from the client",
        "from the runtime",
      ]),
    PATIENT,
  );
});

it("end on both sides when the client goes without a word", async () => {
  const { client, socket } = await entered();
  client.socket.end();
  await vi.waitFor(() => expect([socket.readableEnded, client.isEnded]).toEqual([true, true]), PATIENT);
});

it("end on both sides when the client resets", async () => {
  const { client, socket } = await entered();
  client.socket.resetAndDestroy();
  await vi.waitFor(() => expect(socket.readableEnded).toBe(true), PATIENT);
});

it("end on both sides when the runtime goes, whether the client answers or not", async () => {
  const { client, socket } = await entered();
  socket.end("bye");
  await vi.waitFor(() => expect([client.isEnded, socket.closed]).toEqual([true, true]), PATIENT);
  expect(client.text.endsWith("bye")).toBe(true);
  const other = await entered();
  other.socket.destroy();
  await vi.waitFor(() => expect(other.client.isEnded).toBe(true), PATIENT);
});

it("a runtime that refuses one is heard, and nothing more is passed on of that connection", async () => {
  under.runtime.removeAllListeners("upgrade");
  const client = enter();
  client.send("GET /smuggled HTTP/1.1", "Host: a", "MF-Route-Override: x", "", "");
  await vi.waitFor(() => expect([client.isEnded, client.statuses]).toEqual([true, [200]]), PATIENT);
  expect(client.text.endsWith("heard")).toBe(true);
  expect(under.heard.map(({ url }) => url)).toEqual(["/parties/x"]);
});

it("are refused while the runtime is away, and end with it", async () => {
  under.front.away();
  const client = enter();
  await vi.waitFor(() => expect([client.isEnded, client.statuses]).toEqual([true, [503]]), PATIENT);
  expect(sockets).toEqual([]);
});
