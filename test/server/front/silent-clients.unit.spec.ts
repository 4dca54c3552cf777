/** Clients that come and say little, or nothing, or do not listen: they cost the others nothing, and are let go. */
import type { Socket } from "node:net";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Front, startFront } from "../../../tools/server/front/front.ts";
import { FakeRuntime } from "./fake-runtime.ts";
import { OddClients } from "./odd-clients.ts";

/** Longer than a head may take to come, and a look at who is late. */
const PATIENT = { timeout: 60_000, interval: 100 };

let front: Front;
let runtime: FakeRuntime;
let clients: OddClients;
const held: Socket[] = [];

beforeEach(async () => {
  runtime = new FakeRuntime();
  await runtime.start();
  front = await startFront({ target: `unix:${runtime.socketPath}`, host: "127.0.0.1", port: 0 });
  clients = new OddClients(front.url);
});
afterEach(async () => {
  for (const socket of held.splice(0)) socket.destroy();
  clients.end();
  await front.stop();
  await runtime.stop();
});

function hold(count: number, said: string): Socket[] {
  const sockets = Array.from({ length: count }, () => clients.hold(said));
  held.push(...sockets);
  return sockets;
}

async function everybodyIsHeard(): Promise<void> {
  const { apiKey } = runtime.credentials;
  const heard = await Promise.all(
    Array.from({ length: 200 }, () =>
      clients.say("good", "/api/v1/hosts/h1/heartbeat", {
        method: "POST",
        headers: { "X-Trento-ApiKey": apiKey },
      }),
    ),
  );
  expect(heard.filter((told) => !("status" in told && told.status === 204))).toEqual([]);
}

it("who says nothing, or half of a head, is hung up on", { timeout: 120_000 }, async () => {
  const silent = hold(150, "");
  const halves = hold(150, "GET / HTTP/1.1\r\nHost: a\r\nX: ");
  const told = new Map<Socket, string>();
  const ended = new Set<Socket>();
  for (const socket of [...silent, ...halves]) {
    socket
      .on("data", (part) => told.set(socket, `${told.get(socket) ?? ""}${part}`))
      .on("end", () => ended.add(socket));
  }
  await everybodyIsHeard();
  await vi.waitFor(() => expect(ended.size).toBe(300), PATIENT);
  for (const socket of halves) expect(told.get(socket)).toContain("HTTP/1.1 408 Request Timeout");
});

it("who sends a body byte by byte, or does not read an answer, keeps nobody waiting", {
  timeout: 60_000,
}, async () => {
  const { apiKey } = runtime.credentials;
  const key = `X-Trento-ApiKey: ${apiKey}`;
  const slow = hold(
    150,
    `POST /api/v1/collect HTTP/1.1\r\nHost: a\r\n${key}\r\nContent-Length: 8000000\r\n\r\n{`,
  );
  const deaf = hold(150, "GET /scalar.js HTTP/1.1\r\nHost: a\r\n\r\n");
  for (const socket of deaf) socket.pause();
  const drip = setInterval(() => {
    for (const socket of slow) socket.write(" ");
  }, 50);
  try {
    await everybodyIsHeard();
    const discovery = await clients.say("good", "/api/v1/collect", {
      method: "POST",
      headers: { "X-Trento-ApiKey": apiKey },
      body: "x".repeat(2_000_000),
    });
    expect(discovery).toEqual({ status: 202, body: "{}" });
    expect(await clients.say("good", "/", {})).toMatchObject({ status: 200 });
  } finally {
    clearInterval(drip);
  }
});
