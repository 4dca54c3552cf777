/**
 * The Durable Object of one endpoint: keeps what is to be delivered to it, and delivers it in its alarm. Endpoints wait for
 * nobody: one that is dead holds up itself alone.
 */
import { DurableObject } from "cloudflare:workers";
import { allowedHosts } from "../domain/webhooks/address.ts";
import type { WebhookMessage } from "../domain/webhooks/message.ts";
import { DISABLED_AFTER } from "../domain/webhooks/retry.ts";
import type { DeliveryStatus, DeliveryView } from "../domain/webhooks/view.ts";
import type { DurableObjectBindings } from "./bindings.ts";
import { mailroomStub } from "./mailroom.ts";
import { count, handOver } from "./metrics/tally.ts";
import { attempt, type Outcome, type Sender } from "./webhook/attempt.ts";
import { type DeliveryDetails, DeliveryStore } from "./webhook/deliveries.ts";
import { disableEndpoint, type Endpoint, readEndpoint } from "./webhook/endpoint.ts";

/** The platform has six outgoing connections at a time. */
const AT_ONCE = 6;
/** Milliseconds of one alarm: then another goes on. */
const LONGEST_ALARM = 5 * 60_000;
const PAUSE_AFTER_FAILURE = 10_000;
const GONE = 410;

export interface DeliveryPage {
  readonly deliveries: DeliveryView[];
  /** Where the next page begins; null at the end. */
  readonly next: number | null;
}

export class WebhookObject extends DurableObject<DurableObjectBindings> {
  #deliveries: DeliveryStore;

  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env);
    this.#deliveries = new DeliveryStore(ctx.storage.sql);
  }

  /** @param endpointId the object's own, which it may not know when it wakes */
  async enqueue(endpointId: string, messages: readonly WebhookMessage[]): Promise<void> {
    const now = Date.now();
    this.ctx.storage.kv.put("endpoint", endpointId);
    this.ctx.storage.transactionSync(() => {
      for (const message of messages) this.#deliveries.add(message, now);
    });
    await this.#rearm();
  }

  async list(status: DeliveryStatus | null, before: number | null, limit: number): Promise<DeliveryPage> {
    return this.#deliveries.list(status, before, limit);
  }

  async details(id: string): Promise<DeliveryDetails | null> {
    return this.#deliveries.details(id);
  }

  async waiting(): Promise<number> {
    return this.#deliveries.waiting();
  }

  async replay(id: string): Promise<boolean> {
    const isFound = this.#deliveries.replay(id, Date.now());
    await this.#rearm();
    return isFound;
  }

  async replaySince(since: number): Promise<number> {
    const count = this.#deliveries.replaySince(since, Date.now());
    await this.#rearm();
    return count;
  }

  /** It is enabled again: what went wrong before counts no more. */
  async forgive(): Promise<void> {
    this.ctx.storage.kv.delete("failing_since");
  }

  /** The endpoint was removed, and everything about it. */
  async erase(): Promise<void> {
    await this.ctx.storage.deleteAlarm();
    await this.ctx.storage.deleteAll();
    this.#deliveries = new DeliveryStore(this.ctx.storage.sql);
  }

  override async alarm(): Promise<void> {
    try {
      this.#deliveries.forgetOld(Date.now());
      await this.#deliver();
      handOver(this.env, (work) => this.ctx.waitUntil(work));
      await this.#rearm();
    } catch (error) {
      console.error("webhooks could not be delivered, and are tried again", error);
      await this.ctx.storage.setAlarm(Date.now() + PAUSE_AFTER_FAILURE);
    }
  }

  async #deliver(): Promise<void> {
    const id = this.ctx.storage.kv.get<string>("endpoint");
    const began = Date.now();
    while (id !== undefined && Date.now() - began < LONGEST_ALARM) {
      const due = this.#deliveries.due(Date.now(), AT_ONCE);
      if (due.length === 0) return;
      const endpoint = await readEndpoint(this.env, id, Date.now());
      if (endpoint === null) return this.erase();
      if (!endpoint.enabled) return this.#deliveries.abandon();
      const outcomes = await Promise.all(due.map((message) => this.#attempt(endpoint, message)));
      await this.#judge(id, endpoint, outcomes);
    }
  }

  async #attempt(endpoint: Endpoint, message: WebhookMessage): Promise<Outcome> {
    const began = Date.now();
    const outcome = await attempt(
      endpoint,
      message,
      this.#sender(),
      allowedHosts(this.env.WEBHOOK_ALLOWED_HOSTS),
    );
    this.#deliveries.settle(message.id, outcome, began, Date.now(), Math.random());
    count("trento_edge_webhook_attempts_total", { outcome: outcome.error === null ? "taken" : "failed" });
    return outcome;
  }

  /** Where the server is self-hosted, its requests go through a door that looks at the addresses they really go to. */
  #sender(): Sender {
    return this.env.OUTBOUND ?? { fetch: (request) => fetch(request) };
  }

  async #judge(id: string, endpoint: Endpoint, outcomes: readonly Outcome[]): Promise<void> {
    const { kv } = this.ctx.storage;
    if (outcomes.some(({ error }) => error === null)) {
      kv.delete("failing_since");
      return;
    }
    if (outcomes.some(({ status }) => status === GONE))
      return this.#disable(id, endpoint, "it is gone (410)");
    const since = kv.get<number>("failing_since") ?? Date.now();
    kv.put("failing_since", since);
    if (Date.now() - since >= DISABLED_AFTER)
      await this.#disable(id, endpoint, "it has taken nothing for five days");
  }

  async #disable(id: string, { url, description }: Endpoint, reason: string): Promise<void> {
    await disableEndpoint(this.env, id, reason);
    this.#deliveries.abandon();
    const text = `The webhook ${description || url} is disabled, since ${reason}. Messages that it has not taken are kept for 30 days, and can be replayed when it is enabled again.`;
    await mailroomStub(this.env).reportMail(`webhook/${id}/${Date.now()}`, {
      subject: `Trento Alert: Webhook ${description || new URL(url).hostname} is disabled.`,
      text,
    });
  }

  async #rearm(): Promise<void> {
    const at = this.#deliveries.nextDue();
    if (at !== null) await this.ctx.storage.setAlarm(Math.max(1, at));
  }
}

// The platform's RPC types cannot express all of it.
export interface WebhookStub {
  enqueue(endpointId: string, messages: readonly WebhookMessage[]): Promise<void>;
  list(status: DeliveryStatus | null, before: number | null, limit: number): Promise<DeliveryPage>;
  details(id: string): Promise<DeliveryDetails | null>;
  waiting(): Promise<number>;
  replay(id: string): Promise<boolean>;
  replaySince(since: number): Promise<number>;
  forgive(): Promise<void>;
  erase(): Promise<void>;
}

export function webhookStub({ WEBHOOK }: Pick<DurableObjectBindings, "WEBHOOK">, id: string): WebhookStub {
  return WEBHOOK.getByName(id) as unknown as WebhookStub;
}
