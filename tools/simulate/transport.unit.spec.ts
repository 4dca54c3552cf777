/** Requests as agents send them. */
import { createServer, type RequestListener } from "node:http";
import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { postOnce } from "./agents.ts";
import { generateLandscape } from "./landscape.ts";
import { Tally } from "./tally.ts";
import { transportTo } from "./transport.ts";

async function serving<T>(listener: RequestListener, use: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = address !== null && typeof address === "object" ? address.port : 0;
  try {
    return await use(`http://127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe("what is sent", () => {
  it("has an agent's path, headers and body, and failures are counted", async () => {
    const seen: { url: string; key: string | undefined; type: string | undefined; body: string }[] = [];
    const tally = new Tally();
    const all = await serving(
      (request, response) => {
        let body = "";
        request.on("data", (chunk) => {
          body += chunk;
        });
        request.on("end", () => {
          const { url = "", headers } = request;
          seen.push({
            url,
            key: headers["x-trento-apikey"]?.toString(),
            type: headers["content-type"],
            body,
          });
          response.statusCode = seen.length === 1 ? 503 : 202;
          response.end("{}");
        });
      },
      (url) => postOnce(generateLandscape({ hosts: 1, seed: 1 }), transportTo(url, "the key", tally)),
    );
    expect(all).toBe(false);
    expect(tally.summary()).toMatchObject({ requests: 6, accepted: 5, failures: { "503": 1 } });
    expect(seen[0]).toMatchObject({ url: "/api/v1/collect", key: "the key", type: "application/json" });
    expect(Object.keys(JSON.parse(seen[0]?.body ?? ""))).toEqual(["agent_id", "discovery_type", "payload"]);
  });

  it("is sent again where the server closed a connection that was idle", async () => {
    const known = new Set<Socket>();
    const tally = new Tally();
    const outcomes = await serving(
      (request, response) => {
        if (known.has(request.socket)) return request.socket.destroy();
        known.add(request.socket);
        response.statusCode = 202;
        return request.resume().on("end", () => response.end());
      },
      async (url) => {
        const send = transportTo(url, "key", tally);
        return [await send("/", "one", 202), await send("/", "two", 202)];
      },
    );
    expect(outcomes).toEqual([true, true]);
    expect(known.size).toBe(2);
    expect(tally.summary()).toMatchObject({ requests: 2, accepted: 2, failures: {} });
  });

  it("is sent again where a busy server says when, as long as there is patience", async () => {
    const tally = new Tally();
    let busy = 0;
    const outcomes = await serving(
      (request, response) => {
        busy += 1;
        response.statusCode = busy === 3 ? 202 : 503;
        response.setHeader("Retry-After", "0");
        return request.resume().on("end", () => response.end());
      },
      async (url) => [
        await transportTo(url, "key", tally, 2)("/", "one", 202),
        await transportTo(url, "key", tally, 2)("/", "two", 202),
        busy,
      ],
    );
    expect(outcomes).toEqual([true, false, 6]);
    expect(tally.summary()).toMatchObject({ requests: 2, accepted: 1, failures: { "503": 1 } });
  });

  it("is counted where there is no server", async () => {
    const tally = new Tally();
    expect(await transportTo("http://127.0.0.1:1", "key", tally)("/", "", 202)).toBe(false);
    expect(tally.summary().failures).toEqual({ ECONNREFUSED: 1 });
  });
});
