/** Endpoints of webhooks in specs: what would be sent to them is kept, and they answer as a test likes. There is no test in here. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect } from "vitest";
import { z } from "zod";
import type { Administrator } from "./api-client.ts";

export const PATH = "/api/v1/webhooks";
export const URL_OF_RECEIVER = "https://receiver.example.com/hook";
export const createdSchema = z.looseObject({ id: z.guid(), secret: z.string() });
const pageSchema = z.object({
  items: z.array(z.looseObject({ id: z.string(), type: z.string(), status: z.string(), attempts: z.int() })),
  next: z.int().nullable(),
});

interface Heard {
  readonly headers: Record<string, string>;
  readonly body: string;
}

/** Somebody at the other end, who answers as the test likes. */
export class Receiver {
  readonly heard: Heard[] = [];
  answer: () => Response | Promise<Response> = () => new Response(null, { status: 204 });
  readonly id: string;
  readonly secret: string;
  readonly object: DurableObjectStub<undefined>;

  #outbound: object = {};
  readonly #admin: Administrator;

  private constructor(admin: Administrator, id: string, secret: string) {
    this.#admin = admin;
    this.id = id;
    this.secret = secret;
    this.object = env.WEBHOOK.getByName(id) as unknown as DurableObjectStub<undefined>;
  }

  static async make(admin: Administrator, more: object = {}): Promise<Receiver> {
    const { status, body } = await admin.call("POST", PATH, { json: { url: URL_OF_RECEIVER, ...more } });
    expect(status).toBe(201);
    const { id, secret } = createdSchema.parse(body);
    const receiver = new Receiver(admin, id, secret);
    const OUTBOUND = {
      fetch: async (request: Request) => {
        receiver.heard.push({ headers: Object.fromEntries(request.headers), body: await request.text() });
        return receiver.answer();
      },
    };
    receiver.#outbound = OUTBOUND;
    await receiver.takePlace();
    return receiver;
  }

  /** In this instance of the object: after an eviction it is done anew. @param more bindings in place of the object's own */
  async takePlace(more: object = {}): Promise<void> {
    await runInDurableObject(this.object, (instance) => {
      Object.assign(instance, { env: { ...env, OUTBOUND: this.#outbound, ...more } });
    });
  }

  types(): string[] {
    return this.heard.map(({ body }) => z.object({ type: z.string() }).parse(JSON.parse(body)).type);
  }

  async deliveries(query = "") {
    return pageSchema.parse((await this.#admin.call("GET", `${PATH}/${this.id}/deliveries${query}`)).body);
  }

  /** The next attempt is due now. */
  async hurry(): Promise<void> {
    await runInDurableObject(this.object, (_, { storage }) => {
      storage.sql.exec("UPDATE deliveries SET next_at = 1 WHERE status = 'waiting'");
    });
    await this.ring();
  }

  ring(): Promise<boolean> {
    return runDurableObjectAlarm(this.object);
  }

  alarm(): Promise<number | null> {
    return runInDurableObject(this.object, (_, { storage }) => storage.getAlarm());
  }
}
