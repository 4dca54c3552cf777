/** What anybody may do as often as they like does not fill the activity log. */
import { env } from "cloudflare:workers";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { record, recordFailure } from "./activity-log.ts";

afterEach(() => {
  vi.useRealTimers();
});

let begin = Date.parse("2026-11-25T10:00:00Z");
const at = (now: number) => vi.useFakeTimers({ toFake: ["Date"], now });
// Each of these is alone in its hour.
beforeEach(() => {
  begin += 3_600_000;
  at(begin);
});

const fail = (actor: string, address?: string) =>
  recordFailure(env, {
    type: "login_attempt",
    actor,
    metadata: { username: actor, reason: "no", ...(address === undefined ? {} : { address }) },
  });

const rowSchema = z.object({
  actor: z.string(),
  metadata: z.string().transform((text) => z.record(z.string(), z.json()).parse(JSON.parse(text))),
});

/** Since the begin: name, number and time of the last. */
async function entries() {
  const { results } = await env.DB.prepare(
    "SELECT actor, metadata FROM activity_logs WHERE occurred_on >= ? ORDER BY occurred_on, actor",
  )
    .bind(new Date(begin).toISOString())
    .all();
  return results.map((row) => {
    const { actor, metadata } = rowSchema.parse(row);
    const { attempts = 1, last_attempt_at: last = null, several_names: several = false } = metadata;
    return { actor, attempts, several, last };
  });
}

describe("attempts that failed are one entry", () => {
  it("under the same name within a minute", async () => {
    await fail("eve");
    await fail("eve");
    at(begin + 60_000);
    await fail("eve");
    const first = {
      actor: "eve",
      attempts: 3,
      several: false,
      last: new Date(begin + 60_000).toISOString(),
    };
    expect(await entries()).toEqual([first]);
    at(begin + 60_001);
    await fail("eve");
    expect(await entries()).toEqual([first, { actor: "eve", attempts: 1, several: false, last: null }]);
  });

  it("from the same address, whatever the names", async () => {
    await fail("mallory", "192.0.2.1");
    await fail("trudy", "192.0.2.1");
    await fail("mallory", "192.0.2.1");
    await fail("oscar", "192.0.2.2");
    expect(await entries()).toMatchObject([
      { actor: "mallory", attempts: 3, several: true },
      { actor: "oscar", attempts: 1, several: false },
    ]);
  });

  it("whoever makes them, where there are too many", async () => {
    for (let number = 0; number < 25; number += 1) await fail(`stranger-${number}`);
    const all = await entries();
    expect(all).toHaveLength(20);
    expect(all.reduce((sum, { attempts }) => sum + Number(attempts), 0)).toBe(25);
  });

  it("which one that succeeded is not", async () => {
    await record(env, { type: "login_attempt", actor: "alice", metadata: {} });
    await fail("alice");
    expect(await entries()).toMatchObject([{ attempts: 1 }, { attempts: 1 }]);
  });
});
