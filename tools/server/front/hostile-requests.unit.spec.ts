/** What a client may say that the runtime must not hear, or that is not HTTP/1.1. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FrontUnderTest, type RawClient } from "./front-under-test.ts";

let under: FrontUnderTest;
const clients: RawClient[] = [];

beforeEach(async () => {
  under = await FrontUnderTest.start();
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.end();
  await under.end();
});

function say(...lines: readonly string[]): RawClient {
  const client = under.client().send(...lines);
  clients.push(client);
  return client;
}

async function answered(client: RawClient, ...statuses: readonly number[]): Promise<void> {
  await vi.waitFor(() => expect(client.statuses).toEqual(statuses), { timeout: 5_000, interval: 10 });
}

describe("what is not HTTP/1.1", () => {
  it.each([
    ["a host that is none", ["GET / HTTP/1.1", "Host: a:x", "", ""]],
    ["two hosts", ["GET / HTTP/1.1", "Host: a", "Host: a", "", ""]],
    ["no host", ["GET / HTTP/1.1", "", ""]],
    ["another coding", ["POST / HTTP/1.1", "Host: a", "Transfer-Encoding: gzip, chunked", "", "0", "", ""]],
    ["two lengths", ["POST / HTTP/1.1", "Host: a", "Content-Length: 1", "Content-Length: 2", "", "xx"]],
    [
      "a length and chunks",
      ["POST / HTTP/1.1", "Host: a", "Content-Length: 5", "Transfer-Encoding: chunked", "", "0", "", ""],
    ],
    ["a length that is none", ["POST / HTTP/1.1", "Host: a", "Content-Length: -1", "", ""]],
    ["no request at all", ["hello", "", ""]],
    ["a target that is no path", ["OPTIONS * HTTP/1.1", "Host: a", "", ""]],
    [
      "a socket to a host that is none",
      ["GET / HTTP/1.1", "Host: <a>", "Connection: Upgrade", "Upgrade: websocket", "", ""],
    ],
  ])("%s is answered with 400, and the connection ends", async (_, lines) => {
    const client = say(...lines);
    await answered(client, 400);
    await vi.waitFor(() => expect(client.isEnded).toBe(true));
    expect(client.text).toContain('{"errors":[{"title":"Bad Request","detail":');
    expect(under.heard).toEqual([]);
  });

  it("headers without an end are answered with 431", async () => {
    await answered(say("GET / HTTP/1.1", "Host: a", `X: ${"x".repeat(20_000)}`, "", ""), 431);
  });
});

describe("what only the platform may say", () => {
  it("is not passed on", async () => {
    await answered(
      say(
        "GET /hosts HTTP/1.1",
        "Host: edge.example",
        "MF-Original-URL: http://x/metrics",
        "mf-route-override: x",
        "CF-Connecting-IP: 203.0.113.9",
        "CF-Worker: x",
        "X-PartyKit-Props: %%%",
        "X-Kept: 1",
        "",
        "",
      ),
      200,
    );
    expect(under.heard[0]?.headers).toEqual({
      host: "edge.example",
      "x-kept": "1",
      "cf-connecting-ip": "127.0.0.1",
      connection: "close",
    });
  });

  it("has no paths here", async () => {
    const body = "x".repeat(90_000);
    const post = [
      "POST /cdn-cgi/platform-proxy HTTP/1.1",
      "Host: a",
      `Content-Length: ${body.length}`,
      "",
      body,
    ];
    await answered(say(...post), 404);
    await answered(say("GET /cdn-cgi/ HTTP/1.1", "Host: a", "", ""), 404);
    expect(under.heard).toEqual([]);
  });
});

describe("what is between the client and the front alone", () => {
  it("is not passed on", async () => {
    await answered(
      say(
        "GET / HTTP/1.1",
        "Host: a",
        "Connection: keep-alive, X-Mine, host, cf-connecting-ip",
        "X-Mine: 1",
        "TE: trailers",
        `Accept-Encoding: gzip;q=${"1".repeat(14_000)}x`,
        "",
        "",
      ),
      200,
    );
    expect(under.heard[0]?.headers).toEqual({
      host: "a",
      "cf-connecting-ip": "127.0.0.1",
      connection: "close",
    });
  });

  it("the body of a GET is thrown away, and the connection goes on", async () => {
    const client = say("GET /one HTTP/1.1", "Host: a", "Content-Length: 90000", "", "x".repeat(90_000));
    client.send("GET /two HTTP/1.1", "Host: a", "", "");
    await answered(client, 200, 200);
    expect(under.heard.map(({ url, body }) => [url, body])).toEqual([
      ["/one", ""],
      ["/two", ""],
    ]);
  });
});

describe("an offer of another protocol", () => {
  it.each([
    [
      "h2c",
      "GET",
      ["Upgrade: h2c", "HTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA", "Connection: Upgrade, HTTP2-Settings"],
    ],
    ["h2c with a body", "POST", ["Upgrade: h2c", "Connection: Upgrade", "Content-Length: 2"]],
    ["a socket by POST", "POST", ["Upgrade: websocket", "Connection: Upgrade", "Content-Length: 2"]],
  ])("(%s) is answered in HTTP/1.1", async (_, method, headers) => {
    const body = method === "POST" ? "{}" : "";
    const client = say(`${method} /x HTTP/1.1`, "Host: a", ...headers, "", body);
    await answered(client, 200);
    expect(under.heard[0]).toMatchObject({ method, body });
    expect(under.heard[0]?.headers).not.toHaveProperty("upgrade");
    client.send("GET /next HTTP/1.1", "Host: a", "", "");
    await answered(client, 200, 200);
  });
});
