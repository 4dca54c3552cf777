/** Requests of all kinds before a real server: each is told what it is to be told, however its neighbours behave. */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { LandscapeServer } from "../landscape-server.ts";
import { askAtRandom, type Load } from "./ask-at-random.ts";
import type { Credentials } from "./mixed-requests.ts";
import { OddClients } from "./odd-clients.ts";
import { RunningServer } from "./running-server.ts";

const LONG = { timeout: 600_000 };
const PATIENT = { timeout: 60_000, interval: 250 };

const server = new LandscapeServer();
const running = new RunningServer(server);
let credentials: Credentials;
let before: number;

beforeAll(async () => {
  await server.start();
  credentials = await running.prepare();
  before = running.openSockets;
});
afterAll(() => server.end());

/** @returns the changes that were answered rightly */
async function withoutAFault(load: Load): Promise<string[]> {
  const clients = new OddClients(server.address.url);
  const { wrong, answered } = await askAtRandom(clients, credentials, load);
  clients.end();
  expect(wrong).toEqual({});
  await vi.waitFor(() => expect(running.openSockets).toBeLessThanOrEqual(before), PATIENT);
  return (answered["a change"] ?? []).map((nth) => `nth-${nth}`);
}

it("nothing is answered wrongly, nothing is lost, and nothing is done twice", LONG, async () => {
  const made = await withoutAFault({ total: 3_000, atOnce: 40, seed: 42 });
  expect(made.length).toBeGreaterThan(0);
  await vi.waitFor(async () => expect((await running.tagsAdded()).sort()).toEqual(made.sort()), PATIENT);
});

it("nor while the runtime stands still for seconds", LONG, async () => {
  let isOver = false;
  const load = withoutAFault({ total: 500, atOnce: 40, seed: 43 }).finally(() => {
    isOver = true;
  });
  const stand = async () => {
    while (!isOver) {
      for (const pid of running.runtime) process.kill(pid, "SIGSTOP");
      await new Promise((resolve) => setTimeout(resolve, 3_000));
      for (const pid of running.runtime) process.kill(pid, "SIGCONT");
      await new Promise((resolve) => setTimeout(resolve, 2_000));
    }
  };
  await Promise.all([load, stand()]);
});
