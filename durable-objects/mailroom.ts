/**
 * The Durable Object of alerting mails; there is one. What is reported waits a moment, so that what one incident causes is one
 * mail; every mail is stored before it is sent, and is tried again while the server is away.
 */
import { DurableObject } from "cloudflare:workers";
import type { MailView } from "../domain/alerts/mail-view.ts";
import { mailAbout, type PlainMail, testMail, withHtml } from "../domain/alerts/message.ts";
import { afterQuietHours } from "../domain/alerts/quiet-hours.ts";
import { Alarm } from "./alarm.ts";
import type { DurableObjectBindings } from "./bindings.ts";
import { AlertStore, KNOWN_FOR, type Report } from "./mailroom/alerts.ts";
import { type MailCounts, MailStore } from "./mailroom/mails.ts";
import type { Sent } from "./mailroom/reasons.ts";
import { type KnownSettings, readAlertingSettings } from "./mailroom/settings.ts";
import { sendMail } from "./mailroom/smtp.ts";
import { count, handOver } from "./metrics/tally.ts";
import { Turns } from "./turns.ts";

/** Seconds that an alert waits for others of the same incident, unless `ALERT_GROUPING` says otherwise. */
const GROUPING = 30;
/** Milliseconds after which nobody needs to hear of it: such reports come when a lost queue is made up for. */
const TOO_OLD = 3 * 24 * 60 * 60_000;
const PAUSE_AFTER_FAILURE = 10_000;
/** Milliseconds of one alarm, which the platform ends after fifteen minutes: a slow server may take eleven for one mail. */
const LONGEST_ALARM = 2 * 60_000;
/** How we call ourselves to mail servers. */
const OUR_NAME = "trento-edge.local";

// What is too old is never reported as new after it was forgotten.
console.assert(TOO_OLD < KNOWN_FOR);

export class MailroomObject extends DurableObject<DurableObjectBindings> {
  readonly #alerts: AlertStore;
  readonly #mails: MailStore;
  readonly #turns = new Turns();
  readonly #alarm: Alarm;
  /** Mails that somebody has asked to be tried at once, whatever the time of day: who asks is awake. */
  readonly #asked = new Set<string>();

  constructor(ctx: DurableObjectState, env: DurableObjectBindings) {
    super(ctx, env);
    this.#alarm = new Alarm(ctx.storage);
    this.#alerts = new AlertStore(ctx.storage.sql);
    this.#mails = new MailStore(ctx.storage.sql);
  }

  /** Somebody looks whether what waits is waited for. */
  async look(): Promise<void> {
    this.#rearm();
  }

  /** Each report has one effect, however often it comes. */
  async report(reports: readonly Report[]): Promise<void> {
    const known = await this.#settings();
    const isWanted = known?.settings.enabled === true;
    const now = Date.now();
    this.ctx.storage.transactionSync(() => {
      for (const report of reports) {
        if (now - Date.parse(report.news.at) > TOO_OLD || !this.#alerts.remember(report.id, now)) continue;
        if (isWanted) this.#take(report, known, now);
      }
    });
    this.#rearm();
  }

  /** A mail that is written already, and waits for no other. @param id the same again changes nothing */
  async reportMail(id: string, mail: PlainMail): Promise<void> {
    const known = await this.#settings();
    if (known?.settings.enabled !== true) return;
    const now = Date.now();
    this.ctx.storage.transactionSync(() => {
      if (this.#alerts.remember(id, now)) this.#mails.add(crypto.randomUUID(), withHtml(mail), now);
    });
    this.#rearm();
  }

  /** Sends a mail at once, whether or not alerting is enabled. */
  async sendTest(): Promise<Sent> {
    const known = await this.#settings();
    if (known === null)
      return { status: "failed", permanent: true, uncertain: false, reason: "nothing is set" };
    return this.#send(known, { ...withHtml(testMail()), id: crypto.randomUUID(), at: Date.now() });
  }

  async countMails(): Promise<MailCounts> {
    return this.#mails.count();
  }

  async mails(): Promise<MailView[]> {
    return this.#mails.list();
  }

  async retry(id: string): Promise<boolean> {
    const isFound = this.#mails.retry(id, Date.now());
    if (isFound) this.#asked.add(id);
    this.#rearm();
    return isFound;
  }

  async remove(id: string): Promise<boolean> {
    return this.#mails.remove(id);
  }

  override async alarm(info?: AlarmInvocationInfo): Promise<void> {
    this.#alarm.ring(info);
    await this.#turns.take(async () => {
      try {
        await this.#work();
        this.#rearm();
      } catch (error) {
        console.error("the mailroom failed, and tries again", error);
        this.#alarm.set(Date.now() + PAUSE_AFTER_FAILURE);
      }
    });
  }

