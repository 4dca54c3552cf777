/** Tells the objects of all endpoints of the events that they want. */

import { wants } from "../../domain/webhooks/endpoint.ts";
import { messageOf, type WebhookMessage } from "../../domain/webhooks/message.ts";
import { webhookStub } from "../../durable-objects/webhook.ts";
import type { Bindings } from "../bindings.ts";
import { databaseOf } from "../read-models/database.ts";
import { readWantingEndpoints } from "../read-models/webhook-endpoints.ts";
import type { Progress } from "../subscription/progress.ts";
import { untilShown } from "../subscription/shown.ts";
import { subscriber } from "../subscription/subscriber.ts";

export const WEBHOOKS = "webhooks";
const SOURCE = "trento-edge";

/** Who tells, as endpoints see it. */
export function sourceOf(env: Pick<Bindings, "BASE_URL">): string {
  return env.BASE_URL ?? SOURCE;
}

interface Told {
  readonly message: WebhookMessage;
  readonly occurredAt: string;
}

function toldOf(progress: readonly Progress[], source: string): Told[] {
  return progress.flatMap(({ stream, events }) =>
    events.flatMap((event) => {
      const message = messageOf(stream, event, source);
      return message === null ? [] : [{ message, occurredAt: event.occurredAt }];
    }),
  );
}

/** An endpoint is told of what happened since it was there: a stream may tell its whole history. */
async function tellEndpoints(env: Bindings, told: readonly Told[]): Promise<void> {
  if (told.length === 0) return;
  const endpoints = await readWantingEndpoints(databaseOf(env));
  await Promise.all(
    endpoints.map(async ({ id, event_types, inserted_at }) => {
      const own = told
        .filter(({ message, occurredAt }) => occurredAt >= inserted_at && wants(event_types, message.type))
        .map(({ message }) => message);
      if (own.length > 0) await webhookStub(env, id).enqueue(id, own);
    }),
  );
}

/** Objects know what they were told. */
export const tellThirdParties = subscriber(WEBHOOKS, async (fresh, env) => {
  const told = toldOf(fresh, sourceOf(env));
  if (told.length > 0) await untilShown(env, fresh);
  await tellEndpoints(env, told);
});
