/** The mailroom in specs: what it would send is kept, and its server can be away. There is no test in here. */
import { runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { AlertNews } from "../domain/alerts/message.ts";
import type { AlertingSettings } from "../domain/alerts/settings.ts";
import { PASSWORD_PURPOSE } from "../durable-objects/mailroom/settings.ts";
import { mailroomStub } from "../durable-objects/mailroom.ts";
import { seal } from "../durable-objects/sealed.ts";

export const alertingSettings: AlertingSettings = {
  enabled: true,
  sender_email: "alerts@example.com",
  recipient_email: "admin@example.com",
  // No server: the platform's mail binding is used, which is at hand here.
  smtp_server: "",
  smtp_port: 587,
  smtp_username: "",
  smtp_security: "auto",
  recovery: true,
  quiet_hours: null,
};

const object = env.MAILROOM.getByName("only");
let number = 0;

export class MailroomUnderTest {
  readonly stub = mailroomStub(env);
  /** Subjects, in the order in which they were sent. */
  readonly sent: string[] = [];
  readonly texts: string[] = [];
  /** Why nothing can be sent; null while it can. */
  trouble: Error | null = null;
  #grouping = "0";

  /** Everything that was there is gone. */
  static async open(settings: Partial<AlertingSettings> = {}, grouping = "0"): Promise<MailroomUnderTest> {
    const room = new MailroomUnderTest();
    room.#grouping = grouping;
    await room.set(settings);
    await runInDurableObject(object, (_, { storage }) => {
      for (const table of ["pending", "known", "told", "mails"]) storage.sql.exec(`DELETE FROM ${table}`);
      return storage.deleteAlarm();
    });
    await room.takePlace();
    return room;
  }

  async set(settings: Partial<AlertingSettings>): Promise<void> {
    const password = await seal("a password", PASSWORD_PURPOSE, env.SETTINGS_ENC_SECRET);
    await env.DB.prepare("INSERT OR REPLACE INTO alerting_settings VALUES (1, ?, ?)")
      .bind(JSON.stringify({ ...alertingSettings, ...settings }), password)
      .run();
  }

  /** In this instance of the object: after an eviction it is done anew. */
  async takePlace(): Promise<void> {
    const MAIL = {
      send: async (message: EmailMessage) => {
        if (this.trouble !== null) throw this.trouble;
        const text = textOf(message);
        this.texts.push(text);
        this.sent.push(/^Subject: (.*)$/m.exec(text)?.[1]?.trim() ?? "no subject");
      },
    };
    await runInDurableObject(object, (instance) => {
      Object.assign(instance, { env: { ...env, MAIL, ALERT_GROUPING: this.#grouping } });
    });
  }

  ring(): Promise<boolean> {
    return runDurableObjectAlarm(object);
  }
}

/** The runtime keeps the text under a name of its own. */
function textOf(message: EmailMessage): string {
  return Object.entries(message).find(([name]) => name.endsWith("raw"))?.[1] ?? "";
}

/** Something that became critical, or is over. */
export function news(more: Partial<AlertNews> & { readonly name: string }): AlertNews {
  const at = new Date().toISOString();
  return {
    turn: "critical",
    over: null,
    kind: "health",
    resource: "host",
    id: more.name,
    at,
    facts: {},
    ...more,
  } as AlertNews;
}

export function report(told: AlertNews, ...related: string[]) {
  number += 1;
  return { id: `event ${number}`, news: told, related: [`${told.resource}/${told.id}`, ...related] };
}
