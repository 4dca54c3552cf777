/**
 * The Durable Object of one endpoint: keeps what is to be delivered to it, and delivers it in its alarm. Endpoints wait for
 * nobody: one that is dead holds up itself alone.
 */
import { DurableObject } from "cloudflare:workers";
import { allowedHosts } from "../domain/webhooks/address.ts";
import type { WebhookMessage } from "../domain/webhooks/message.ts";
import { DISABLED_AFTER } from "../domain/webhooks/retry.ts";
import type { DeliveryStatus, DeliveryView } from "../domain/webhooks/view.ts";
import { Alarm } from "./alarm.ts";
import type { DurableObjectBindings } from "./bindings.ts";
import { mailroomStub } from "./mailroom.ts";
import { count, handOver } from "./metrics/tally.ts";
import { attempt, type Outcome } from "./webhook/attempt.ts";
import { type DeliveryDetails, DeliveryStore } from "./webhook/deliveries.ts";
import { disableEndpoint, type Endpoint, readEndpoint } from "./webhook/endpoint.ts";
import { type Sender, through } from "./webhook/way-out.ts";

/** The platform has six outgoing connections at a time. */
const AT_ONCE = 6;
/** Milliseconds of one alarm: then another goes on. */
const LONGEST_ALARM = 5 * 60_000;
const PAUSE_AFTER_FAILURE = 10_000;
const GONE = 410;

/** Milliseconds for which settings of an endpoint are used as they were read. */
const TRUSTED_FOR = 1_000;

/** What became of one message: the times are in milliseconds. */
type Attempt = Outcome & { readonly id: string; readonly began: number; readonly ended: number };

export interface DeliveryPage {
  readonly deliveries: DeliveryView[];
  /** Where the next page begins; null at the end. */
  readonly next: number | null;
}

export class WebhookObject extends DurableObject<DurableObjectBindings> {
  readonly #alarm: Alarm;
  #deliveries: DeliveryStore;

  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env);
    this.#alarm = new Alarm(ctx.storage);
    this.#deliveries = new DeliveryStore(ctx.storage.sql);
  }

  /** Somebody looks whether what waits is waited for. */
  async look(): Promise<void> {
    this.#rearm();
  }

  /** @param endpointId the object's own, which it may not know when it wakes */
  async enqueue(endpointId: string, messages: readonly WebhookMessage[]): Promise<void> {
    const now = Date.now();
    this.ctx.storage.kv.put("endpoint", endpointId);
    this.ctx.storage.transactionSync(() => {
      this.#deliveries.add(messages, now);
    });
    this.#rearm();
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
    this.#rearm();
    return isFound;
  }

  async replaySince(since: number): Promise<number> {
    const count = this.#deliveries.replaySince(since, Date.now());
    this.#rearm();
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

  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    this.#alarm.ring(info);
    try {
      this.#deliveries.forgetOld(Date.now());
      await this.#deliver();
      handOver(this.env, (work) => this.ctx.waitUntil(work));
      this.#rearm();
    } catch (error) {
      console.error("webhooks could not be delivered, and are tried again", error);
      this.#alarm.set(Date.now() + PAUSE_AFTER_FAILURE);
    }
  }

  async #deliver(): Promise<void> {
    const id = this.ctx.storage.kv.get<string>("endpoint");
    const began = Date.now();
    let known: { readonly endpoint: Endpoint; readonly until: number } | null = null;
    while (id !== undefined && Date.now() - began < LONGEST_ALARM) {
      const due = this.#deliveries.due(Date.now(), AT_ONCE);
      if (due.length === 0) return;
      if (known === null || known.until <= Date.now()) {
        const endpoint = await readEndpoint(this.env, id, Date.now());
        if (endpoint === null) return this.erase();
        if (!endpoint.enabled) return this.#deliveries.abandon();
        known = { endpoint, until: Date.now() + TRUSTED_FOR };
      }
      const { endpoint } = known;
      const tried = await Promise.allSettled(due.map((message) => this.#attempt(endpoint, message)));
      const attempts = tried.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
      if (attempts.length > 0 && (await this.#judge(id, endpoint, attempts))) return;
      const untried = tried.find(({ status }) => status === "rejected");
      if (untried?.status === "rejected") throw untried.reason;
    }
  }

  async #attempt(endpoint: Endpoint, message: WebhookMessage): Promise<Attempt> {
    const began = Date.now();
    const outcome = await attempt(
      endpoint,
      message,
      this.#sender(),
      allowedHosts(this.env.WEBHOOK_ALLOWED_HOSTS),
    );
    count("trento_edge_webhook_attempts_total", { outcome: outcome.error === null ? "taken" : "failed" });
    return { ...outcome, id: message.id, began, ended: Date.now() };
  }

  /** Where the server is self-hosted, its requests go through a door that looks at the addresses they really go to. */
  #sender(): Sender {
    const { OUTBOUND } = this.env;
    return OUTBOUND === undefined ? { fetch: (request) => fetch(request) } : through(OUTBOUND);
  }

  /** Writes down how attempts ended, all in one. @returns whether the endpoint is to be told nothing more */
  async #judge(id: string, endpoint: Endpoint, attempts: readonly Attempt[]): Promise<boolean> {
    const { kv } = this.ctx.storage;
    const isTaken = attempts.some(({ error }) => error === null);
    const since = kv.get<number>("failing_since");
    this.ctx.storage.transactionSync(() => {
      for (const one of attempts) this.#deliveries.settle(one.id, one, one.began, one.ended, Math.random());
      if (isTaken && since !== undefined) kv.delete("failing_since");
      if (!isTaken && since === undefined) kv.put("failing_since", Date.now());
    });
    if (isTaken) return false;
    const isGone = attempts.some(({ status }) => status === GONE);
    if (!isGone && Date.now() - (since ?? Date.now()) < DISABLED_AFTER) return false;
    await this.#disable(id, endpoint, isGone ? "it is gone (410)" : "it has taken nothing for five days");
    return true;
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

  #rearm(): void {
    const at = this.#deliveries.nextDue();
    if (at !== null) this.#alarm.set(at);
  }
}

// The platform's RPC types cannot express all of it.
export interface WebhookStub {
  look(): Promise<void>;
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
