/** Endpoints that are slow, or say more or else than they should. */
import { describe, expect, it } from "vitest";
import { UNREACHED } from "../../domain/webhooks/address.ts";
import { attempt } from "./attempt.ts";
import type { Endpoint } from "./endpoint.ts";
import { newSecret } from "./signing.ts";

const HOST = "receiver.example.com";
const message = { id: "one", body: "{}" };

async function endpoint(url = `https://${HOST}/`): Promise<Endpoint> {
  return {
    url,
    description: "",
    enabled: true,
    signature: "hmac",
    secrets: [await newSecret("hmac")],
  };
}

const attempted = async (answer: (request: Request) => Promise<Response>, patience = 5_000) =>
  attempt(await endpoint(), message, { fetch: answer }, [], patience);

/** A body that never ends. */
function endless(): ReadableStream<Uint8Array> {
  const part = new TextEncoder().encode("x".repeat(100));
  return new ReadableStream({ pull: (controller) => controller.enqueue(part) });
}

describe("an endpoint", () => {
  it("that never answers is given up", async () => {
    const never = (request: Request) =>
      new Promise<Response>((_, reject) => {
        request.signal.addEventListener("abort", () => reject(request.signal.reason));
      });
    expect(await attempted(never, 20)).toEqual({
      status: null,
      error: "no answer within 0.02 s",
      wish: null,
    });
  });

  it("that says no without end is heard as far as it matters", async () => {
    const { status, error } = await attempted(async () => new Response(endless(), { status: 500 }));
    expect([status, error?.length]).toEqual([500, "answered with 500: ".length + 300]);
  });

  it("that says yes without end has taken it", async () => {
    expect(await attempted(async () => new Response(endless()))).toMatchObject({ status: 200, error: null });
  });

  it("that the door has not reached has not answered", async () => {
    const answer = async () =>
      new Response("connect ECONNREFUSED", { status: 502, headers: { [UNREACHED]: "1" } });
    expect(await attempted(answer)).toEqual({ status: null, error: "connect ECONNREFUSED", wish: null });
  });

  it("is asked for itself alone: whoever sends, no redirect is followed", async () => {
    const asked: string[] = [];
    await attempted(async ({ redirect }) => {
      asked.push(redirect);
      return new Response();
    });
    expect(asked).toEqual(["manual"]);
  });

  it("that breaks off in the middle has not said why", async () => {
    const broken = new ReadableStream({ start: (controller) => controller.error(new Error("reset")) });
    expect(await attempted(async () => new Response(broken, { status: 502 }))).toMatchObject({
      status: 502,
      error: "answered with 502",
    });
  });

  it.each(["", "soon", "-5", "1e99", "Wed, 32 Foo 2026 99:99:99 GMT"])(
    "that asks to wait for %j asks for nothing",
    async (wish) => {
      const answer = async () => new Response(null, { status: 429, headers: { "retry-after": wish } });
      expect((await attempted(answer)).wish).toBeNull();
    },
  );

  it.each(["https://127.0.0.1/", "https://[::1]/", "https://0x7f.1/", "https://169.254.169.254/"])(
    "is not asked at %s, whatever was allowed when it was made",
    async (url) => {
      const fetched: string[] = [];
      const sender = {
        fetch: async (request: Request) => {
          fetched.push(request.url);
          return new Response();
        },
      };
      const outcome = await attempt(await endpoint(url), message, sender, []);
      expect([outcome.status, fetched]).toEqual([null, []]);
    },
  );
});
