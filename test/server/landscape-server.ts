/** A started server that landscapes are posted to, and what it shows of them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { clusterViewSchema } from "../../domain/cluster/view.ts";
import { databaseViewSchema } from "../../domain/database/view.ts";
import { hostViewSchema } from "../../domain/host/view.ts";
import { healthSummarySchema } from "../../domain/sap-system/health-summary.ts";
import { sapSystemViewSchema } from "../../domain/sap-system/view.ts";
import { type Server, type ServerOptions, startServer } from "../../tools/server/server.ts";

const PASSWORD = "for landscapes";

const paths = {
  hosts: "/api/v1/hosts",
  clusters: "/api/v2/clusters",
  sap_systems: "/api/v1/sap_systems",
  databases: "/api/v1/databases",
  health: "/api/v1/sap_systems/health",
};

/** When something was written differs from run to run; all else must not. */
const TIMES_OF_WRITING = new Set(["inserted_at", "updated_at", "last_heartbeat_timestamp"]);

export class LandscapeServer {
  readonly dataDir = mkdtempSync(join(tmpdir(), "trento-edge-landscape-"));
  #server: Server | null = null;
  #token = "";

  /** @param variables of the Worker, as `CHECKS_INTERVAL` */
  async start(
    variables: Readonly<Record<string, string>> = {},
    more: Pick<ServerOptions, "bundle"> = {},
  ): Promise<void> {
    const server = await startServer({
      ...more,
      variables,
      dataDir: this.dataDir,
      port: 0,
      quiet: true,
      adminPassword: PASSWORD,
    });
    this.#server = server;
    await this.signIn();
  }

  /** Again, where a test takes longer than a token lasts. */
  async signIn(): Promise<void> {
    const { url, username, password } = this.address;
    const session = await fetch(`${url}/api/session`, {
      method: "POST",
      body: JSON.stringify({ username, password }),
      headers: { "Content-Type": "application/json" },
    });
    this.#token = z.object({ access_token: z.string() }).parse(await session.json()).access_token;
  }

  /** For agents and people of its own. */
  get address() {
    const { url, apiKey, adminUser: username } = this.#running;
    return { url, apiKey, username, password: PASSWORD };
  }

  get evaluatorPid(): number | undefined {
    return this.#running.evaluator.pid;
  }

  async stop(): Promise<void> {
    await this.#server?.stop();
    this.#server = null;
  }

  /** Stops it, and removes what it stored. */
  async end(): Promise<void> {
    await this.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }

  async collect(body: string): Promise<{ status: number; text: string }> {
    const answer = await fetch(`${this.#running.url}/api/v1/collect`, {
      method: "POST",
      body,
      headers: { "Content-Type": "application/json", "X-Trento-ApiKey": this.#running.apiKey },
    });
    return { status: answer.status, text: await answer.text() };
  }

  /**
   * Posts in the order of the bodies, so many at once.
   * @throws unless every one is answered with 202 and nothing else
   */
  async post(bodies: readonly string[], atOnce = 1): Promise<void> {
    const left = bodies.values();
    const work = async () => {
      for (const body of left) {
        const { status, text } = await this.collect(body);
        if (status !== 202 || text !== "{}") throw new Error(`${status} ${text} for ${body.slice(0, 200)}`);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
  }

  call(method: "POST" | "PUT" | "PATCH" | "DELETE", path: string, body?: unknown): Promise<Response> {
    return fetch(`${this.#running.url}${path}`, {
      method,
      headers: { Authorization: `Bearer ${this.#token}`, "Content-Type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  }

  /** One heartbeat of an agent; one that is never followed by another fails after a while. */
  async beat(agentId: string): Promise<void> {
    const { url, apiKey } = this.#running;
    await fetch(`${url}/api/v1/hosts/${agentId}/heartbeat`, {
      method: "POST",
      headers: { "X-Trento-ApiKey": apiKey },
    });
  }

  /** @returns the status of the answer */
  async delete(path: string): Promise<number> {
    return (await this.call("DELETE", path)).status;
  }

  async get<S extends z.ZodType>(path: string, schema: S): Promise<z.infer<S>> {
    const headers = { Authorization: `Bearer ${this.#token}` };
    const answer = await fetch(`${this.#running.url}${path}`, { headers });
    const text = await answer.text();
    if (answer.status !== 200) throw new Error(`${answer.status} ${text} for ${path}`);
    return schema.parse(JSON.parse(text));
  }

  hosts = () => this.get(paths.hosts, z.array(hostViewSchema));
  clusters = () => this.get(paths.clusters, z.array(clusterViewSchema));
  sapSystems = () => this.get(paths.sap_systems, z.array(sapSystemViewSchema));
  databases = () => this.get(paths.databases, z.array(databaseViewSchema));
  healthSummary = () => this.get(paths.health, z.array(healthSummarySchema));

  /**
   * All that a client can see of the landscape, as JSON, without the times at which it was written.
   * @param besides what else is left out, by its name
   */
  async readModels(besides?: string): Promise<string> {
    const read = await Promise.all(
      Object.entries(paths).map(async ([name, path]) => [name, await this.get(path, z.unknown())]),
    );
    return JSON.stringify(
      Object.fromEntries(read),
      (key, value) => (TIMES_OF_WRITING.has(key) || key === besides ? undefined : value),
      1,
    );
  }

  get #running(): Server {
    if (this.#server === null) throw new Error("the server was not started");
    return this.#server;
  }
}
