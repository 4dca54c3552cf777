/** Faults of the product that are known and not mended in it yet: mended as it is loaded, so that the next is found. */
import type { Change } from "./plants.ts";

const DELIVERY = "durable-objects/event-stream/delivery.ts";

/** `MEND=none` leaves them; `MEND=a,b` mends these alone. */
export const mends: Readonly<Record<string, readonly Change[]>> = {
  "whole-milliseconds": [
    {
      module: DELIVERY,
      find: "setAlarm(now() + pause * (1 + random() / 4));",
      put: "setAlarm(Math.ceil(now() + pause * (1 + random() / 4)));",
    },
    {
      module: "durable-objects/webhook.ts",
      find: "await this.ctx.storage.setAlarm(Math.max(1, at));",
      put: "await this.ctx.storage.setAlarm(Math.ceil(Math.max(1, at)));",
    },
  ],
  "resend-looks-on": [
    {
      module: DELIVERY,
      find: "      const last = Math.min(wanted, applied + SENT_AT_ONCE);\n      await this.#send([subscriber], applied + 1, last);",
      put: `      let first = applied + 1;
      const concerns = ({ type }: StoredEvent) => subscriber.wants === undefined || subscriber.wants.has(type);
      while (first + SENT_AT_ONCE <= wanted && !this.#events(first, first + SENT_AT_ONCE - 1).some(concerns)) first += SENT_AT_ONCE;
      const last = Math.min(wanted, first + SENT_AT_ONCE - 1);
      await this.#send([subscriber], first, last);`,
    },
  ],
  "interest-without-latch": [
    { module: "durable-objects/webhook-interest.ts", find: "  if (isLooking) return;\n", put: "" },
  ],
  // Told again after a failure, a cluster's members are told again too, as a database's systems are.
  "members-told-again": [
    {
      module: "workers/projector/news.ts",
      find: "  if (ofMembers.length === 0) return { changes: [], messages: [] };\n  const hosts = await readHosts(db, distinct(ofMembers.map(({ hostId }) => hostId)));",
      put: `  const again = progress.filter(({ stream, previous, reached }) => stream.type === "cluster" && reached <= previous);
  const members = again.length === 0 ? [] : await db.select({ id: clusterHosts.host_id }).from(clusterHosts).where(inArray(clusterHosts.cluster_id, again.map(({ stream }) => stream.id)));
  if (ofMembers.length + members.length === 0) return { changes: [], messages: [] };
  const hosts = await readHosts(db, distinct([...ofMembers.map(({ hostId }) => hostId), ...members.map(({ id }) => id)]));`,
    },
    {
      module: "workers/projector/news.ts",
      find: 'import { loggedStreams } from "./activity-log.ts";',
      put: 'import { loggedStreams } from "./activity-log.ts";\nimport { inArray } from "drizzle-orm";\nimport { clusterHosts } from "../read-models/tables.ts";',
    },
  ],
  "delivery-time-kept": [
    {
      module: "durable-objects/execution.ts",
      find: '        this.#clock.clear("delivery");\n        return this.redeliver();',
      put: `        {
          const meanwhile = Date.now() + 600_000;
          this.#clock.set("delivery", meanwhile);
          return this.redeliver().then(() => {
            if (this.#clock.timeOf("delivery") === meanwhile) this.#clock.clear("delivery");
          });
        }`,
    },
  ],
  // Of the kind of A: a time that is set in the alarm, to now, in the very millisecond for which it rang.
  "not-in-its-own-millisecond": [
    {
      module: "durable-objects/alarm-clock.ts",
      find: "else void this.#storage.setAlarm(first);",
      put: "else void this.#storage.setAlarm(Math.max(Math.ceil(first), Date.now() + 1));",
    },
  ],
  "kept-before-told": [
    {
      module: "durable-objects/heartbeat-watch/watch.ts",
      find: `    const known = await this.#tell(hostId, "passing");
    if (known) this.#keep(hostId, { heartbeat: "passing", last }, shards);
    else this.forget(hostId);`,
      put: `    this.#keep(hostId, { heartbeat: "passing", last }, shards);
    const known = await this.#tell(hostId, "passing");
    if (!known) this.forget(hostId);`,
    },
  ],
};
