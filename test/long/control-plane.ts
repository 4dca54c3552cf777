/** What the program asks the control plane for, through all its restarts. */
import { z } from "zod";

const stale = z.string().nullable();
const instances = z.array(
  z.looseObject({ host_id: z.string(), instance_number: z.string(), stale_at: stale }),
);
const shapes = {
  hosts: z.array(
    z.looseObject({
      id: z.string(),
      hostname: z.string(),
      heartbeat: z.string(),
      cluster_id: z.string().nullable(),
      stale_at: stale,
    }),
  ),
  clusters: z.array(z.looseObject({ id: z.string(), stale_at: stale })),
  databases: z.array(z.looseObject({ id: z.string(), database_instances: instances })),
  sap_systems: z.array(z.looseObject({ id: z.string(), application_instances: instances })),
};
const paths = {
  hosts: "/api/v1/hosts",
  clusters: "/api/v2/clusters",
  databases: "/api/v1/databases",
  sap_systems: "/api/v1/sap_systems",
};
const entriesSchema = z.object({
  data: z.array(
    z.looseObject({ occurred_on: z.string(), metadata: z.looseObject({ host_id: z.string().optional() }) }),
  ),
  pagination: z.looseObject({ end_cursor: z.string().nullable(), has_next_page: z.boolean() }),
});
export const executionSchema = z.looseObject({
  status: z.string(),
  result: z.string().nullable(),
  timeout: z.array(z.unknown()).nullish(),
});

export interface HeartbeatEvent {
  readonly hostId: string;
  /** Milliseconds. */
  readonly at: number;
}

/** Something that is stale, and the hosts that have to tell it anew. */
export interface StaleMark {
  readonly name: string;
  readonly hosts: readonly string[];
}

export class ControlPlane {
  readonly #url: string;
  readonly #password: string;
  #token = "";

  constructor(url: string, password: string) {
    this.#url = url;
    this.#password = password;
  }

  async #signIn(): Promise<void> {
    const session = await fetch(`${this.#url}/api/session`, {
      method: "POST",
      body: JSON.stringify({ username: "admin", password: this.#password }),
      headers: { "Content-Type": "application/json" },
    });
    const { access_token } = z.object({ access_token: z.string() }).parse(await session.json());
    this.#token = access_token;
  }

  async get<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>> {
    for (let tried = 0; ; tried += 1) {
      const answer = await fetch(`${this.#url}${path}`, {
        headers: { Authorization: `Bearer ${this.#token}` },
        signal: AbortSignal.timeout(20_000),
      });
      if (answer.status === 200) return schema.parse(await answer.json());
      const text = await answer.text();
      // Tokens last three minutes.
      if (answer.status !== 401 || tried > 0) throw new Error(`${answer.status} ${text} for ${path}`);
      await this.#signIn();
    }
  }

  hosts = () => this.get(paths.hosts, shapes.hosts);

  async staleMarks(): Promise<StaleMark[]> {
    const [hosts, clusters, databases, systems] = await Promise.all([
      this.hosts(),
      this.get(paths.clusters, shapes.clusters),
      this.get(paths.databases, shapes.databases),
      this.get(paths.sap_systems, shapes.sap_systems),
    ]);
    const own = [
      ...databases.flatMap(({ id, database_instances: all }) => all.map((one) => ({ of: id, ...one }))),
      ...systems.flatMap(({ id, application_instances: all }) => all.map((one) => ({ of: id, ...one }))),
    ];
    return [
      ...hosts
        .filter(({ stale_at }) => stale_at !== null)
        .map(({ id }) => ({ name: `host ${id}`, hosts: [id] })),
      ...clusters
        .filter(({ stale_at }) => stale_at !== null)
        .map(({ id }) => ({
          name: `cluster ${id}`,
          hosts: hosts.filter(({ cluster_id }) => cluster_id === id).map((host) => host.id),
        })),
      ...own
        .filter(({ stale_at }) => stale_at !== null)
        .map(({ of, host_id, instance_number }) => ({
          name: `instance ${of}/${instance_number} on ${host_id}`,
          hosts: [host_id],
        })),
    ];
  }

  /** All of one type that are in the activity log. */
  async heartbeats(type: "heartbeat_failed" | "heartbeat_succeeded"): Promise<HeartbeatEvent[]> {
    const found: HeartbeatEvent[] = [];
    for (let after: string | null = ""; after !== null; ) {
      const page: z.infer<typeof entriesSchema> = await this.get(
        `/api/v1/activity_log?first=100&type=${type}${after === "" ? "" : `&after=${after}`}`,
        entriesSchema,
      );
      for (const { occurred_on, metadata } of page.data) {
        found.push({ hostId: metadata.host_id ?? "", at: Date.parse(occurred_on) });
      }
      after = page.pagination.has_next_page ? page.pagination.end_cursor : null;
    }
    return found;
  }
}
