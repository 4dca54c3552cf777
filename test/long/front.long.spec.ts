/** A hundred thousand requests of all kinds before a real server. `LONG_REQUESTS` says how many, `LONG_SEED` in which order. */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { askAtRandom } from "../server/front/ask-at-random.ts";
import { OddClients } from "../server/front/odd-clients.ts";
import { RunningServer } from "../server/front/running-server.ts";
import { LandscapeServer } from "../server/landscape-server.ts";

const TOTAL = Number(process.env.LONG_REQUESTS ?? 100_000);
const SEED = Number(process.env.LONG_SEED ?? 1);
const PATIENT = { timeout: 60_000, interval: 250 };

const server = new LandscapeServer();
const running = new RunningServer(server);

beforeAll(() => server.start());
afterAll(() => server.end());

it(`of ${TOTAL} requests none is answered wrongly, lost, or done twice, and nothing stays open`, async () => {
  const credentials = await running.prepare();
  const before = running.openSockets;
  const clients = new OddClients(server.address.url);
  const tell = (line: string) => console.log(`${new Date().toISOString()} ${line}`);
  const outcome = await askAtRandom(clients, credentials, { total: TOTAL, atOnce: 40, seed: SEED, tell });
  clients.end();
  console.log(JSON.stringify(outcome.counts, null, 1));
  expect(outcome.wrong).toEqual({});
  await vi.waitFor(() => expect(running.openSockets).toBeLessThanOrEqual(before), PATIENT);
  const made = (outcome.answered["a change"] ?? []).map((nth) => `nth-${nth}`);
  await vi.waitFor(async () => expect((await running.tagsAdded()).sort()).toEqual(made.sort()), PATIENT);
});
