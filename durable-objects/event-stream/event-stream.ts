/** The event stream of one aggregate: append only, in the SQLite of its Durable Object. */
import type { Command, DomainEvent } from "../../domain/decider.ts";
import { eventId, keepOutcome, outcomeOf } from "./command-log.ts";
import { type CommandOutcome, type CommandRequest, meetsExpectation } from "./commands.ts";
import type { AggregateDefinition } from "./definition.ts";
import {
  firstVersionOf,
  insertEvent,
  lastEventRow,
  lastVersionOf,
  type PreparedEvent,
  readEventRows,
  versionAt,
} from "./event-rows.ts";
import type { StoredEvent, StreamName } from "./events.ts";
import { insertSnapshot, SNAPSHOT_EVERY, snapshotAt } from "./snapshots.ts";
import { createTables, hasTables } from "./tables.ts";
import { currentSchemaVersion } from "./upcasting.ts";

/**
 * A row holds 2 MB, on the platform's two databases alike, and a read model's row may join what several events told. Real
 * events stay far below.
 */
export const MAX_EVENT_BYTES = 500_000;

/** What a stream takes from outside itself. */
export interface StreamPorts {
  now(): Date;
  /** Called inside the transaction that appends events: whatever it writes is committed with them, or not at all. */
  onAppend(events: readonly StoredEvent[]): void;
}

interface Loaded<S> {
  readonly state: S;
  readonly version: number;
  readonly closed: boolean;
  readonly lastOccurredAt: string;
  readonly snapshotVersion: number;
}

export class EventStream<S, C extends Command, E extends DomainEvent, R extends string> {
  readonly #storage: DurableObjectStorage;
  readonly #definition: AggregateDefinition<S, C, E, R>;
  readonly #ports: StreamPorts;
  #exists: boolean;
  #name: StreamName | null = null;
  #loaded: Loaded<S> | null = null;

  constructor(
    storage: DurableObjectStorage,
    definition: AggregateDefinition<S, C, E, R>,
    ports: StreamPorts,
  ) {
    this.#storage = storage;
    this.#definition = definition;
    this.#ports = ports;
    this.#exists = hasTables(storage.sql);
  }

  get version(): number {
    return this.#exists ? this.#load().version : 0;
  }

  /** Type and id of the aggregate, as its first command told; null before it. */
  get name(): StreamName | null {
    if (this.#name === null && this.#exists) {
      const row = this.#storage.sql.exec<{ type: string; id: string }>("SELECT type, id FROM stream").one();
      this.#name = { type: row.type, id: row.id };
    }
    return this.#name;
  }

  /**
   * Handles one command in one turn: rehydrate, decide, append, remember. Nothing is awaited on the way, so no other
   * command comes between, and a throw leaves storage and memory as they were.
   */
  handle(request: CommandRequest<C>): CommandOutcome<R> {
    this.#requireName(request.stream);
    const earlier = this.#exists ? outcomeOf<R>(this.#storage.sql, request.commandId) : null;
    if (earlier !== null) return earlier;

    const loaded = this.#load();
    const expected = request.expected ?? "any";
    if (!meetsExpectation(expected, loaded.version)) {
      return { status: "conflict", expected, actual: loaded.version };
    }
    const decision = this.#definition.decide(request.command, loaded.state);
    if (!decision.ok) return this.#conclude(request, { status: "refused", error: decision.error });
    const [first] = decision.events;
    if (first === undefined) {
      return this.#conclude(request, { status: "accepted", version: loaded.version, events: [] });
    }
    if (loaded.closed && !this.#definition.reopenedBy.includes(first.type)) {
      return this.#conclude(request, { status: "closed" });
    }
    return this.#append(request, loaded, decision.events);
  }

  /** Events from `from` to `to`, both included, at the present schema. */
  read(from: number, to: number): Generator<StoredEvent<E>> | [] {
    return this.#exists ? readEventRows<E>(this.#storage.sql, this.#definition.upcasters, from, to) : [];
  }

  /** Version of the last event of one of the types before a version; 0 when there is none. */
  lastVersionOf(types: Iterable<string>, before: number): number {
    return this.#exists ? lastVersionOf(this.#storage.sql, types, before) : 0;
  }

  /** Version of the first event of one of the types after a version; 0 when there is none. */
  firstVersionOf(types: Iterable<string>, after: number): number {
    return this.#exists ? firstVersionOf(this.#storage.sql, types, after) : 0;
  }

