/** Webhooks from outside: endpoints, what they are told, and what becomes of it. The receiver verifies with the library of others. */
import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { Webhook } from "standardwebhooks";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { UNREACHED } from "../../domain/webhooks/address.ts";
import { hostPayload, TestAgent } from "../../test/agents.ts";
import { Administrator, invalid, outcome, refused, signInReader } from "../../test/api-client.ts";
import { createdSchema, PATH, Receiver, URL_OF_RECEIVER } from "../../test/receiver-under-test.ts";

let admin: Administrator;
beforeAll(async () => {
  admin = await Administrator.signIn();
});

const make = (more: object = {}) => Receiver.make(admin, more);

describe("an endpoint", () => {
  it("is told of what it wants, signed so that others can verify it", async () => {
    const receiver = await make({ event_types: ["host_*"] });
    const agent = await new TestAgent().register();
    await expect.poll(() => receiver.types()).toContain("host_registered");
    const [{ headers, body } = { headers: {}, body: "" }] = receiver.heard;
    expect(new Webhook(receiver.secret).verify(body, headers)).toMatchObject({
      specversion: "1.0",
      id: headers["webhook-id"],
      subject: `host/${agent.id}`,
      data: { host_id: agent.id },
    });
    await agent.collect("cloud_discovery", { provider: "kvm", metadata: null });
    await agent.collect("host_discovery", { ...hostPayload, cpu_count: 99 });
    await expect.poll(() => receiver.types()).toContain("host_details_updated");
    expect(receiver.types()).not.toContain("provider_updated");
    expect((await receiver.deliveries("?status=delivered")).items).toHaveLength(receiver.heard.length);
    await admin.call("DELETE", `${PATH}/${receiver.id}`);
  });

  it("is not told of what was before it, also when all is read anew", async () => {
    const agent = await new TestAgent().register();
    const receiver = await make({ event_types: ["host_*"] });
    await env.DB.prepare("DELETE FROM checkpoints WHERE stream = ? AND subscriber = 'webhooks'")
      .bind(`host/${agent.id}`)
      .run();
    await agent.collect("host_discovery", { ...hostPayload, cpu_count: 98 });
    await expect.poll(() => receiver.types()).toContain("host_details_updated");
    expect(receiver.types()).not.toContain("host_registered");
    await admin.call("DELETE", `${PATH}/${receiver.id}`);
  });

  it("is told on demand, whatever it wants, so that whoever set it up sees it arrive", async () => {
    const receiver = await make({ event_types: ["host_registered"] });
    const { status, body } = await admin.call("POST", `${PATH}/${receiver.id}/test`);
    expect(status).toBe(202);
    await expect.poll(() => receiver.types()).toEqual(["webhook_test"]);
    expect(receiver.heard[0]?.headers["webhook-id"]).toBe(
      z.object({ delivery_id: z.string() }).parse(body).delivery_id,
    );
    expect((await admin.call("POST", `${PATH}/${crypto.randomUUID()}/test`)).status).toBe(404);
    await admin.call("DELETE", `${PATH}/${receiver.id}`);
  });

  it("verifies by either secret for a day after one was replaced", async () => {
    const receiver = await make({ event_types: ["host_registered"] });
    const rotated = await admin.call("POST", `${PATH}/${receiver.id}/rotate_secret`);
    const { secret } = createdSchema.parse(rotated.body);
    expect(secret).not.toBe(receiver.secret);
    await new TestAgent().register();
    await expect.poll(() => receiver.heard.length).toBeGreaterThan(0);
    const [{ headers, body } = { headers: {}, body: "" }] = receiver.heard;
    for (const one of [secret, receiver.secret]) expect(new Webhook(one).verify(body, headers)).toBeDefined();
    expect(() => new Webhook("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").verify(body, headers)).toThrow();
    await admin.call("DELETE", `${PATH}/${receiver.id}`);
  });

  it("is one of a hundred at most, and another can be made when one has gone", async () => {
    const create = () =>
      outcome(admin.call("POST", PATH, { json: { url: URL_OF_RECEIVER, enabled: false } }));
    const idsSchema = z.array(z.object({ id: z.string() }));
    const ids = async () => idsSchema.parse((await admin.call("GET", PATH)).body).map(({ id }) => id);
    const before = new Set(await ids());
    const made = await Promise.all(Array.from({ length: 100 - before.size }, create));
    expect(new Set(made.map(({ status }) => status))).toEqual(new Set([201]));
    const tooMany = refused(
      422,
      "Unprocessable Entity",
      "There are 100 webhooks, which is the most there can be.",
    );
    expect(await create()).toEqual(tooMany);
    const [one, ...others] = (await ids()).filter((id) => !before.has(id));
    await admin.call("DELETE", `${PATH}/${one}`);
    expect((await create()).status).toBe(201);
    expect(await create()).toEqual(tooMany);
    const late = (await ids()).filter((id) => !before.has(id) && !others.includes(id));
    await Promise.all([...others, ...late].map((id) => admin.call("DELETE", `${PATH}/${id}`)));
  });

  it("has its id in the entries of what people do with it", async () => {
    const { id } = await make();
    await admin.call("PATCH", `${PATH}/${id}`, { json: { description: "changed" } });
    await admin.call("DELETE", `${PATH}/${id}`);
    const { body } = await admin.call("GET", `/api/v1/activity_log?search=${id}`);
    expect(body).toMatchObject({
      data: ["deletion", "modification", "creation"].map((what) => ({
        type: `webhook_${what}`,
        metadata: { webhook_id: id },
      })),
    });
  });

  it("may verify by a public key", async () => {
    const receiver = await make({ event_types: ["host_registered"], signature: "ed25519" });
    await new TestAgent().register();
    await expect.poll(() => receiver.heard.length).toBeGreaterThan(0);
    const [{ headers, body } = { headers: {} as Record<string, string>, body: "" }] = receiver.heard;
    const bytes = (text: string) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const raw = bytes(receiver.secret.replace("whpk_", ""));
    const key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
    const signed = `${headers["webhook-id"]}.${headers["webhook-timestamp"]}.${body}`;
    const signature = bytes(headers["webhook-signature"]?.replace("v1a,", "") ?? "");
    expect(await crypto.subtle.verify("Ed25519", key, signature, new TextEncoder().encode(signed))).toBe(
      true,
    );
    await admin.call("DELETE", `${PATH}/${receiver.id}`);
  });

  it("shows its secret once, and holds it sealed", async () => {
    const receiver = await make();
    expect(JSON.stringify((await admin.call("GET", PATH)).body)).not.toContain("whsec_");
    const { results } = await env.DB.prepare("SELECT * FROM webhook_endpoints").all();
    expect(JSON.stringify(results)).not.toContain(receiver.secret.slice(6));
    expect((await admin.call("DELETE", `${PATH}/${receiver.id}`)).status).toBe(204);
    expect((await admin.call("DELETE", `${PATH}/${receiver.id}`)).status).toBe(404);
  });

  it.each([
    [{ url: "https://127.0.0.1/" }, "/url"],
    [{ url: "https://0x7f.1/" }, "/url"],
    [{ url: "http://example.com/" }, "/url"],
    [{ url: "nothing" }, "/url"],
    [{ url: URL_OF_RECEIVER, event_types: [] }, "/event_types"],
    [{ url: URL_OF_RECEIVER, event_types: ["Host!"] }, "/event_types/0"],
    [{ url: URL_OF_RECEIVER, surprise: 1 }, "/surprise"],
    [{}, "/url"],
  ])("like %j is refused", async (json, pointer) => {
    expect(await admin.call("POST", PATH, { json })).toMatchObject({
      status: 422,
      body: { errors: [{ source: { pointer } }] },
    });
  });

  it("is changed alone", async () => {
    const [one, other] = [await make(), await make()];
    const read = async () =>
      z.array(z.looseObject({ id: z.string() })).parse((await admin.call("GET", PATH)).body);
    const [before] = (await read()).filter(({ id }) => id === other.id);
    const json = {
      url: "https://elsewhere.example.com/",
      description: "d",
      event_types: ["a_*"],
      enabled: false,
    };
    expect((await admin.call("PATCH", `${PATH}/${one.id}`, { json })).body).toMatchObject(json);
    const after = await read();
    expect(after.find(({ id }) => id === one.id)).toMatchObject(json);
    expect(after.find(({ id }) => id === other.id)).toEqual(before);
    for (const { id } of [one, other]) await admin.call("DELETE", `${PATH}/${id}`);
  });

  it("is not led into the local network by a change", async () => {
    const { id } = await make();
    const json = { url: "https://[::127.0.0.1]/" };
    expect(await outcome(admin.call("PATCH", `${PATH}/${id}`, { json }))).toEqual(
      invalid(["/url", "must not be an address of a local network"]),
    );
    await admin.call("DELETE", `${PATH}/${id}`);
  });

  it("is not for everybody", async () => {
    const reader = await signInReader();
    expect((await reader("GET", PATH)).status).toBe(403);
    expect((await reader("POST", PATH, { json: { url: URL_OF_RECEIVER } })).status).toBe(403);
  });
});

