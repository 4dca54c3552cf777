/** What was reported and is not told yet, and what was told and is not over. */
import { z } from "zod";
import { type Trouble, troubleKey } from "../../domain/alerts/alert.ts";
import { incidentsOf } from "../../domain/alerts/incidents.ts";
import type { AlertNews } from "../../domain/alerts/message.ts";

/** What happened, as the notifier reports it: with names, and with everything that it may have to do with. */
export interface Report {
  /** Of the event: reported again, it is known. */
  readonly id: string;
  readonly news: AlertNews;
  readonly related: readonly string[];
}

interface Pending extends Report {
  /** Milliseconds from which on it is to be told. */
  readonly due: number;
}

type PendingRow = { report: string; due: number };

/** Milliseconds for which it is known what was reported. Who reports later than that is not heard: see the mailroom. */
export const KNOWN_FOR = 7 * 24 * 60 * 60_000;

export class AlertStore {
  readonly #sql: SqlStorage;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    sql.exec(
      "CREATE TABLE IF NOT EXISTS pending (id TEXT PRIMARY KEY, trouble TEXT NOT NULL, turn TEXT NOT NULL, due REAL NOT NULL, report TEXT NOT NULL)",
    );
    sql.exec("CREATE TABLE IF NOT EXISTS known (id TEXT PRIMARY KEY, at REAL NOT NULL) WITHOUT ROWID");
    sql.exec("CREATE TABLE IF NOT EXISTS told (trouble TEXT PRIMARY KEY) WITHOUT ROWID");
  }

  /** @returns false for what was reported before */
  remember(id: string, now: number): boolean {
    const { rowsWritten } = this.#sql.exec(
      "INSERT INTO known (id, at) VALUES (?, ?) ON CONFLICT DO NOTHING",
      id,
      now,
    );
    return rowsWritten > 0;
  }

  forgetOld(now: number): void {
    this.#sql.exec("DELETE FROM known WHERE at < ?", now - KNOWN_FOR);
  }

  add({ id, news, related }: Report, due: number): void {
    this.#sql.exec(
      "INSERT INTO pending (id, trouble, turn, due, report) VALUES (?, ?, ?, ?, ?)",
      id,
      keyOf(news),
      news.turn,
      due,
      JSON.stringify({ id, news, related }),
    );
  }

  /**
   * It is over. What was not told yet is told as over; what was told becomes news of its own.
   * @returns whether somebody was told that it began
   */
  end(news: Extract<AlertNews, { turn: "over" }>): boolean {
    const key = keyOf(news);
    this.#sql.exec(
      "UPDATE pending SET report = json_set(report, '$.news.over', json(?)) WHERE trouble = ? AND turn = 'critical' AND report ->> '$.news.over' IS NULL",
      JSON.stringify({ at: news.at, health: news.health }),
      key,
    );
    return this.#sql.exec("DELETE FROM told WHERE trouble = ? RETURNING trouble", key).toArray().length > 0;
  }

  /** The incidents of which something is due, and nothing of which is left behind. */
  takeDue(now: number): Report[][] {
    const pending = this.#sql
      .exec<PendingRow>("SELECT report, due FROM pending ORDER BY rowid")
      .toArray()
      .map(({ report, due }): Pending => ({ ...reportSchema.parse(JSON.parse(report)), due }));
    const turns = ["critical", "over"].flatMap((turn) =>
      incidentsOf(pending.filter(({ news }) => news.turn === turn)),
    );
    const due = turns.filter((incident) => incident.some((one) => one.due <= now));
    for (const { id, news } of due.flat()) {
      this.#sql.exec("DELETE FROM pending WHERE id = ?", id);
      if (news.turn === "critical" && news.over === null)
        this.#sql.exec("INSERT INTO told (trouble) VALUES (?) ON CONFLICT DO NOTHING", keyOf(news));
    }
    return due;
  }

  /** Nobody wants to be told any more. */
  clear(): void {
    this.#sql.exec("DELETE FROM pending");
    this.#sql.exec("DELETE FROM told");
  }

  /** In milliseconds; null where nothing waits. */
  nextDue(): number | null {
    return this.#sql.exec<{ due: number | null }>("SELECT min(due) AS due FROM pending").one().due;
  }
}

function keyOf(trouble: Trouble): string {
  return troubleKey(trouble);
}

/** Only `add` writes them. */
const reportSchema = z.object({
  id: z.string(),
  news: z.custom<AlertNews>(),
  related: z.array(z.string()),
});