  /** The state as it was at a version, or at a time (ISO 8601 in UTC). */
  stateAt(moment: { version: number } | { time: string }): { version: number; state: S } {
    const last = this.version;
    if (last === 0) return { version: 0, state: this.#definition.initialState() };
    const sql = this.#storage.sql;
    const version = "time" in moment ? versionAt(sql, last, moment.time) : Math.min(moment.version, last);
    // The latest is at hand: others ask for it often.
    return { version, state: (version === last ? this.#load() : this.#replay(version)).state };
  }

  #append(request: CommandRequest<C>, before: Loaded<S>, events: readonly E[]): CommandOutcome<R> {
    const prepared = events.map((event, index) =>
      this.#prepare(event, eventId(request.commandId, index + 1)),
    );
    const tooLarge = prepared.map((event) => byteLength(event.data)).find((bytes) => bytes > MAX_EVENT_BYTES);
    if (tooLarge !== undefined) return { status: "too_large", bytes: tooLarge, limit: MAX_EVENT_BYTES };

    const now = this.#ports.now().toISOString();
    // biome-ignore lint/complexity/useMathMinMax: these are texts
    const occurredAt = now > before.lastOccurredAt ? now : before.lastOccurredAt;
    const version = before.version + events.length;
    const state = events.reduce((older, event) => this.#definition.evolve(older, event), before.state);
    const takesSnapshot = version - before.snapshotVersion >= SNAPSHOT_EVERY;
    const outcome: CommandOutcome<R> = {
      status: "accepted",
      version,
      events: events.map((event) => event.type),
    };
    const stored = prepared.map(
      (event, index): StoredEvent => ({
        version: before.version + index + 1,
        id: event.id,
        type: event.type,
        schemaVersion: event.schemaVersion,
        data: events[index]?.data,
        metadata: request.metadata,
        occurredAt,
      }),
    );
    this.#write(request.stream, (sql) => {
      const metadata = JSON.stringify(request.metadata);
      prepared.forEach((event, index) => {
        insertEvent(sql, before.version + index + 1, event, metadata, occurredAt);
      });
      if (takesSnapshot) insertSnapshot(sql, version, this.#definition.snapshotSchema, JSON.stringify(state));
      this.#ports.onAppend(stored);
    });
    this.#loaded = {
      state,
      version,
      closed: events.at(-1)?.type === this.#definition.closedBy,
      lastOccurredAt: occurredAt,
      snapshotVersion: takesSnapshot ? version : before.snapshotVersion,
    };
    return outcome;
  }

  #prepare(event: E, id: string): PreparedEvent {
    return {
      id,
      type: event.type,
      schemaVersion: currentSchemaVersion(this.#definition.upcasters, event.type),
      data: JSON.stringify(event.data),
    };
  }

  /** Remembers an outcome that appended nothing. A stream that is not there is not made for it. */
  #conclude(request: CommandRequest<C>, outcome: CommandOutcome<R>): CommandOutcome<R> {
    if (this.#exists && (request.keepOutcome ?? "always") === "always") {
      keepOutcome(this.#storage.sql, request.commandId, outcome);
    }
    return outcome;
  }

  #write(name: StreamName, body: (sql: SqlStorage) => void): void {
    const sql = this.#storage.sql;
    this.#storage.transactionSync(() => {
      if (!this.#exists) {
        createTables(sql);
        sql.exec("INSERT INTO stream (only, type, id) VALUES (1, ?, ?)", name.type, name.id);
      }
      body(sql);
    });
    this.#exists = true;
  }

  #load(): Loaded<S> {
    this.#loaded ??= this.#replay(Number.MAX_SAFE_INTEGER);
    return this.#loaded;
  }

  #replay(upTo: number): Loaded<S> {
    const definition = this.#definition;
    const sql = this.#storage.sql;
    const last = this.#exists ? lastEventRow(sql) : null;
    const snapshot = this.#exists ? snapshotAt<S>(sql, upTo, definition.snapshotSchema) : null;
    let state = snapshot?.state ?? definition.initialState();
    let version = snapshot?.version ?? 0;
    for (const event of this.read(version + 1, upTo)) {
      // `version` and the other fields beside type and data are of no interest to `evolve`.
      state = definition.evolve(state, event as unknown as E);
      version = event.version;
    }
    return {
      state,
      version,
      closed: last?.type === definition.closedBy,
      lastOccurredAt: last?.occurredAt ?? "",
      snapshotVersion: snapshot?.version ?? 0,
    };
  }

  /** The name is stored at the first command: a Durable Object woken by an alarm may not know what it is called. */
  #requireName(asked: StreamName): void {
    if (asked.type !== this.#definition.type)
      throw new Error(`a ${this.#definition.type} stream was asked as ${asked.type}`);
    const stored = this.name;
    if (stored !== null && stored.id !== asked.id) {
      throw new Error(`the stream of ${stored.id} was asked as ${asked.id}`);
    }
  }
}

/** Counted only where it can matter: a character takes at most three bytes. */
function byteLength(text: string): number {
  if (text.length * 3 <= MAX_EVENT_BYTES) return text.length;
  return new TextEncoder().encode(text).byteLength;
}
