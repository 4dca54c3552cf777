/** A runtime that hangs up, refuses early, stands still, or is not there. */
import { once } from "node:events";
import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it, vi } from "vitest";
import { type Front, startFront } from "./front.ts";
import { RawClient } from "./front-under-test.ts";

const PATIENT = { timeout: 10_000, interval: 10 };

let front: Front;
let runtime: Server;
/** First lines of what the runtime was asked. */
let asked: string[];
const clients: RawClient[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) client.end();
  await front.stop();
  runtime.close();
});

/** @param answer is given each connection once the head of a request has come */
async function start(answer: (socket: Socket, line: string, nth: number) => void): Promise<void> {
  asked = [];
  runtime = createServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", (head) => {
      const line = String(head).split("\r\n")[0] ?? "";
      asked.push(line);
      answer(socket, line, asked.length);
    });
  });
  runtime.listen(0, "127.0.0.1");
  await once(runtime, "listening");
  const address = runtime.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  front = await startFront({ target: `http://127.0.0.1:${address.port}`, host: "127.0.0.1", port: 0 });
}

function client(): RawClient {
  const made = new RawClient(Number(new URL(front.url).port));
  clients.push(made);
  return made;
}

const ask = (method: string, body = "") =>
  client().send(`${method} /x HTTP/1.1`, "Host: a", `Content-Length: ${body.length}`, "", body);
const answered = (one: RawClient, ...statuses: readonly number[]) =>
  vi.waitFor(() => expect(one.statuses).toEqual(statuses), PATIENT);
const OK = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";

describe("a runtime that hangs up", () => {
  it.each(["GET", "PUT", "DELETE", "OPTIONS"])("is asked once more with %s", async (method) => {
    await start((socket, _, nth) => (nth === 1 ? socket.resetAndDestroy() : socket.end(OK)));
    await answered(ask(method, method === "GET" ? "" : "{}"), 200);
    expect(asked).toEqual([`${method} /x HTTP/1.1`, `${method} /x HTTP/1.1`]);
  });

  it("is asked twice at most", async () => {
    await start((socket) => socket.resetAndDestroy());
    const one = ask("GET");
    await answered(one, 503);
    expect(one.text).toMatch(/^Retry-After: 1$/m);
    expect(asked).toHaveLength(2);
  });

  it("is not asked again for what may have been done", async () => {
    await start((socket, _, nth) => (nth === 1 ? socket.end() : socket.end(OK)));
    const one = ask("POST", "{}");
    await answered(one, 503);
    expect(asked).toEqual(["POST /x HTTP/1.1"]);
    // The client's connection has nothing to do with it.
    one.send("GET /next HTTP/1.1", "Host: a", "", "");
    await answered(one, 503, 200);
  });

  it("in the midst of an answer is seen by the client", async () => {
    await start((socket) =>
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", () => socket.resetAndDestroy()),
    );
    const one = ask("GET");
    await vi.waitFor(() => expect(one.isClosed || one.isEnded).toBe(true), PATIENT);
    expect(one.text.endsWith("half")).toBe(true);
    expect(asked).toHaveLength(1);
  });
});

describe("a runtime that is not there yet", () => {
  it("gets what could not be sent, whatever it is, once it is", async () => {
    await start((socket) => socket.end(OK));
    const address = runtime.address();
    if (address === null || typeof address === "string") throw new Error("no port");
    await new Promise((resolve) => runtime.close(resolve));
    const one = ask("POST", "{}");
    // Until the first try has failed nobody listens there.
    const refused = new RawClient(address.port);
    clients.push(refused);
    await vi.waitFor(() => expect(refused.isClosed).toBe(true), PATIENT);
    runtime.listen(address.port, "127.0.0.1");
    await answered(one, 200);
    expect(asked).toHaveLength(1);
  });
});

describe("a runtime that refuses before it has read", () => {
  /** As workerd does: it closes, and says so nowhere. */
  const refuseEarly = (socket: Socket, line: string) => {
    if (line.includes("/x")) socket.end("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
    else socket.end(OK);
  };

  it.each([300, 70_000, 1_000_000, 7_000_000])(
    "a body of %d bytes: the answer comes, and so does the next one's",
    async (size) => {
      await start(refuseEarly);
      const all = Array.from({ length: 4 }, () => ask("POST", "x".repeat(size)));
      for (const one of all) {
        one.send("POST /next HTTP/1.1", "Host: a", "Content-Length: 0", "", "");
        await answered(one, 401, 200);
      }
    },
  );
});

describe("a body that is too large", () => {
  it("in chunks is refused while it comes, and nobody else hears of it", async () => {
    await start((socket) => socket.end(OK));
    const one = client().send("POST /x HTTP/1.1", "Host: a", "Transfer-Encoding: chunked", "", "");
    const chunk = `${(1_000_000).toString(16)}\r\n${"x".repeat(1_000_000)}\r\n`;
    for (let at = 0; at < 9; at += 1) one.send(chunk);
    // Before its end.
    await answered(one, 413);
    for (let at = 0; at < 3; at += 1) one.send(chunk);
    one.send("0", "", "", "");
    one.send("GET /next HTTP/1.1", "Host: a", "", "");
    await answered(one, 413, 200);
    expect(asked).toEqual(["GET /next HTTP/1.1"]);
  });

  it("by its length is refused before it is asked for", async () => {
    await start((socket) => socket.end(OK));
    const lines = ["POST /x HTTP/1.1", "Host: a", "Content-Length: 8000001", "Expect: 100-continue", "", ""];
    await answered(client().send(...lines), 413);
    const fitting = client().send(...lines.map((line) => line.replace("8000001", "2")));
    await answered(fitting, 100);
    fitting.send("{}");
    await answered(fitting, 100, 200);
  });
});

describe("a client that goes", () => {
  it.each([
    ["resets", (one: RawClient) => one.socket.resetAndDestroy()],
    ["ends its side", (one: RawClient) => one.socket.end()],
  ])("in the midst of its body (%s) asked for nothing, and is let go", async (_, go) => {
    await start((socket) => socket.end(OK));
    const one = client().send(
      "POST /x HTTP/1.1",
      "Host: a",
      "Content-Length: 100000",
      "",
      "x".repeat(50_000),
    );
    await vi.waitFor(() => expect(one.socket.writableLength).toBe(0), PATIENT);
    go(one);
    await vi.waitFor(() => expect(one.isClosed || one.isEnded).toBe(true), PATIENT);
    await answered(ask("GET"), 200);
    expect(asked).toEqual(["GET /x HTTP/1.1"]);
  });

  it("by its half frees the runtime's side", async () => {
    const sockets: Socket[] = [];
    await start((socket) => void sockets.push(socket));
    const one = ask("GET");
    await vi.waitFor(() => expect(sockets).toHaveLength(1), PATIENT);
    one.socket.end();
    await vi.waitFor(() => expect(sockets[0]?.closed).toBe(true), PATIENT);
    expect(asked).toHaveLength(1);
  });
});
