/** The mailroom: one mail for one incident, sent once, whatever happens on the way. */
import { evictDurableObject, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it, vi } from "vitest";
import { mailAboutApiKey } from "../domain/alerts/message.ts";
import { MailroomUnderTest, news, report } from "../test/mailroom-under-test.ts";
import { MailStore } from "./mailroom/mails.ts";

const object = env.MAILROOM.getByName("only");
const NEEDS = (name: string) => `Trento Alert: Host ${name} needs attention.`;
const over = { turn: "over", health: "passing" } as const;

async function isSent(room: MailroomUnderTest, ...subjects: string[]) {
  await expect.poll(() => room.sent).toEqual(subjects);
}

describe("an alert", () => {
  it("is one mail, however often it is reported", async () => {
    const room = await MailroomUnderTest.open();
    const one = report(news({ name: "a" }));
    await room.stub.report([one, one]);
    await isSent(room, NEEDS("a"));
    await room.stub.report([one]);
    await room.ring();
    await isSent(room, NEEDS("a"));
    expect(await room.stub.mails()).toMatchObject([
      { subject: NEEDS("a"), status: "sent", attempts: 1, error: null, next_attempt_at: null },
    ]);
  });

  it("is told at every change to critical", async () => {
    const room = await MailroomUnderTest.open();
    await room.stub.report([report(news({ name: "a" }))]);
    await isSent(room, NEEDS("a"));
    await room.stub.report([report(news({ name: "a" }))]);
    await isSent(room, NEEDS("a"), NEEDS("a"));
  });

  it("is none while nobody wants any, and is not made up for later", async () => {
    const room = await MailroomUnderTest.open({ enabled: false });
    await room.stub.report([report(news({ name: "a" }))]);
    await room.set({ enabled: true });
    await room.stub.report([report(news({ name: "b" }))]);
    await isSent(room, NEEDS("b"));
  });

  it("of days ago is none: nobody needs to hear of it", async () => {
    const room = await MailroomUnderTest.open();
    const at = new Date(Date.now() - 4 * 86_400_000).toISOString();
    await room.stub.report([report(news({ name: "a", at })), report(news({ name: "b" }))]);
    await isSent(room, NEEDS("b"));
  });
});

describe("an incident", () => {
  const lostNode = () => [
    report(news({ name: "n1", resource: "cluster" }), "host/n1", "host/n2"),
    report(news({ name: "n1", kind: "heartbeat", facts: { Cluster: "hana" } }), "cluster/n1", "database/d"),
    report(news({ name: "d", resource: "database" }), "host/n1"),
    report(news({ name: "s", resource: "sap_system" }), "database/d"),
    report(news({ name: "n2" }), "cluster/n1"),
  ];

  it("is one mail, and another incident is another", async () => {
    const room = await MailroomUnderTest.open({}, "3600");
    await room.stub.report([...lostNode(), report(news({ name: "elsewhere" }))]);
    expect(room.sent).toEqual([]);
    await runInDurableObject(object, (_, { storage }) =>
      storage.sql.exec("UPDATE pending SET due = 1").toArray(),
    );
    await room.ring();
    await isSent(room, "Trento Alert: Host n1 stopped reporting. (and 4 more)", NEEDS("elsewhere"));
    expect(room.texts[0]).toContain("Cluster: hana");
    expect(room.texts[0]).toContain("multipart/alternative");
  });

  it("waits for nobody once the first of it has waited long enough", async () => {
    const room = await MailroomUnderTest.open({}, "3600");
    const [first, ...others] = lostNode();
    await room.stub.report(first === undefined ? [] : [first]);
    await runInDurableObject(object, (_, { storage }) =>
      storage.sql.exec("UPDATE pending SET due = 1").toArray(),
    );
    await room.stub.report(others);
    await room.ring();
    await isSent(room, "Trento Alert: Host n1 stopped reporting. (and 4 more)");
  });
});

describe("what is over", () => {
  it("is told to who was told that it began, once", async () => {
    const room = await MailroomUnderTest.open();
    await room.stub.report([report(news({ name: "a" }))]);
    await isSent(room, NEEDS("a"));
    await room.stub.report([report(news({ name: "a", ...over })), report(news({ name: "b", ...over }))]);
    await isSent(room, NEEDS("a"), "Trento Alert: Host a is passing again.");
    await room.stub.report([report(news({ name: "a", ...over }))]);
    await room.ring();
    await isSent(room, NEEDS("a"), "Trento Alert: Host a is passing again.");
  });

  it("before it was told of is told with it", async () => {
    const room = await MailroomUnderTest.open({}, "3600");
    await room.stub.report([report(news({ name: "a" })), report(news({ name: "a", ...over }))]);
    await runInDurableObject(object, (_, { storage }) =>
      storage.sql.exec("UPDATE pending SET due = 1").toArray(),
    );
    await room.ring();
    await isSent(room, NEEDS("a"));
    expect(room.texts[0]).toMatch(/Meanwhile: passing again/);
  });

  it("is told of nobody's heartbeat where a health was critical", async () => {
    const room = await MailroomUnderTest.open();
    await room.stub.report([report(news({ name: "a" }))]);
    await isSent(room, NEEDS("a"));
    await room.stub.report([report(news({ name: "a", kind: "heartbeat", ...over }))]);
    await room.ring();
    await isSent(room, NEEDS("a"));
  });

  it("is not told where that is not wanted", async () => {
    const room = await MailroomUnderTest.open({ recovery: false });
    await room.stub.report([report(news({ name: "a" }))]);
    await isSent(room, NEEDS("a"));
    await room.stub.report([report(news({ name: "a", ...over })), report(news({ name: "b" }))]);
    await isSent(room, NEEDS("a"), NEEDS("b"));
  });
});