describe("what is not taken", () => {
  const failing = async (answer: Receiver["answer"]) => {
    const receiver = await make({ event_types: ["host_registered"] });
    receiver.answer = answer;
    await new TestAgent().register();
    await expect.poll(async () => (await receiver.deliveries()).items[0]?.attempts).toBe(1);
    const [delivery] = (await receiver.deliveries()).items;
    const id = encodeURIComponent(delivery?.id ?? "");
    const details = async () => (await admin.call("GET", `${PATH}/${receiver.id}/deliveries/${id}`)).body;
    return { receiver, id, details };
  };

  it.each<[string, Receiver["answer"], object]>([
    [
      "an error",
      () => new Response("broken\n down", { status: 500 }),
      { status: 500, error: "answered with 500: broken down" },
    ],
    [
      "a redirect",
      () => new Response(null, { status: 302, headers: { location: "https://127.0.0.1/" } }),
      { status: 302 },
    ],
    [
      "no answer",
      () => new Response("connection refused", { status: 502, headers: { [UNREACHED]: "1" } }),
      { status: null, error: "connection refused" },
    ],
  ])("with %s is tried again, by the same id", async (_, answer, tried) => {
    const { receiver, details } = await failing(answer);
    expect(await details()).toMatchObject({ status: "waiting", tries: [tried] });
    receiver.answer = () => new Response("ok");
    await receiver.hurry();
    await expect.poll(details).toMatchObject({ status: "delivered", attempts: 2 });
    const ids = receiver.heard.map(({ headers }) => headers["webhook-id"]);
    expect(new Set(ids).size).toBe(1);
    await admin.call("DELETE", `${PATH}/${receiver.id}`);
  });

  it("waits as long as the endpoint asks", async () => {
    const { receiver, details } = await failing(
      () => new Response(null, { status: 503, headers: { "retry-after": "3600" } }),
    );
    const { next_attempt_at } = z.looseObject({ next_attempt_at: z.string() }).parse(await details());
    expect(Date.parse(next_attempt_at) - Date.now()).toBeGreaterThan(3_500_000);
    await admin.call("DELETE", `${PATH}/${receiver.id}`);
  });

  it("has failed in the end, and can be told again, alone or since a time", async () => {
    const { receiver, id, details } = await failing(() => new Response(null, { status: 400 }));
    for (let attempt = 2; attempt <= 10; attempt += 1) await receiver.hurry();
    await expect.poll(details).toMatchObject({ status: "failed", attempts: 10, next_attempt_at: null });
    receiver.answer = () => new Response("ok");
    expect((await admin.call("POST", `${PATH}/${receiver.id}/deliveries/${id}/replay`)).status).toBe(202);
    await expect.poll(details).toMatchObject({ status: "delivered" });
    const since = new Date(Date.now() - 60_000).toISOString();
    const again = await admin.call("POST", `${PATH}/${receiver.id}/replay`, { json: { since } });
    expect(again).toMatchObject({ status: 202, body: { count: 1 } });
    expect((await admin.call("POST", `${PATH}/${receiver.id}/deliveries/x/replay`)).status).toBe(404);
    await admin.call("DELETE", `${PATH}/${receiver.id}`);
  });

  it("holds up nobody else while its endpoint is silent", async () => {
    const [silent, other] = [await make(), await make({ event_types: ["host_registered"] })];
    let isSilent = true;
    // It looks by itself: what was promised in one object cannot be kept from outside of it.
    silent.answer = async () => {
      while (isSilent) await scheduler.wait(10);
      return new Response(null, { status: 204 });
    };
    await new TestAgent().register();
    await expect.poll(() => silent.heard.length).toBeGreaterThan(0);
    await expect.poll(() => other.types()).toContain("host_registered");
    expect((await silent.deliveries("?status=delivered")).items).toEqual([]);
    isSilent = false;
    await expect.poll(async () => (await silent.deliveries("?status=waiting")).items).toEqual([]);
    for (const { id } of [silent, other]) await admin.call("DELETE", `${PATH}/${id}`);
  });

  const enabledOf = async (id: string) => {
    const all = z.array(
      z.looseObject({ id: z.string(), enabled: z.boolean(), disabled_reason: z.string().nullable() }),
    );
    return all.parse((await admin.call("GET", PATH)).body).find((one) => one.id === id);
  };

  it("since the endpoint is gone disables it", async () => {
    const { receiver, details } = await failing(() => new Response(null, { status: 410 }));
    await expect
      .poll(() => enabledOf(receiver.id))
      .toMatchObject({ enabled: false, disabled_reason: "it is gone (410)" });
    expect(await details()).toMatchObject({ status: "failed" });
    const enabled = await admin.call("PATCH", `${PATH}/${receiver.id}`, { json: { enabled: true } });
    expect(enabled.body).toMatchObject({ enabled: true, disabled_reason: null });
    await admin.call("DELETE", `${PATH}/${receiver.id}`);
  });

  it("for five days disables the endpoint", async () => {
    const { receiver } = await failing(() => new Response(null, { status: 500 }));
    await runInDurableObject(env.WEBHOOK.getByName(receiver.id), (_, { storage }) => {
      storage.kv.put("failing_since", Date.now() - 5 * 86_400_000 - 1);
    });
    await receiver.hurry();
    await expect.poll(() => enabledOf(receiver.id)).toMatchObject({ enabled: false });
    await admin.call("DELETE", `${PATH}/${receiver.id}`);
    vi.restoreAllMocks();
  });
});
