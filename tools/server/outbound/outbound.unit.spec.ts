/** Where a self-hosted server's requests to third parties go, whatever a name leads to. */
import type { LookupAddress } from "node:dns";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { guardedLookup, send } from "./outbound.ts";

const outgoing = (url: string) => ({ url, method: "POST", headers: { "x-test": "1" }, body: "hello" });

describe("a name", () => {
  const leadingTo = (...addresses: string[]) =>
    ((_name: string, _options: object, done: (error: null, all: LookupAddress[]) => void) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      )) as unknown as Parameters<typeof guardedLookup>[1];
  const look = (name: string, ...addresses: string[]) =>
    new Promise<string>((resolve) => {
      guardedLookup(["listed.example.com"], leadingTo(...addresses))(name, {}, (error, address) =>
        resolve(error?.message ?? String(address)),
      );
    });

  it.each([
    ["hook.example.com", ["93.184.216.34"], "93.184.216.34"],
    ["hook.example.com", ["127.0.0.1"], "hook.example.com leads to 127.0.0.1, which is not of the Internet"],
    [
      "hook.example.com",
      ["93.184.216.34", "10.0.0.1"],
      "hook.example.com leads to 10.0.0.1, which is not of the Internet",
    ],
    ["hook.example.com", ["fd00::1"], "hook.example.com leads to fd00::1, which is not of the Internet"],
    [
      "hook.example.com",
      ["169.254.169.254"],
      "hook.example.com leads to 169.254.169.254, which is not of the Internet",
    ],
    ["listed.example.com", ["10.0.0.1"], "10.0.0.1"],
  ])("%s that leads to %j: %s", async (name, addresses, expected) => {
    expect(await look(name, ...addresses)).toBe(expected);
  });
});

describe("a request", () => {
  const stops: (() => void)[] = [];
  afterEach(() => {
    for (const stop of stops.splice(0)) stop();
  });

  async function receiver(handle: Parameters<typeof createServer>[1]): Promise<string> {
    const server = createServer(handle as never);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    stops.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  }

  it("reaches who is listed, and brings back what they say", async () => {
    const heard: string[] = [];
    const url = await receiver((request, response) => {
      request.on("data", (part) => heard.push(String(part)));
      request.on("end", () => response.writeHead(503, { "retry-after": "7" }).end("later"));
    });
    expect(await send(outgoing(url), ["127.0.0.1"])).toEqual({
      status: 503,
      headers: { "retry-after": "7" },
      body: "later",
    });
    expect(heard).toEqual(["hello"]);
  });

  it("goes to nobody else, and follows no redirect", async () => {
    const url = await receiver((_, response) =>
      response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
    );
    await expect(send(outgoing(url), [])).rejects.toThrow("the URL must begin with https://");
    expect(await send(outgoing(url), ["127.0.0.1"])).toMatchObject({ status: 302 });
    await expect(send(outgoing("https://127.0.0.1/"), [])).rejects.toThrow("local network");
  });

  it("does not wait for an answer without end", async () => {
    const url = await receiver((_, response) => {
      response.writeHead(200);
      const talk = () => response.write("x".repeat(5_000), () => setImmediate(talk));
      response.on("error", () => {});
      talk();
    });
    expect((await send(outgoing(url), ["127.0.0.1"])).body).toHaveLength(10_000);
  });
});
