/** Events as the mailroom is told of them: with the names of things, and all that they may have to do with. */
import { type Trouble, turnOf } from "../../domain/alerts/alert.ts";
import type { AlertNews } from "../../domain/alerts/message.ts";
import type { StoredEvent } from "../../durable-objects/event-stream/events.ts";
import type { Report } from "../../durable-objects/mailroom/alerts.ts";
import { type Surroundings, surroundingsOf } from "./surroundings.ts";

function factsOf({ kind, resource }: Trouble, { cluster, instances }: Surroundings): Record<string, string> {
  if (resource !== "host") return {};
  return {
    ...(cluster === null ? {} : { Cluster: cluster }),
    ...(kind === "heartbeat" && instances.length > 0 ? { "Runs on it": instances.join(", ") } : {}),
  };
}

async function reportOf(db: D1Database, event: StoredEvent): Promise<Report | null> {
  const turn = turnOf(event);
  if (turn === null) return null;
  const { trouble } = turn;
  const surroundings = await surroundingsOf(db, trouble);
  const thing = {
    ...trouble,
    name: surroundings.name ?? trouble.id,
    at: event.occurredAt,
    facts: factsOf(trouble, surroundings),
  };
  const news: AlertNews =
    turn.turn === "critical"
      ? { turn: "critical", over: null, ...thing }
      : { turn: "over", health: turn.health, ...thing };
  return { id: event.id, news, related: surroundings.related };
}

/** In the order of the events. */
export async function reportsOf(db: D1Database, events: readonly StoredEvent[]): Promise<Report[]> {
  const reports = await Promise.all(events.map((event) => reportOf(db, event)));
  return reports.filter((report) => report !== null);
}
