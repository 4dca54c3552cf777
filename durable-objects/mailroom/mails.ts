/** Mails that are to be sent, and what became of them. */
import type { MailView } from "../../domain/alerts/mail-view.ts";
import type { MailText } from "../../domain/alerts/message.ts";
import type { Sent } from "./reasons.ts";
import type { Mail } from "./smtp.ts";

type MailStatus = MailView["status"];

type Row = {
  id: string;
  subject: string;
  text: string;
  html: string;
  at: number;
  status: MailStatus;
  attempts: number;
  next_at: number | null;
  error: string | null;
};

const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 60 * 60_000];
/** Milliseconds after each attempt that failed: about a day in all. */
export const PAUSES = [
  30 * SECOND,
  2 * MINUTE,
  10 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  4 * HOUR,
  8 * HOUR,
  8 * HOUR,
] as const;
const KEPT_FOR = 30 * 24 * HOUR;
export type MailCounts = { readonly waiting: number; readonly parked: number };

/** Mails that are listed. */
const LISTED = 200;

const instant = (at: number) => new Date(at).toISOString();

export class MailStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(
      `CREATE TABLE IF NOT EXISTS mails (id TEXT PRIMARY KEY, subject TEXT NOT NULL, text TEXT NOT NULL, html TEXT NOT NULL,
       at REAL NOT NULL, status TEXT NOT NULL, attempts INTEGER NOT NULL, next_at REAL, error TEXT)`,
    );
    // Those that a server may have taken.
    sql.exec("CREATE TABLE IF NOT EXISTS uncertain (id TEXT PRIMARY KEY) WITHOUT ROWID");
  }

  /** @param id the same mail again changes nothing */
  add(id: string, { subject, text, html }: MailText, now: number): void {
    this.#sql.exec(
      `INSERT INTO mails (id, subject, text, html, at, status, attempts, next_at, error)
       VALUES (?, ?, ?, ?, ?, 'waiting', 0, ?, NULL) ON CONFLICT DO NOTHING`,
      id,
      subject,
      text,
      html,
      now,
      now,
    );
  }

  /** The first that it is time for; null where there is none. */
  due(now: number): Mail | null {
    const [row] = this.#sql
      .exec<Row>(
        "SELECT * FROM mails WHERE status = 'waiting' AND next_at <= ? ORDER BY next_at, rowid LIMIT 1",
        now,
      )
      .toArray();
    return row === undefined
      ? null
      : { id: row.id, subject: row.subject, text: row.text, html: row.html, at: row.at };
  }

  /** Writes down how an attempt ended. */
  settle(id: string, sent: Sent, now: number): void {
    const { attempts } = this.#sql
      .exec<{ attempts: number }>(
        "UPDATE mails SET attempts = attempts + 1 WHERE id = ? RETURNING attempts",
        id,
      )
      .one();
    if (sent.status === "sent") {
      this.#sql.exec("UPDATE mails SET status = 'sent', next_at = NULL, error = NULL WHERE id = ?", id);
      return;
    }
    // Whoever has got it twice must not get it a third time.
    const isEnough = sent.permanent || (sent.uncertain && !this.#noteUncertain(id));
    const pause = isEnough ? undefined : PAUSES[attempts - 1];
    this.#sql.exec(
      "UPDATE mails SET status = ?, next_at = ?, error = ? WHERE id = ?",
      pause === undefined ? "parked" : "waiting",
      pause === undefined ? null : now + pause,
      sent.reason,
      id,
    );
  }

  /** @returns false where it was so before */
  #noteUncertain(id: string): boolean {
    return this.#sql.exec("INSERT INTO uncertain (id) VALUES (?) ON CONFLICT DO NOTHING", id).rowsWritten > 0;
  }

  /** Nothing that waits goes out before, but what somebody has asked for. */
  postpone(until: number, asked: ReadonlySet<string>): void {
    this.#sql.exec(
      "UPDATE mails SET next_at = ?1 WHERE status = 'waiting' AND next_at < ?1 AND id NOT IN (SELECT value FROM json_each(?2))",
      until,
      JSON.stringify([...asked]),
    );
  }

  /** Tries a mail again from the begin. @returns false where there is none that was not sent */
  retry(id: string, now: number): boolean {
    const found = this.#sql.exec(
      "UPDATE mails SET status = 'waiting', attempts = 0, next_at = ? WHERE id = ? AND status <> 'sent' RETURNING id",
      now,
      id,
    );
    return found.toArray().length > 0;
  }

  /** @returns false where there is none */
  remove(id: string): boolean {
    this.#sql.exec("DELETE FROM uncertain WHERE id = ?", id);
    return this.#sql.exec("DELETE FROM mails WHERE id = ? RETURNING id", id).toArray().length > 0;
  }

  count(): MailCounts {
    const { waiting, parked } = this.#sql
      .exec<MailCounts>(
        "SELECT count(*) FILTER (WHERE status = 'waiting') AS waiting, count(*) FILTER (WHERE status = 'parked') AS parked FROM mails",
      )
      .one();
    return { waiting, parked };
  }

  /** The newest first. */
  list(): MailView[] {
    return this.#sql
      .exec<Row>("SELECT * FROM mails ORDER BY at DESC, rowid DESC LIMIT ?", LISTED)
      .toArray()
      .map(({ id, subject, status, attempts, error, at, next_at }) => ({
        id,
        subject,
        status,
        attempts,
        error,
        created_at: instant(at),
        next_attempt_at: next_at === null ? null : instant(next_at),
      }));
  }

  /** What was not sent is kept until somebody looks at it. */
  forgetOld(now: number): void {
    this.#sql.exec("DELETE FROM mails WHERE status = 'sent' AND at < ?", now - KEPT_FOR);
    this.#sql.exec("DELETE FROM uncertain WHERE id NOT IN (SELECT id FROM mails)");
  }

  /** In milliseconds; null where nothing waits. */
  nextDue(): number | null {
    return this.#sql
      .exec<{ at: number | null }>("SELECT min(next_at) AS at FROM mails WHERE status = 'waiting'")
      .one().at;
  }
}
