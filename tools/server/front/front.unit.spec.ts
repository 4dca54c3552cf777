/** The front keeps a client's connection, whatever the runtime behind it does with its own. */
import { once } from "node:events";
import { Agent, createServer, request, type Server } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { type Front, startFront } from "./front.ts";

const open: { front?: Front; runtime?: Server; agent?: Agent } = {};

afterEach(async () => {
  open.agent?.destroy();
  await open.front?.stop();
  open.runtime?.closeAllConnections();
  open.runtime?.close();
});

async function start() {
  const connections: Socket[] = [];
  const runtime = createServer((asked, answer) => {
    asked.resume().on("end", () => answer.end(asked.url));
  });
  runtime.on("connection", (socket) => connections.push(socket));
  runtime.on("upgrade", (_, socket) => {
    socket.write(
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\nhello",
    );
  });
  runtime.listen(0, "127.0.0.1");
  await once(runtime, "listening");
  const { port } = runtime.address() as AddressInfo;
  const front = await startFront({
    target: `http://127.0.0.1:${port}`,
    host: "127.0.0.1",
    port: 0,
  });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  Object.assign(open, { front, runtime, agent });
  return { front, runtime, agent, connections };
}

function post(
  url: string,
  agent: Agent,
  body: string,
): Promise<{ text: string; status: number; port: number | undefined }> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { method: "POST", agent }, (answer) => {
      const port = asked.socket?.localPort;
      let text = "";
      answer.setEncoding("utf8").on("data", (chunk) => {
        text += chunk;
      });
      answer.on("end", () => resolve({ text, status: answer.statusCode ?? 0, port }));
    });
    asked.on("error", reject).end(body);
  });
}

it("tells from where a request comes, whatever the client says", async () => {
  const { front, runtime } = await start();
  const told: unknown[] = [];
  runtime.on("request", ({ headers }) => told.push(headers["cf-connecting-ip"]));
  for (const headers of [{ "CF-Connecting-IP": "203.0.113.9" }, { "X-Forwarded-For": "203.0.113.7" }])
    expect((await fetch(front.url, { headers })).status).toBe(200);
  expect(told).toEqual(["127.0.0.1", "203.0.113.7"]);
});

describe("a client's connection", () => {
  it("goes on, and each request has one of its own to the runtime", async () => {
    const { front, agent, connections } = await start();
    const { port } = await post(`${front.url}/one`, agent, "1");
    expect(await post(`${front.url}/two`, agent, "2")).toMatchObject({ text: "/two", port });
    expect(connections).toHaveLength(2);
  });

  it("passes WebSockets", async () => {
    const { front } = await start();
    const asked = request(front.url, { headers: { Connection: "Upgrade", Upgrade: "websocket" } }).end();
    const [answer, socket, head] = await once(asked, "upgrade");
    expect(answer.statusCode).toBe(101);
    expect(String(head.length > 0 ? head : (await once(socket, "data"))[0])).toBe("hello");
    socket.destroy();
  });
});

describe("a runtime that is not there", () => {
  it("is answered for: try again", async () => {
    const { front, agent, runtime } = await start();
    runtime.closeAllConnections();
    runtime.close();
    expect(await post(front.url, agent, "")).toMatchObject({ status: 503 });
  });
});

describe("before the runtime is there", () => {
  it("everybody is told to try again, and is served once it is there", async () => {
    const front = await startFront({ host: "127.0.0.1", port: 0 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const early = await post(front.url, agent, "x".repeat(1_000_000));
    expect([early.status, JSON.parse(early.text)]).toEqual([
      503,
      { errors: [{ title: "Service Unavailable", detail: "The server is starting. Try again later." }] },
    ]);
    const asked = request(front.url, { headers: { Connection: "Upgrade", Upgrade: "websocket" } }).end();
    const [refused] = await once(asked, "response");
    expect([refused.statusCode, refused.headers["retry-after"]]).toEqual([503, "1"]);
    const { front: other, runtime } = await start();
    await other.stop();
    Object.assign(open, { front, agent });
    front.open(`http://127.0.0.1:${(runtime.address() as AddressInfo).port}`);
    expect(await post(`${front.url}/now`, agent, "")).toMatchObject({
      status: 200,
      text: "/now",
      port: early.port,
    });
  });

  it("a port that is taken is said in words", async () => {
    const { runtime } = await start();
    const { port } = runtime.address() as AddressInfo;
    await expect(startFront({ host: "127.0.0.1", port })).rejects.toThrow(
      `port ${port} of 127.0.0.1 is taken by another program: PORT chooses another one`,
    );
  });
});

describe("a body that nobody takes", () => {
  it("is refused by size, with an answer that arrives, and the connection goes on", async () => {
    const { front, agent } = await start();
    const answer = await post(front.url, agent, "x".repeat(8_000_001));
    expect([answer.status, JSON.parse(answer.text)]).toEqual([
      413,
      { errors: [{ title: "Payload Too Large", detail: "The body is larger than 8 MB." }] },
    ]);
    expect(await post(`${front.url}/next`, agent, "x".repeat(8_000_000))).toMatchObject({
      status: 200,
      text: "/next",
      port: answer.port,
    });
  });
});