it("in quiet hours nobody is woken", async () => {
  const minute = (more: number) => new Date(Date.now() + more * 60_000).toISOString().slice(11, 16);
  const quiet_hours = { from: minute(-5), to: minute(60), time_zone: "UTC" };
  const room = await MailroomUnderTest.open({ quiet_hours });
  await room.stub.report([report(news({ name: "a" }))]);
  const wait = await runInDurableObject(object, async (_, { storage }) => {
    return ((await storage.getAlarm()) ?? 0) - Date.now();
  });
  expect(wait).toBeGreaterThan(55 * 60_000);
  expect(wait).toBeLessThanOrEqual(60 * 60_000);
  await room.ring();
  expect(room.sent).toEqual([]);
});

describe("what is due in quiet hours", () => {
  const minute = (more: number) => new Date(Date.now() + more * 60_000).toISOString().slice(11, 16);
  const quiet = () => ({ from: minute(-5), to: minute(60), time_zone: "UTC" });
  const waiting = async (room: MailroomUnderTest) =>
    (await room.stub.mails()).map(({ next_attempt_at }) => {
      const left = Date.parse(next_attempt_at ?? "") - Date.now();
      return left > 55 * 60_000 && left <= 60 * 60_000;
    });

  it("waits, also if it was written already: a key that ends, a webhook that is gone", async () => {
    const room = await MailroomUnderTest.open({ quiet_hours: quiet() });
    await room.stub.reportMail("api_key/k/2026-11-25", mailAboutApiKey(7));
    await expect.poll(() => waiting(room)).toEqual([true]);
    expect(room.sent).toEqual([]);
    await room.set({ quiet_hours: null });
    await runInDurableObject(object, (_, { storage }) =>
      storage.sql.exec("UPDATE mails SET next_at = 1").toArray(),
    );
    await room.ring();
    await isSent(room, "Trento Alert: Api key will expire in 7 days");
  });

  it("waits, also at a second attempt", async () => {
    vi.spyOn(console, "warn").mockReturnValue();
    const room = await MailroomUnderTest.open();
    room.trouble = new Error("connection refused");
    await room.stub.report([report(news({ name: "a" }))]);
    await expect.poll(async () => (await room.stub.mails())[0]).toMatchObject({ attempts: 1 });
    room.trouble = null;
    await room.set({ quiet_hours: quiet() });
    await runInDurableObject(object, (_, { storage }) =>
      storage.sql.exec("UPDATE mails SET next_at = 1").toArray(),
    );
    await room.ring();
    expect(await waiting(room)).toEqual([true]);
    expect(room.sent).toEqual([]);
    // Whoever asks for it is awake.
    const [{ id } = { id: "" }] = await room.stub.mails();
    await room.stub.retry(id);
    await isSent(room, NEEDS("a"));
  });
});

describe("a mail of which it is not known whether it was taken", () => {
  it("is sent once more, and not a third time unless somebody asks", async () => {
    const failed = { status: "failed", permanent: false, reason: "r" } as const;
    await MailroomUnderTest.open({ enabled: true });
    await runInDurableObject(object, (_, { storage }) => {
      const mails = new MailStore(storage.sql);
      const state = () => mails.list().map(({ status, attempts }) => [status, attempts]);
      mails.add("m", { subject: "s", text: "t", html: "h" }, 1_000);
      mails.settle("m", { ...failed, uncertain: true }, 2_000);
      expect(state()).toEqual([["waiting", 1]]);
      mails.settle("m", { ...failed, uncertain: false }, 3_000);
      expect(state()).toEqual([["waiting", 2]]);
      mails.settle("m", { ...failed, uncertain: true }, 4_000);
      expect(state()).toEqual([["parked", 3]]);
      expect(mails.retry("m", 5_000)).toBe(true);
      expect(mails.due(5_000)?.id).toBe("m");
      mails.remove("m");
      expect(storage.sql.exec("SELECT * FROM uncertain").toArray()).toEqual([]);
    });
  });
});

