/** Tells all relays that have ever come what their brokers are to publish. */
import { v5 as uuid } from "uuid";
import type { BrokerMessage, ToRelay } from "../checks/relay-messages.ts";
import { inBatches } from "./batches.ts";
import type { DurableObjectBindings } from "./bindings.ts";

type RelayBindings = Pick<DurableObjectBindings, "DB" | "RELAY">;

/** Milliseconds for which an isolate trusts what it has read: a relay that is new hears of what comes later. */
const TRUSTED_FOR = 5_000;
/** Milliseconds that a result waits for a relay; a request waits as long as its answer is waited for. */
export const RESULTS_WAIT = 24 * 60 * 60_000;
/** Milliseconds that a wish for a discovery waits for an agent. */
export const DISCOVERY_WAITS = 5 * 60_000;
/** Namespace of the ids of messages. */
const MESSAGES = "5e5c3d0f-3f0a-4f43-9d0b-2f1f6d7a9c11";

let known: { readonly db: D1Database; readonly names: readonly string[]; readonly until: number } | null =
  null;

async function namesOf(db: D1Database): Promise<readonly string[]> {
  if (known?.db === db && known.until > Date.now()) return known.names;
  const { results } = await db.prepare("SELECT name FROM relays ORDER BY name").all<{ name: string }>();
  const names = results.map(({ name }) => name);
  known = { db, names, until: Date.now() + TRUSTED_FOR };
  return names;
}

/** A relay came or was removed: this isolate looks again. */
export function lookAgain(): void {
  known = null;
}

export function relayStub(env: Pick<RelayBindings, "RELAY">, name: string) {
  return env.RELAY.getByName(name.toLowerCase());
}

/**
 * @param key of the message: told again with the same, it is the same message
 * @param waits milliseconds
 */
export function toRelay(key: string, message: BrokerMessage, waits: number, now = Date.now()): ToRelay {
  return {
    id: uuid(key, MESSAGES),
    time: new Date(now).toISOString(),
    expires_at: new Date(now + waits).toISOString(),
    message,
  };
}

/** Rejects when one could not be told: told again, the others keep it once. */
export async function tellRelays(env: RelayBindings, messages: readonly ToRelay[]): Promise<void> {
  const names = messages.length > 0 ? await namesOf(env.DB) : [];
  await inBatches(names, (name) => relayStub(env, name).tell(messages));
}
