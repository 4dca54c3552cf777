/** Webhooks of a started server, to a real receiver on this machine, which verifies them with the library of others. */
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { hostPayloadOf } from "../host-payload.ts";
import { LandscapeServer } from "./landscape-server.ts";

const EVENTUALLY = { timeout: 20_000, interval: 200 };

describe("webhooks", () => {
  const server = new LandscapeServer();
  const heard: { readonly body: string; readonly headers: Record<string, string> }[] = [];
  let receiver: Server;
  let url = "";

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        const headers = Object.fromEntries(
          Object.entries(request.headers).map(([key, value]) => [key, String(value)]),
        );
        heard.push({ body: Buffer.concat(parts).toString(), headers });
        response.end("ok");
      });
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
    await server.start({ WEBHOOK_ALLOWED_HOSTS: "127.0.0.1" });
  });

  afterAll(async () => {
    await server.end();
    receiver.close();
  });

  it("bring what happens to who is listed, each once", async () => {
    const made = await server.call("POST", "/api/v1/webhooks", { url, event_types: ["host_registered"] });
    expect(made.status).toBe(201);
    const { secret } = z.object({ secret: z.string() }).parse(await made.json());
    const names = ["hook01", "hook02", "hook03"];
    await server.post(
      names.map((hostname) =>
        JSON.stringify({
          agent_id: crypto.randomUUID(),
          discovery_type: "host_discovery",
          payload: hostPayloadOf(hostname),
        }),
      ),
    );
    await expect.poll(() => heard.length, EVENTUALLY).toBe(names.length);
    const told = heard.map(({ body, headers }) =>
      z.object({ data: z.object({ hostname: z.string() }) }).parse(new Webhook(secret).verify(body, headers)),
    );
    expect(told.map(({ data }) => data.hostname).sort()).toEqual(names);
  });

  it("go to nobody else of this network", async () => {
    const refused = await server.call("POST", "/api/v1/webhooks", { url: "https://10.0.0.1/" });
    expect(refused.status).toBe(422);
  });
});
