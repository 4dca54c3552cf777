/** What an alarm is set to, and that the platform rings then. */
import { describe, expect, it } from "vitest";
import { StreamUnderTest } from "../test/stream-under-test.ts";
import { Alarm } from "./alarm.ts";
import { AlarmClock } from "./alarm-clock.ts";

/** Far ahead: it must not ring by itself. */
const NOW = Date.now() + 3_600_000;

/** What an alarm of a new object was set to, when it is `now`. */
function alarmAfter(now: number, work: (alarm: Alarm) => void): Promise<number | null> {
  return new StreamUnderTest().inside(async (_, { storage }) => {
    work(new Alarm(storage, () => now));
    return storage.getAlarm();
  });
}

describe("the time of an alarm", () => {
  it("is a whole millisecond, and not before what it is set for", async () => {
    expect(await alarmAfter(NOW, (alarm) => alarm.set(NOW + 10.01))).toBe(NOW + 11);
    expect(await alarmAfter(NOW, (alarm) => alarm.set(NOW + 10))).toBe(NOW + 10);
  });

  it("lies ahead, however long it is past", async () => {
    for (const at of [0, NOW - 5, NOW - 0.5, NOW])
      expect(await alarmAfter(NOW, (alarm) => alarm.set(at))).toBe(NOW + 1);
    expect(await alarmAfter(NOW + 0.9, (alarm) => alarm.set(NOW + 0.5))).toBe(NOW + 1);
  });

  it("is never the one that rings, even where the clock was put back meanwhile", async () => {
    const info = { isRetry: false, retryCount: 0, scheduledTime: NOW + 5 };
    const rung = (at: number) =>
      alarmAfter(NOW, (alarm) => {
        alarm.ring(info);
        alarm.set(at);
      });
    expect(await rung(NOW + 5)).toBe(NOW + 6);
    expect(await rung(NOW + 4)).toBe(NOW + 4);
  });

  it("that is past may be forgotten: only one that lies ahead is to ring", async () => {
    const stream = new StreamUnderTest();
    const isAhead = (now: number) =>
      stream.inside((_, { storage }) => new Alarm(storage, () => now).isAhead());
    expect(await isAhead(NOW)).toBe(false);
    await stream.inside((_, { storage }) => new Alarm(storage).set(NOW));
    expect([await isAhead(NOW - 1), await isAhead(NOW)]).toEqual([true, false]);
  });
});

describe("an alarm that sets itself anew while it rings", () => {
  it("rings again, and is told for when it was set", async () => {
    const stream = new StreamUnderTest();
    const rang: number[] = [];
    const set: (number | null)[] = [];
    await stream.inside(async (instance, { storage }) => {
      const alarm = new Alarm(storage);
      Object.assign(instance, {
        async alarm(info: AlarmInvocationInfo) {
          rang.push(info.scheduledTime);
          alarm.ring(info);
          // The very time for which it rings: what is due then was not done.
          if (rang.length < 20) alarm.set(info.scheduledTime);
          set.push(await storage.getAlarm());
        },
      });
      alarm.set(Date.now() + 5.3);
      set.push(await storage.getAlarm());
    });
    await expect.poll(() => rang.length).toBe(20);
    expect(rang).toEqual(set.slice(0, 20));
    expect(set[20]).toBeNull();
  });
});

describe("a clock of many times", () => {
  it("rings when the first is due, also where it keeps a fraction from before", async () => {
    await new StreamUnderTest().inside(async (_, { storage }) => {
      const clock = new AlarmClock<"one" | "other">(storage);
      clock.createTable();
      clock.set("one", NOW + 10.5);
      clock.set("other", NOW + 20);
      expect(clock.timeOf("one")).toBe(NOW + 11);
      expect(await storage.getAlarm()).toBe(NOW + 11);
      expect([clock.due(NOW + 10), clock.due(NOW + 11)]).toEqual([[], ["one"]]);
      storage.sql.exec("UPDATE wake_ups SET at = ? WHERE purpose = 'one'", NOW + 12.9);
      clock.rearm();
      const at = (await storage.getAlarm()) ?? 0;
      expect(clock.due(at)).toEqual(["one"]);
      clock.clear("one", "other");
      expect(await storage.getAlarm()).toBeNull();
    });
  });
});
