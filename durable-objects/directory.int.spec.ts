/** The directory: who tells, who waits, who is woken, and what it costs when they are many. */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { afterEach, describe, expect, it, vi } from "vitest";
import { newAddress } from "../test/landscape.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

type Directory = ReturnType<typeof env.DIRECTORY.getByName>;
const newAgent = () => crypto.randomUUID();

type Does = (agentId: string, own: Directory) => unknown;

/** A directory whose agents do nothing but note that they are woken. */
async function newDirectory(does: Does = () => undefined) {
  const name = crypto.randomUUID();
  const directory = env.DIRECTORY.getByName(name);
  const woken: string[] = [];
  await runInDurableObject(directory, (object) => {
    const { AGENT, DIRECTORY } = (object as unknown as { env: typeof env }).env;
    vi.spyOn(AGENT, "getByName").mockImplementation((agentId) => {
      const hearAgain = async (layer: string) => {
        woken.push(`${layer} ${agentId}`);
        await does(agentId, DIRECTORY.getByName(name));
      };
      return { hearAgain } as unknown as ReturnType<typeof AGENT.getByName>;
    });
  });
  return { directory, woken };
}

function alarmOf(directory: Directory): Promise<number | null> {
  return runInDurableObject(directory, (_, { storage }) => storage.getAlarm());
}

function rows(directory: Directory): Promise<number> {
  return runInDurableObject(directory, (_, { storage }) =>
    Number(storage.sql.exec("SELECT total_changes() AS rows").one().rows),
  );
}

describe("a database in the directory", () => {
  it("is found at the addresses of its hosts, in a fixed order, until they withdraw it", async () => {
    const { directory } = await newDirectory();
    const [address, other] = [newAddress(), newAddress()];
    await directory.announce({ databaseId: "2", hostId: "a", addresses: [address] });
    await directory.announce({ databaseId: "1", hostId: "b", addresses: [address, other] });
    await directory.announce({ databaseId: "1", hostId: "c", addresses: [address] });
    expect(await directory.find(address)).toEqual(["1", "2"]);
    await directory.withdraw("1", "b");
    expect(await directory.find(address)).toEqual(["1", "2"]);
    expect(await directory.find(other)).toEqual([]);
    await directory.announce({ databaseId: "2", hostId: "a", addresses: [other] });
    await evictDurableObject(directory);
    expect(await directory.find(address)).toEqual(["1"]);
    expect(await directory.find(other)).toEqual(["2"]);
  });
});

