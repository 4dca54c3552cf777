/** The way out of the Worker, as the runtime asks for it: over a socket, as one asks a proxy. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type RequestListener, request } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { UNREACHED } from "../../../domain/webhooks/address.ts";
import { type OutboundDoor, openOutboundDoor } from "./outbound-door.ts";

let folder = "";
let door: OutboundDoor | null = null;
const stops: (() => void)[] = [];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "trento-edge-door-"));
  door = await openOutboundDoor(join(folder, "outbound.sock"), ["127.0.0.1"]);
});
afterEach(async () => {
  await door?.stop();
  for (const stop of stops.splice(0)) stop();
  rmSync(folder, { recursive: true, force: true });
});

async function receiver(handle: RequestListener): Promise<string> {
  const server = createServer(handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook?a=1`;
}

/** @param url stands whole in the request line */
function ask(url: string, body: string, headers: Record<string, string> = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((done, failed) => {
    const asked = request(
      { socketPath: join(folder, "outbound.sock"), path: url, method: "POST", headers, agent: false },
      (answer) => {
        text(answer).then(
          (said) => done({ status: answer.statusCode ?? 0, headers: answer.headers, body: said }),
          failed,
        );
      },
    );
    asked.on("error", failed);
    asked.end(body);
  });
}

describe("a request", () => {
  it("goes out as it is, and its answer comes back", async () => {
    const heard: unknown[] = [];
    const url = await receiver(async (incoming, response) => {
      const { method, url: path, headers } = incoming;
      heard.push({ method, path, signature: headers["webhook-signature"], body: await text(incoming) });
      response.writeHead(429, { "retry-after": "7" }).end("later");
    });
    const answer = await ask(url, "žluťoučký", { "Webhook-Signature": "v1,abc", Connection: "close" });
    expect(answer).toMatchObject({ status: 429, headers: { "retry-after": "7" }, body: "later" });
    expect(answer.headers[UNREACHED]).toBeUndefined();
    expect(heard).toEqual([{ method: "POST", path: "/hook?a=1", signature: "v1,abc", body: "žluťoučký" }]);
  });

  it("without a body of the answer is answered without one", async () => {
    const url = await receiver((_, response) => response.writeHead(204).end());
    expect(await ask(url, "")).toMatchObject({ status: 204, body: "" });
  });

  it.each([
    ["https://10.0.0.1/", "local network"],
    ["http://127.0.0.1:1/", "ECONNREFUSED"],
    ["/not-whole", "is not a URL"],
  ])("to %s reaches nobody, which is said in words and marked", async (url, reason) => {
    const { status, headers, body } = await ask(url, "x");
    expect([status, headers[UNREACHED]]).toEqual([502, "1"]);
    expect(body).toContain(reason);
  });

  it("may come without a host, as the runtime's do", async () => {
    const url = await receiver((_, response) => response.end("ok"));
    const socket = connect(join(folder, "outbound.sock"));
    socket.write(`POST ${url} HTTP/1.1\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}`);
    expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n.*ok/s);
  });
});

it("is left by who gives up, and goes on for others", async () => {
  const url = await receiver(() => {});
  const socket = connect(join(folder, "outbound.sock"));
  socket.on("error", () => {});
  socket.write(`POST ${url} HTTP/1.1\r\nContent-Length: 100\r\n\r\nhalf`);
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  socket.destroy();
  const other = await receiver((_, response) => response.end("ok"));
  expect((await ask(other, "")).body).toBe("ok");
});
