/** What endpoints are told: CloudEvents 1.0 in JSON. */
import { typeOfEvent } from "../activity-log/entry.ts";

export interface WebhookMessage {
  /** Of the event: the same at every attempt, and to every endpoint. */
  readonly id: string;
  readonly type: string;
  readonly body: string;
}

interface HappenedEvent {
  readonly id: string;
  readonly type: string;
  readonly data: unknown;
  readonly metadata: { readonly correlationId: string; readonly actor: string };
  readonly occurredAt: string;
}

interface Stream {
  readonly type: string;
  readonly id: string;
}

/** Steps of an execution are nobody's business but its own. */
const untold: ReadonlySet<string> = new Set(["TargetAnswered"]);

type Context = Readonly<Record<"id" | "source" | "type" | "subject" | "time", string>>;

function cloudEvent(context: Context, more: object): WebhookMessage {
  const { id, type } = context;
  const body = { specversion: "1.0", ...context, datacontenttype: "application/json", ...more };
  return { id, type, body: JSON.stringify(body) };
}

/** Null for what is not told. @param source who tells: the address of the UI where it is known */
export function messageOf(stream: Stream, event: HappenedEvent, source: string): WebhookMessage | null {
  if (untold.has(event.type)) return null;
  const type = typeOfEvent(event.type);
  return cloudEvent(
    { id: event.id, source, type, subject: `${stream.type}/${stream.id}`, time: event.occurredAt },
    { correlationid: event.metadata.correlationId, data: event.data },
  );
}

/** A message that tells nothing: whoever set up an endpoint sees that it arrives. @param now ISO 8601 in UTC */
export function testMessage(id: string, source: string, now: string): WebhookMessage {
  return cloudEvent(
    { id, source, type: "webhook_test", subject: "webhook", time: now },
    { data: { message: "This endpoint is told of events." } },
  );
}