describe("an agent that waits", () => {
  it("is told at once what was told before, and woken for what is told after", async () => {
    const { directory, woken } = await newDirectory();
    const [address, agent] = [newAddress(), newAgent()];
    await directory.announce({ databaseId: "1", hostId: "a", addresses: [address] });
    expect(await directory.wait(agent, address)).toEqual(["1"]);
    await directory.announce({ databaseId: "2", hostId: "b", addresses: [newAddress()] });
    expect(await alarmOf(directory)).toBeNull();
    await directory.announce({ databaseId: "3", hostId: "b", addresses: [newAddress(), address] });
    await expect.poll(() => woken).toEqual([`application ${agent}`]);
    await expect.poll(() => directory.waiting()).toEqual([]);
    await directory.announce({ databaseId: "4", hostId: "d", addresses: [address] });
    expect(woken).toHaveLength(1);
  });

  it("is woken where a database is served that has changed, and nowhere else", async () => {
    const { directory, woken } = await newDirectory();
    const [here, there] = [newAddress(), newAddress()];
    await directory.announce({ databaseId: "1", hostId: "a", addresses: [here] });
    const [one, other] = [newAgent(), newAgent()];
    await directory.wait(one, here);
    await directory.wait(other, there);
    await directory.wakeAround("1");
    await expect.poll(() => woken).toEqual([`application ${one}`]);
    await expect.poll(() => directory.waiting()).toEqual([other]);
    await directory.wakeAround("unknown");
    expect(await alarmOf(directory)).toBeNull();
  });

  it("for a database itself is woken by it, for what it said of databases", async () => {
    const { directory, woken } = await newDirectory();
    const agent = newAgent();
    await directory.wait(agent, null);
    await directory.wake();
    await expect.poll(() => woken).toEqual([`database ${agent}`]);
  });

  it("is not lost when it waits anew while it is being woken", async () => {
    const [address, agent] = [newAddress(), newAgent()];
    const { directory, woken } = await newDirectory((name, own) => own.wait(name, address));
    await directory.wait(agent, address);
    await directory.announce({ databaseId: "1", hostId: "a", addresses: [address] });
    await expect.poll(() => woken).toHaveLength(1);
    await expect.poll(() => alarmOf(directory)).toBeNull();
    expect(await directory.waiting()).toEqual([agent]);
    await directory.announce({ databaseId: "2", hostId: "a", addresses: [address] });
    await expect.poll(() => woken).toHaveLength(2);
  });

  it("that is called while others are being woken is woken too", async () => {
    const [address, first, late] = [newAddress(), newAgent(), newAgent()];
    const { directory, woken } = await newDirectory(async (name, own) => {
      if (name === first) await own.announce({ databaseId: "2", hostId: "b", addresses: ["late"] });
    });
    await directory.wait(first, address);
    await directory.wait(late, "late");
    await directory.announce({ databaseId: "1", hostId: "a", addresses: [address] });
    await expect.poll(() => woken).toEqual([`application ${first}`, `application ${late}`]);
    await expect.poll(() => directory.waiting()).toEqual([]);
  });

  it("is woken again when that failed, later each time, and does not hold up others", async () => {
    const [address, poisoned, sound] = [newAddress(), newAgent(), newAgent()];
    const { directory, woken } = await newDirectory((name) => {
      if (name === poisoned) throw new Error("poisoned");
    });
    await directory.wait(poisoned, address);
    await directory.wait(sound, address);
    await directory.announce({ databaseId: "1", hostId: "a", addresses: [address] });
    await expect.poll(() => directory.waiting()).toEqual([poisoned]);
    await expect.poll(async () => ((await alarmOf(directory)) ?? 0) > Date.now()).toBe(true);
    const first = ((await alarmOf(directory)) ?? 0) - Date.now();
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 60_000 });
    await runDurableObjectAlarm(directory);
    expect(woken.filter((one) => one.includes(poisoned))).toHaveLength(2);
    expect(((await alarmOf(directory)) ?? 0) - Date.now()).toBeGreaterThan(first * 1.5);
    expect(await directory.waiting()).toEqual([poisoned]);
  });

  it("costs one row however often it looks, and none for ever when it looks no more", async () => {
    const { directory } = await newDirectory();
    const [address, agent, gone] = [newAddress(), newAgent(), newAgent()];
    await directory.wait(gone, address);
    await directory.wait(agent, address);
    const before = await rows(directory);
    for (let count = 0; count < 20; count += 1) await directory.wait(agent, address);
    expect(await rows(directory)).toBe(before);
    for (let hour = 0; hour < 26; hour += 1) {
      vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 61 * 60_000 });
      await directory.wait(agent, address);
    }
    expect(await directory.waiting()).toEqual([agent]);
  });
});

describe("a directory with 5,000 entries and as many who wait", () => {
  it("finds, takes and tells as with a few, and wakes all in turns", async () => {
    const { directory, woken } = await newDirectory();
    const count = 5_000;
    await runInDurableObject(directory, (_, { storage: { sql } }) => {
      const numbers = `WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})`;
      sql.exec(
        `INSERT INTO listings ${numbers} SELECT 'database' || n, 'host' || n, 'address' || n FROM numbers`,
      );
      sql.exec(
        `INSERT INTO waiters ${numbers} SELECT 'agent' || n, 'nowhere', 'ticket' || n, ${Date.now()}, NULL FROM numbers`,
      );
    });
    const started = performance.now();
    for (let round = 0; round < 20; round += 1) {
      await directory.announce({ databaseId: `new${round}`, hostId: "host", addresses: [`address${round}`] });
      expect(await directory.find(`address${round + 1}`)).toContain(`database${round + 1}`);
    }
    expect(performance.now() - started).toBeLessThan(5_000);
    await directory.announce({ databaseId: "it", hostId: "host", addresses: ["nowhere"] });
    await expect.poll(() => woken.length, { timeout: 25_000 }).toBe(count);
    await expect.poll(() => directory.waiting()).toEqual([]);
  });
});
