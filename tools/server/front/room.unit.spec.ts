/** Bodies are held in so much memory and no more, and nobody who is slow keeps the others out. */

import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { describe, expect, it, vi } from "vitest";
import { readBody } from "./bodies.ts";
import { Room } from "./room.ts";

const PATIENT = { timeout: 10_000, interval: 5 };

/** A request whose body comes as the test writes it. */
function coming(headers: Record<string, string> = { "transfer-encoding": "chunked" }) {
  const stream = Object.assign(new PassThrough(), { headers });
  return { stream, request: stream as unknown as IncomingMessage };
}

describe("a body", () => {
  it("is taken whole, and holds its room until it is given back", async () => {
    const room = new Room();
    const { stream, request } = coming();
    const read = readBody(request, room);
    stream.write("12");
    stream.end("345");
    const body = await read;
    expect(body).toMatchObject({ size: 5 });
    expect(room.held).toBe(5);
    room.give(5);
    expect(room.held).toBe(0);
  });

  it("that is none takes none", async () => {
    expect(await readBody(coming({}).request, new Room())).toEqual({ parts: [], size: 0 });
  });

  it("of a client that went gives its room back", async () => {
    const room = new Room();
    const { stream, request } = coming();
    const read = readBody(request, room);
    stream.write("12");
    await vi.waitFor(() => expect(room.held).toBe(2), PATIENT);
    stream.destroy();
    expect(await read).toBeNull();
    expect(room.held).toBe(0);
  });

  it("that grows too large gives its room back", async () => {
    const room = new Room();
    const { stream, request } = coming();
    const read = readBody(request, room);
    for (let at = 0; at < 9; at += 1) stream.write(Buffer.alloc(1_000_000));
    expect(await read).toMatchObject({ status: 413 });
    expect(room.held).toBe(0);
  });
});

describe("bodies that together are more than there is room for", () => {
  it("are not read on, but for the oldest, and all come in the end", async () => {
    const room = new Room({ most: 10 });
    const all = [coming(), coming(), coming()];
    const read = all.map(({ request }) => readBody(request, room));
    for (const { stream } of all) stream.write("123456");
    await vi.waitFor(
      () => expect(all.map(({ stream }) => stream.isPaused())).toEqual([false, true, true]),
      PATIENT,
    );
    expect(room.held).toBe(6);
    // More than there is room for, by what the oldest is.
    for (const { stream } of all) stream.end("123456");
    expect(await read[0]).toMatchObject({ size: 12 });
    room.give(12);
    expect(await read[1]).toMatchObject({ size: 12 });
    room.give(12);
    expect(await read[2]).toMatchObject({ size: 12 });
    room.give(12);
    expect(room.held).toBe(0);
  });

  it("that do not come on are given up while others wait", async () => {
    const room = new Room({ most: 10, patience: 50 });
    const silent = [coming(), coming()];
    const given = silent.map(({ request }) => readBody(request, room));
    for (const { stream } of silent) stream.write("12345");
    await vi.waitFor(() => expect(room.held).toBe(10), PATIENT);
    const { stream, request } = coming();
    const read = readBody(request, room);
    stream.end("123");
    expect(await read).toMatchObject({ size: 3 });
    for (const one of given) expect(await one).toMatchObject({ status: 408 });
    expect(room.held).toBe(3);
  });

  it("wait as well when they come in one piece", async () => {
    const room = new Room({ most: 10 });
    const all = Array.from({ length: 3 }, () => coming());
    const read = all.map(({ request }) => readBody(request, room));
    for (const { stream } of all) stream.end("123456");
    for (const one of read) {
      expect(await one).toMatchObject({ size: 6 });
      expect(room.held).toBe(6);
      room.give(6);
    }
  });

  it("that wait are not given up for it", async () => {
    const room = new Room({ most: 10, patience: 50 });
    const first = coming();
    const behind = coming();
    const [one, other] = [first, behind].map(({ request }) => readBody(request, room));
    first.stream.write("1234567890");
    await vi.waitFor(() => expect(room.held).toBe(10), PATIENT);
    behind.stream.end("123");
    expect(await one).toMatchObject({ status: 408 });
    expect(await other).toMatchObject({ size: 3 });
  });
});
