/** Faults that are planted: each takes one defence away from a module as it is loaded. */
export interface Change {
  readonly module: string;
  readonly find: string;
  readonly put: string;
}
export interface Plant {
  readonly what: string;
  readonly changes: readonly Change[];
  /** Run at the read models' database. */
  readonly sql?: string;
}

const DELIVERY = "durable-objects/event-stream/delivery.ts";
const STREAM = "durable-objects/event-stream/event-stream.ts";
const AGGREGATE = "durable-objects/event-stream/aggregate-object.ts";
const CONSUME = "workers/subscription/consume.ts";
const SUBSCRIBER = "workers/subscription/subscriber.ts";

export const plants: Readonly<Record<string, Plant>> = {
  "no-resend": {
    what: "1 the alarm sends nothing again",
    changes: [
      {
        module: DELIVERY,
        find: "    if (this.#ports.readStream().name === null) return;\n    try {",
        put: "    return;\n    try {",
      },
    ],
  },
  "no-guard": {
    what: "2 a checkpoint moves from anywhere",
    changes: [],
    sql: "DROP TRIGGER checkpoint_starts_at_zero; DROP TRIGGER checkpoint_moves_from_previous",
  },
  "no-gap-read": {
    what: "3 what lies between two messages is not read",
    changes: [
      {
        module: CONSUME,
        find: "const missingTo = Math.min(nudge.events === null ? nudge.to : nudge.from - 1, to);",
        put: "const missingTo = nudge.events === null ? Math.min(nudge.to, to) : reached;",
      },
    ],
  },
  "no-idempotency": {
    what: "4 a command that is known is handled again",
    changes: [
      {
        module: STREAM,
        find: "this.#exists ? outcomeOf<R>(this.#storage.sql, request.commandId) : null",
        put: "null as CommandOutcome<R> | null",
      },
    ],
  },
  "no-idempotency-at-all": {
    what: "4b and its events get other ids",
    changes: [
      {
        module: STREAM,
        find: "this.#exists ? outcomeOf<R>(this.#storage.sql, request.commandId) : null",
        put: "null as CommandOutcome<R> | null",
      },
      {
        module: STREAM,
        find: "eventId(request.commandId, index + 1)",
        // biome-ignore lint/suspicious/noTemplateCurlyInString: it is put into the source
        put: "eventId(`${request.commandId}~${before.version}`, index + 1)",
      },
    ],
  },
  "outbox-later": {
    what: "5 outbox and alarm are written after the commit",
    changes: [
      {
        module: STREAM,
        find: "      this.#ports.onAppend(stored);\n    });",
        put: "    });\n    void scheduler.wait(0).then(() => this.#ports.onAppend(stored));",
      },
    ],
  },
  "same-time": {
    what: "6 the alarm is set to the time that it rang for",
    changes: [
      {
        module: DELIVERY,
        find: "    setAlarm(this.#armedFor);",
        put: "    const own = this as unknown as { at?: number };\n    if (attempts === 0 || own.at === undefined) own.at = this.#armedFor;\n    setAlarm(own.at);",
      },
      {
        module: "durable-objects/alarm.ts",
        find: "    void this.#storage.setAlarm(time);",
        put: "    void this.#storage.setAlarm(at);",
      },
    ],
  },
  "ack-first": {
    what: "7 messages are acknowledged before they are applied",
    changes: [
      {
        module: CONSUME,
        find: "  const streams = byStream(messages);\n",
        put: "  for (const message of messages) message.ack();\n  const streams = byStream(messages);\n",
      },
    ],
  },
  "send-first": {
    what: "8 messages leave before the events are written",
    changes: [
      {
        module: STREAM,
        find: "    this.#write(request.stream, (sql) => {",
        put: "    (this.#ports as any).early(request.stream, stored);\n    this.#write(request.stream, (sql) => {",
      },
      {
        module: AGGREGATE,
        find: "      onAppend: (events) => this.#delivery.onAppend(events),",
        put: "      onAppend: (events) => this.#delivery.onAppend(events),\n      early: (stream: any, events: any) => { for (const { queue, wants } of this.subscribers()) { const own = wants === undefined ? events : events.filter((e: any) => wants.has(e.type)); if (own.length > 0) void queue.send({ stream, from: own[0].version, to: own.at(-1).version, events: own }).catch(() => {}); } },",
      },
    ],
  },
  "checkpoint-first": {
    what: "8b a subscriber's checkpoint moves before its work",
    changes: [
      { module: SUBSCRIBER, find: "        await work(fresh, env);\n", put: "" },
      {
        module: SUBSCRIBER,
        find: "          fresh.map((one) => advanceCheckpoint(db, name, one)),\n        );",
        put: "          fresh.map((one) => advanceCheckpoint(db, name, one)),\n        );\n        await work(fresh, env);",
      },
    ],
  },
  "few-woken": {
    what: "no fault, but a small limit: a directory wakes two at a time, in place of 200",
    changes: [
      {
        module: "durable-objects/directory.ts",
        find: "const WOKEN_AT_ONCE = 200;",
        put: "const WOKEN_AT_ONCE = 2;",
      },
    ],
  },
  "short-alarm": {
    what: "no fault, but a small limit: an endpoint's alarm goes on after 20 ms, in place of 5 minutes",
    changes: [
      {
        module: "durable-objects/webhook.ts",
        find: "const LONGEST_ALARM = 5 * 60_000;",
        put: "const LONGEST_ALARM = 20;",
      },
    ],
  },
  "two-batches": {
    what: "9 the projector's rows and checkpoints are two batches",
    changes: [
      {
        module: "workers/projector/index.ts",
        find: "      await runTogether(db, statements);",
        put: "      for (const one of statements) await runTogether(db, [one]);",
      },
    ],
  },
};