  #take({ id, news, related }: Report, { settings }: KnownSettings, now: number): void {
    const due = afterQuietHours(now + this.#grouping(), settings.quiet_hours);
    if (news.turn === "critical") this.#alerts.add({ id, news, related }, due);
    else if (this.#alerts.end(news) && settings.recovery) this.#alerts.add({ id, news, related }, due);
  }

  async #work(): Promise<void> {
    const known = await this.#settings();
    const now = Date.now();
    this.#alerts.forgetOld(now);
    this.#mails.forgetOld(now);
    if (known?.settings.enabled !== true) this.#alerts.clear();
    this.ctx.storage.transactionSync(() => {
      for (const incident of this.#alerts.takeDue(now)) {
        const text = mailAbout(
          incident.map(({ news }) => news),
          this.env.BASE_URL?.replace(/\/+$/, "") ?? null,
        );
        this.#mails.add(crypto.randomUUID(), text, now);
      }
    });
    if (known === null) return;
    // Asked last of all: whatever made a mail due, and whenever this alarm comes.
    const free = afterQuietHours(now, known.settings.quiet_hours);
    if (free > now) this.#mails.postpone(free, this.#asked);
    for (let mail = this.#mails.due(now); mail !== null; mail = this.#mails.due(now)) {
      if (Date.now() - now > LONGEST_ALARM) break;
      const sent = await this.#send(known, mail);
      if (sent.status === "failed") console.warn(`the mail ${mail.subject} was not sent: ${sent.reason}`);
      this.#asked.delete(mail.id);
      this.#mails.settle(mail.id, sent, Date.now());
      count("trento_edge_mails_total", { outcome: sent.status });
    }
    handOver(this.env, (work) => this.ctx.waitUntil(work));
  }

  #send({ settings, password }: KnownSettings, mail: Parameters<typeof sendMail>[1]): Promise<Sent> {
    return sendMail({ settings, password, name: OUR_NAME }, mail, this.env.MAIL ?? null);
  }

  #settings(): Promise<KnownSettings | null> {
    return readAlertingSettings(this.env);
  }

  #grouping(): number {
    const seconds = Number(this.env.ALERT_GROUPING ?? GROUPING);
    return (Number.isFinite(seconds) && seconds >= 0 ? seconds : GROUPING) * 1_000;
  }

  #rearm(): void {
    const times = [this.#alerts.nextDue(), this.#mails.nextDue()].filter((at) => at !== null);
    if (times.length > 0) this.#alarm.set(Math.min(...times));
  }
}

// The platform's RPC types cannot express what a report may hold.
export interface MailroomStub {
  look(): Promise<void>;
  report(reports: readonly Report[]): Promise<void>;
  reportMail(id: string, mail: PlainMail): Promise<void>;
  sendTest(): Promise<Sent>;
  mails(): Promise<MailView[]>;
  countMails(): Promise<MailCounts>;
  retry(id: string): Promise<boolean>;
  remove(id: string): Promise<boolean>;
}

export function mailroomStub({ MAILROOM }: Pick<DurableObjectBindings, "MAILROOM">): MailroomStub {
  return MAILROOM.getByName("only") as unknown as MailroomStub;
}
