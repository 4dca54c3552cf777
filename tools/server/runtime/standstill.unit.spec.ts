/** A runtime that answers late is told of, one that answers or is not there is not. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { StandstillWatch } from "./standstill.ts";

let folder = "";
let told: string[] = [];
let asked = 0;
let server: Server | null = null;
let watch: StandstillWatch | null = null;
/** Milliseconds that the next answers take. */
let delays: number[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "trento-edge-standstill-"));
  told = [];
  asked = 0;
  delays = [];
});
afterEach(() => {
  watch?.stop();
  server?.closeAllConnections();
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

const socketPath = () => join(folder, "runtime.sock");
const EVENTUALLY = { timeout: 20_000, interval: 10 };

async function start(together: number): Promise<void> {
  server = createServer((_, response) => {
    asked += 1;
    setTimeout(() => response.writeHead(405).end(), delays.shift() ?? 0);
  });
  await new Promise<void>((resolve) => server?.listen(socketPath(), resolve));
  const tell = (line: string) => told.push(line);
  watch = new StandstillWatch({ socketPath: socketPath(), tell, every: 5, long: 400, together });
}

it("tells how long it was", async () => {
  delays = [0, 700];
  await start(0);
  await expect.poll(() => told.length, EVENTUALLY).toBeGreaterThan(0);
  expect(told[0]).toMatch(/^the runtime stood still for (0\.[4-9]|[1-9]\d*\.\d) s$/);
});

it("tells of several together", async () => {
  delays = [600, 600, 1_100];
  await start(2_500);
  await expect.poll(() => told.length, EVENTUALLY).toBe(2);
  expect(told[1]).toMatch(/^the runtime stood still 2 times, for \d+\.\d s at most$/);
});

it("says nothing of one that answers, nor of one that is not there", async () => {
  await start(0);
  await expect.poll(() => asked, EVENTUALLY).toBeGreaterThan(5);
  server?.closeAllConnections();
  server?.close();
  rmSync(socketPath(), { force: true });
  const before = asked;
  server = createServer((_, response) => {
    asked += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server?.listen(socketPath(), resolve));
  // It asks again as soon as there is somebody.
  await expect.poll(() => asked, EVENTUALLY).toBeGreaterThan(before);
  expect(told).toEqual([]);
});
