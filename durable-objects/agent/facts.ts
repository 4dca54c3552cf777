/** Small facts that an agent's object remembers, by name. They are read from memory, and written only when they change. */
import { dequal } from "dequal/lite";
import { z } from "zod";

const announcedSchema = z.array(
  z.object({ tenant: z.string(), databaseId: z.string(), addresses: z.array(z.string()) }),
);
/** What was told of the host's databases, so that others find them. */
export type Announced = z.infer<typeof announcedSchema>;

const schemas = {
  clusterId: z.string().nullable().default(null),
  /** Instances that the cluster moves, as `<sid>/<instance number>`. */
  movable: z.array(z.string()).default([]),
  /** Of the host, without masks. */
  addresses: z.array(z.string()).default([]),
  announced: announcedSchema.default([]),
  /** Nothing new came since the host was given up for lost, or deregistered: what is stored is not what is. */
  silent: z.boolean().default(false),
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
