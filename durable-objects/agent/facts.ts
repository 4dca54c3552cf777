/** Small facts that an agent's object remembers, by name. They are read from memory, and written only when they change. */
import { dequal } from "dequal/lite";
import { z } from "zod";
import { discoveryTypeSchema } from "../../domain/discovery/envelope.ts";

const announcedSchema = z.array(
  z.object({ tenant: z.string(), databaseId: z.string(), addresses: z.array(z.string()) }),
);
/** What was told of the host's databases, so that others find them. */
export type Announced = z.infer<typeof announcedSchema>;

/** The event of the host that something follows from. Its id makes every command's id, so that repeating it has no second effect. */
const hostCauseSchema = z.object({
  eventId: z.string(),
  /** Of the event, in the host's stream. */
  version: z.int(),
  hostId: z.string(),
  at: z.string(),
  correlationId: z.string(),
});
export type HostCause = Readonly<z.infer<typeof hostCauseSchema>>;

const openSchema = z.object({
  layer: z.enum(["application", "database"]).nullable(),
  kind: z.enum(["waits", "error", "delayed"]),
  reason: z.string(),
});
/** Something of a discovery that is not applied: it waits, was refused, or could not be told to who is to apply it. */
export type Open = z.infer<typeof openSchema>;

const delaySchema = z.object({
  type: discoveryTypeSchema,
  /** That were made. */
  attempts: z.int(),
  /** ISO 8601 in UTC: when the first failed. */
  since: z.string(),
});
/** A discovery of which something could not be told to who is to apply it: it is tried again. */
export type Delay = Readonly<z.infer<typeof delaySchema>>;

const schemas = {
  /** Whether the host is registered. */
  registered: z.boolean().default(false),
  clusterId: z.string().nullable().default(null),
  /** Whether the host described its cluster last time: it was the designated controller. */
  controls: z.boolean().default(false),
  /** Instances that the cluster moves, as `<sid>/<instance number>`. */
  movable: z.array(z.string()).default([]),
  /** Of the host, without masks. */
  addresses: z.array(z.string()).default([]),
  /** IPv6 addresses of the host, which its registration does not tell. */
  furtherAddresses: z.array(z.string()).default([]),
  announced: announcedSchema.default([]),
  /** Types of which nothing new came since the host was given up for lost, or deregistered: what is stored is not what is. */
  outdated: z.array(discoveryTypeSchema).default([]),
  /** Types of which the last that came was refused: what is stored is not what the agent says. */
  refused: z.array(discoveryTypeSchema).default([]),
  /** Numbers of the instances that left the host since its last discovery of SAP systems. */
  left: z.array(z.string()).default([]),
  /** What is open of the last discovery of SAP systems. */
  open: z.array(openSchema).default([]),
  /** Types of which a command was not answered: nobody knows whether it had its effect, nor what follows from it. */
  unanswered: z.array(discoveryTypeSchema).default([]),
  delays: z.array(delaySchema).default([]),
  /** What the host's deregistration that is under way follows from. */
  leaving: hostCauseSchema.nullable().default(null),
  /** Version of the host's last event that all has followed from, as far as it concerns the agent's object. */
  followed: z.int().default(0),
  /** What the tuning was judged by last. */
  sapRunning: z.boolean().default(false),
};
type FactName = keyof typeof schemas;
type FactValues = { [Name in FactName]: z.infer<(typeof schemas)[Name]> };

export class Facts {
  readonly #sql: SqlStorage;
  #values: FactValues;

  constructor(sql: SqlStorage) {
    this.#sql = sql;
    const rows = sql.exec<{ key: string; value: string }>("SELECT key, value FROM memory").toArray();
    const stored = Object.fromEntries(rows.map(({ key, value }) => [key, JSON.parse(value)]));
    this.#values = z.object(schemas).parse(stored);
  }

  get<Name extends FactName>(name: Name): FactValues[Name] {
    return this.#values[name];
  }

  /** @returns whether it is news */
  set<Name extends FactName>(name: Name, value: FactValues[Name]): boolean {
    if (dequal(this.#values[name], value)) return false;
    this.#sql.exec("INSERT OR REPLACE INTO memory (key, value) VALUES (?, ?)", name, JSON.stringify(value));
    this.#values = { ...this.#values, [name]: value };
    return true;
  }
}
