/** Thousands of requests of all kinds before a runtime that refuses early, and before one that stands still. */
import { readdirSync } from "node:fs";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { type Front, startFront } from "../../../tools/server/front/front.ts";
import { askAtRandom } from "./ask-at-random.ts";
import { FakeRuntime } from "./fake-runtime.ts";
import { OddClients } from "./odd-clients.ts";

const PATIENT = { timeout: 60_000, interval: 100 };
const descriptors = () => readdirSync("/proc/self/fd").length;

let front: Front;
let runtime: FakeRuntime;
let clients: OddClients;
let before: number;

beforeEach(async () => {
  runtime = new FakeRuntime();
  await runtime.start();
  front = await startFront({ target: `unix:${runtime.socketPath}`, host: "127.0.0.1", port: 0 });
  before = descriptors();
  clients = new OddClients(front.url);
});
afterEach(async () => {
  clients.end();
  await front.stop();
  await runtime.stop();
});

/** Nothing was wrong, nothing is lost, nothing was done twice, and nothing is held open. */
async function nothingIsLeft(outcome: Awaited<ReturnType<typeof askAtRandom>>): Promise<void> {
  expect(outcome.wrong).toEqual({});
  const made = (outcome.answered["a change"] ?? []).map((nth) => JSON.stringify({ value: `nth-${nth}` }));
  expect(made.length).toBeGreaterThan(0);
  expect([...runtime.changes].sort()).toEqual(made.map((said) => [said, 1]).sort());
  clients.end();
  await vi.waitFor(() => expect(descriptors()).toBeLessThanOrEqual(before), PATIENT);
}

it("that refuses early: every answer is the right one", { timeout: 300_000 }, async () => {
  const outcome = await askAtRandom(clients, runtime.credentials, { total: 3_000, atOnce: 40, seed: 42 });
  await nothingIsLeft(outcome);
});

it("that stands still again and again: whoever waits is answered", { timeout: 300_000 }, async () => {
  const load = askAtRandom(clients, runtime.credentials, { total: 1_000, atOnce: 100, seed: 43 });
  let isOver = false;
  const over = load.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    runtime.standStill();
    await new Promise((resolve) => setTimeout(resolve, 300));
    runtime.goOn();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await nothingIsLeft(await over);
});
