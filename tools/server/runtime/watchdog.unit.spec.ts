/** Who is watched: one that answers, one that stands still, one that is not there, one that grows. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type WatchOptions, watch } from "./watchdog.ts";

let folder: string;
let socket: string;
let server: Server | null;
let stop: () => void;
const connections = new Set<Socket>();
const ended: string[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "watchdog-"));
  socket = join(folder, "some.sock");
  server = null;
  ended.length = 0;
});
afterEach(() => {
  stop();
  server?.close();
  for (const one of connections) one.destroy();
  rmSync(folder, { recursive: true });
});

/** @returns how often it was asked */
async function listen(answer: (asked: Socket) => void): Promise<() => number> {
  let asked = 0;
  server = createServer((connection) => {
    connections.add(connection);
    connection.on("error", () => {});
    connection.once("data", () => {
      asked += 1;
      answer(connection);
    });
  });
  const listening = Promise.withResolvers<void>();
  server.listen(socket, listening.resolve);
  await listening.promise;
  return () => asked;
}

function watching(more: Partial<WatchOptions> = {}): void {
  stop = watch({
    pid: () => process.pid,
    socket,
    end: (reason) => ended.push(reason),
    every: 5,
    silence: 100,
    memory: Number.POSITIVE_INFINITY,
    ...more,
  });
}

const answering = (connection: Socket) => connection.end("HTTP/1.1 204 No Content\r\n\r\n");

describe("a process that is watched", () => {
  it("is left alone while it answers", async () => {
    const asked = await listen(answering);
    watching();
    await expect.poll(asked).toBeGreaterThan(5);
    expect(ended).toEqual([]);
  });

  it("is ended when it takes a question and gives no answer", async () => {
    await listen(() => {});
    watching();
    await expect.poll(() => ended[0]).toBe("has answered nobody for 0.1 s");
  });

  it("is left alone while it is not there: it is about to start", async () => {
    let looks = 0;
    watching({
      pid: () => {
        looks += 1;
        return process.pid;
      },
    });
    await expect.poll(() => looks).toBeGreaterThan(5);
    expect(ended).toEqual([]);
  });

  it("is ended when it does not come to be there", async () => {
    watching({ start: 50 });
    await expect.poll(() => ended[0]).toBe("cannot be asked for 0.05 s");
  });

  it("is not ended for one before it that gave no answer", async () => {
    let pid = 1;
    const asked = await listen((connection) => {
      pid += 1;
      if (asked() > 1) answering(connection);
    });
    watching({ pid: () => pid });
    await expect.poll(asked).toBeGreaterThan(3);
    expect(ended).toEqual([]);
  });

  it.runIf(process.platform === "linux")("is ended when it has grown too large", async () => {
    await listen(answering);
    watching({ memory: 2 * 1024 * 1024 });
    await expect.poll(() => ended[0]).toBe("has taken more than 2 MB");
  });

  it("is not ended once the watch is over", async () => {
    const asked = await listen(() => {});
    watching();
    await expect.poll(asked).toBe(1);
    stop();
    // Another watch begins when the first would have waited for a while already.
    const other: string[] = [];
    watching({ end: (reason) => other.push(reason) });
    await expect.poll(() => other).toHaveLength(1);
    expect(ended).toEqual([]);
  });
});
