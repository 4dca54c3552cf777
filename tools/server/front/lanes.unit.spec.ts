/** Whoever is quick does not wait behind whoever is not. */
import { EventEmitter } from "node:events";
import { describe, expect, it } from "vitest";
import { Lanes } from "./lanes.ts";
import { Slots } from "./slots.ts";

describe("a path has its lane, however it is spelled", () => {
  const lanes = new Lanes();
  const heartbeat = lanes.of("/api/v1/hosts/1/heartbeat");
  const signIn = lanes.of("/api/session");
  const rest = lanes.of("/api/v1/hosts");

  it("and each of the three is another one", () => {
    expect(new Set([heartbeat, signIn, rest]).size).toBe(3);
  });
  it.each(["/api/v2/hosts/1/heartbeat?x=1", "/api/v1/relays/heartbeats", "/api/healthz", "/api/readyz"])(
    "heartbeats: %s",
    (target) => {
      expect(lanes.of(target)).toBe(heartbeat);
    },
  );
  it.each([
    "/api/session?x",
    "/api/./session",
    "/x/../api/session",
    "/api/%73ession",
    "/wanda/api/session",
    "/api/session#x",
  ])("sign-ins: %s", (target) => {
    expect(lanes.of(target)).toBe(signIn);
  });
  it.each(["/api/session/refresh", "//api/session", "/api/v1/collect", "/api/%zz", "/parties/x", "/"])(
    "the rest: %s",
    (target) => {
      expect(lanes.of(target)).toBe(rest);
    },
  );
});

describe("slots", () => {
  const client = () => new EventEmitter();

  it("are given in order", async () => {
    const slots = new Slots(1);
    const order: string[] = [];
    await slots.take(client());
    const waiting = ["first", "second"].map(async (name) => {
      expect(await slots.take(client())).toBe(true);
      order.push(name);
      slots.give();
    });
    slots.give();
    await Promise.all(waiting);
    expect(order).toEqual(["first", "second"]);
    expect(await slots.take(client())).toBe(true);
  });

  it("are not kept for a client that went", async () => {
    const slots = new Slots(1);
    await slots.take(client());
    const gone = client();
    const waiting = slots.take(gone);
    const behind = slots.take(client());
    gone.emit("close");
    expect(await waiting).toBe(false);
    expect([slots.waiting, gone.listenerCount("close")]).toEqual([1, 0]);
    slots.give();
    expect(await behind).toBe(true);
  });

  it("are refused when too many wait, or when it takes too long", async () => {
    const slots = new Slots(0, { longest: 5, mostWaiting: 1 });
    const waiting = slots.take(client());
    expect(await slots.take(client())).toBe(false);
    expect(await waiting).toBe(false);
    expect(slots.waiting).toBe(0);
  });
});