describe("while the mail server is away", () => {
  const away = () => {
    vi.spyOn(console, "warn").mockReturnValue();
    return new Error("connection refused");
  };
  const mail = async (room: MailroomUnderTest) => (await room.stub.mails())[0];

  it("a mail waits longer and longer, is parked in the end, and can be tried again", async () => {
    const room = await MailroomUnderTest.open();
    room.trouble = away();
    await room.stub.report([report(news({ name: "a" }))]);
    await expect
      .poll(() => mail(room))
      .toMatchObject({ attempts: 1, status: "waiting", error: "connection refused" });
    let pause = 0;
    for (let attempt = 2; attempt <= 10; attempt += 1) {
      const next = Date.parse((await mail(room))?.next_attempt_at ?? "") - Date.now();
      expect(next).toBeGreaterThanOrEqual(pause - 1_000);
      pause = next;
      await runInDurableObject(object, (_, { storage }) =>
        storage.sql.exec("UPDATE mails SET next_at = 1").toArray(),
      );
      await room.ring();
      expect(await mail(room)).toMatchObject({ attempts: attempt });
    }
    expect(await mail(room)).toMatchObject({
      status: "parked",
      next_attempt_at: null,
      error: "connection refused",
    });
    room.trouble = null;
    const id = (await mail(room))?.id ?? "";
    expect(await room.stub.retry(id)).toBe(true);
    await isSent(room, NEEDS("a"));
    expect(await room.stub.retry(id)).toBe(false);
    expect(await room.stub.remove(id)).toBe(true);
    expect(await room.stub.remove(id)).toBe(false);
  });

  it("a mailroom that fails itself looks again ten seconds later", async () => {
    const room = await MailroomUnderTest.open();
    const alarm = () => runInDurableObject(object, (_, { storage }) => storage.getAlarm());
    await runInDurableObject(object, (_, { storage }) => storage.setAlarm(Date.now() + 3_600_000));
    const failing = vi.spyOn(MailStore.prototype, "forgetOld").mockImplementation(() => {
      throw new Error("the disk is full");
    });
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() });
    try {
      await room.ring();
      expect(await alarm()).toBe(Date.now() + 10_000);
    } finally {
      vi.useRealTimers();
      failing.mockRestore();
    }
    await room.ring();
    expect(await alarm()).toBeNull();
  });

  it("what the server will never take is parked at once", async () => {
    const room = await MailroomUnderTest.open();
    room.trouble = Object.assign(away(), { responseCode: 550, response: "550 no such mailbox" });
    await room.stub.report([report(news({ name: "a" }))]);
    await expect
      .poll(() => mail(room))
      .toMatchObject({ status: "parked", attempts: 1, error: "connection refused: 550 no such mailbox" });
  });

  it("a mail that cannot be sent does not hold up the others", async () => {
    const room = await MailroomUnderTest.open();
    room.trouble = away();
    await room.stub.report([report(news({ name: "a" }))]);
    await expect.poll(() => mail(room)).toMatchObject({ attempts: 1 });
    room.trouble = null;
    await room.stub.report([report(news({ name: "b" }))]);
    await isSent(room, NEEDS("b"));
  });
});

it("a crash loses nothing that was reported", async () => {
  const room = await MailroomUnderTest.open({}, "3600");
  await room.stub.report([report(news({ name: "a" }))]);
  await runInDurableObject(object, (_, { storage }) =>
    storage.sql.exec("UPDATE pending SET due = 1").toArray(),
  );
  await evictDurableObject(object);
  await room.takePlace();
  await room.ring();
  await isSent(room, NEEDS("a"));
});

it("a database that fails once holds nothing up: it is tried again by itself", async () => {
  const room = await MailroomUnderTest.open({}, "3600");
  await room.stub.report([report(news({ name: "a" }))]);
  await runInDurableObject(object, (_, { storage }) =>
    storage.sql.exec("UPDATE pending SET due = 1").toArray(),
  );
  const complaints = vi.spyOn(console, "error").mockReturnValue();
  const away = { prepare: () => ({ first: () => Promise.reject(new Error("away")) }) };
  await runInDurableObject(object, (instance) => {
    Object.assign(instance, { env: { ...env, DB: away } });
  });
  await room.ring();
  expect(complaints).toHaveBeenCalledTimes(1);
  const again = await runInDurableObject(object, (_, { storage }) => storage.getAlarm());
  expect(again).toBeGreaterThan(Date.now());
  expect(again).toBeLessThanOrEqual(Date.now() + 10_000);
  await room.takePlace();
  await room.ring();
  await isSent(room, NEEDS("a"));
  vi.restoreAllMocks();
});

it("an expiring key is told of once a day", async () => {
  const room = await MailroomUnderTest.open();
  await room.stub.reportMail("api_key/k/2026-11-25", mailAboutApiKey(7));
  await room.stub.reportMail("api_key/k/2026-11-25", mailAboutApiKey(7));
  await room.stub.reportMail("api_key/k/2026-11-26", mailAboutApiKey(6));
  await isSent(
    room,
    "Trento Alert: Api key will expire in 7 days",
    "Trento Alert: Api key will expire in 6 days",
  );
});
