/** A runtime that is slow with one thing is not slow with another. */
import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it, vi } from "vitest";
import { FrontUnderTest, type RawClient } from "./front-under-test.ts";

const HEARTBEAT = "/api/v1/hosts/1/heartbeat";
const PATIENT = { timeout: 10_000, interval: 10 };

let under: FrontUnderTest;
/** Answers that are not given. */
let held: ServerResponse[];
const clients: RawClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.end();
  await under.end();
});

/** @param isHeld whether a path is not answered */
async function start(isHeld: (url: string) => boolean): Promise<void> {
  held = [];
  under = await FrontUnderTest.start(({ url = "" }, answer) => {
    if (isHeld(url)) held.push(answer);
    else answer.end();
  });
}

function post(path: string, body = ""): RawClient {
  const client = under
    .client()
    .send(`POST ${path} HTTP/1.1`, "Host: a", `Content-Length: ${Buffer.byteLength(body)}`, "", body);
  clients.push(client);
  return client;
}

const answered = (client: RawClient, status: number) =>
  vi.waitFor(() => expect(client.statuses).toEqual([status]), PATIENT);

describe("heartbeats", () => {
  it.each([
    ["sign-ins", "/api/session", 32],
    ["anything else", "/api/v1/collect", 16],
  ])("do not wait behind %s, of which the runtime gets so many at once", async (_, path, most) => {
    await start((url) => url === path);
    const waiting = Array.from({ length: 40 }, () => post(path));
    await vi.waitFor(() => expect(held).toHaveLength(most), PATIENT);
    await answered(post(HEARTBEAT), 200);
    expect(held).toHaveLength(most);
    // Each that is answered makes room for the next.
    for (let at = 0; at < waiting.length; at += 1) {
      await vi.waitFor(() => expect(held.length).toBeGreaterThan(at), PATIENT);
      held[at]?.end();
    }
    for (const client of waiting) await answered(client, 200);
  });
});

describe("sign-ins", () => {
  it("keep nobody waiting but each other", async () => {
    await start((url) => url === "/api/session");
    for (let at = 0; at < 40; at += 1) post("/api/session");
    await vi.waitFor(() => expect(held).toHaveLength(32), PATIENT);
    await answered(post("/api/v1/collect"), 200);
  });
});

describe("large bodies", () => {
  const large = (char: string) => `"${char.repeat(1_100_000)}"`;

  it("come one at a time, and keep no small one waiting", async () => {
    await start((url) => url.startsWith("/large"));
    const both = [post("/large/1", large("x")), post("/large/2", large("y"))];
    await vi.waitFor(() => expect(held).toHaveLength(1), PATIENT);
    await answered(post("/api/v1/collect", "{}"), 200);
    expect(held).toHaveLength(1);
    held[0]?.end();
    await vi.waitFor(() => expect(held).toHaveLength(2), PATIENT);
    held[1]?.end();
    for (const client of both) await answered(client, 200);
  });

  it("with too many values are refused, and the runtime does not hear of them", async () => {
    await start(() => false);
    const client = post("/api/v1/collect", `[${'{"a":{}},'.repeat(120_000)}1]`);
    await answered(client, 413);
    expect(client.text).toContain("The body has more than 200,000 values.");
    expect(under.heard).toEqual([]);
    await answered(post("/api/v1/collect", `"${"{,".repeat(600_000)}"`), 200);
  });
});

describe("a client that goes while it waits", () => {
  it("is not asked for, and leaves its place", async () => {
    await start((url) => url === "/slow");
    for (let at = 0; at < 16; at += 1) post("/slow");
    await vi.waitFor(() => expect(held).toHaveLength(16), PATIENT);
    const gone = post("/gone");
    const behind = post("/behind");
    // What it sent has come before what is sent now.
    await answered(post(HEARTBEAT), 200);
    gone.end();
    await answered(post(HEARTBEAT), 200);
    for (const answer of held) answer.end();
    await answered(behind, 200);
    expect(under.heard.map(({ url }) => url)).not.toContain("/gone");
  });

  it("takes its request back from the runtime", async () => {
    await start(() => true);
    const client = post("/slow");
    await vi.waitFor(() => expect(held).toHaveLength(1), PATIENT);
    client.end();
    await vi.waitFor(() => expect(held[0]?.closed).toBe(true), PATIENT);
  });
});
