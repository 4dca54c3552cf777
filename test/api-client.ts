/** How integration tests talk to the HTTP API: as anybody, as the administrator, as an agent. */
import { env, exports } from "cloudflare:workers";
import { expect } from "vitest";
import { z } from "zod";
import { clusterViewSchema } from "../domain/cluster/view.ts";
import { databaseViewSchema } from "../domain/database/view.ts";
import type { DiscoveryType } from "../domain/discovery/envelope.ts";
import { hostViewSchema } from "../domain/host/view.ts";
import { healthSummarySchema } from "../domain/sap-system/health-summary.ts";
import { sapSystemViewSchema } from "../domain/sap-system/view.ts";
import { hostStub } from "../durable-objects/streams.ts";
import { issueAccessToken } from "../workers/auth/tokens.ts";

declare global {
  namespace Cloudflare {
    interface GlobalProps {
      mainModule: typeof import("./worker.ts");
    }
  }
}

export interface Answer {
  readonly status: number;
  /** Parsed JSON; text when it is none; null when there is no body. */
  readonly body: unknown;
  readonly headers: Headers;
}

export interface Asked {
  /** Sent as JSON. */
  readonly json?: unknown;
  /** Sent as it is. */
  readonly raw?: string | Uint8Array | ReadableStream;
  readonly headers?: Readonly<Record<string, string>>;
}

const ORIGIN = "https://trento.example";

/** Redirects are answers, and are not followed. */
/** Where requests go. */
export type Door = (url: string, init: RequestInit) => Response | Promise<Response>;
const worker: Door = (url, init) => exports.default.fetch(url, init);

export async function call(
  method: string,
  path: string,
  asked: Asked = {},
  door: Door = worker,
): Promise<Answer> {
  const body = asked.json === undefined ? asked.raw : JSON.stringify(asked.json);
  const response = await door(`${ORIGIN}${path}`, {
    method,
    headers: {
      accept: "application/json",
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...asked.headers,
    },
    redirect: "manual",
    ...(body === undefined ? {} : { body }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json") === true;
  const { status, headers } = response;
  return { status, headers, body: text === "" ? null : isJson ? z.json().parse(JSON.parse(text)) : text };
}

/** An answer without its headers, to be compared as a whole. */
export async function outcome(asked: Promise<Answer>): Promise<Pick<Answer, "status" | "body">> {
  const { status, body } = await asked;
  return { status, body };
}

export const unauthorized = { status: 401, body: { error: "Unauthorized" } };
export const accepted = { status: 202, body: {} };
export const done = { status: 204, body: null };
export const notFound = refused(404, "Not Found", "The requested resource cannot be found.");
export const forbidden = refused(403, "Forbidden", "You can't perform the operation or access the resource.");

export function refused(status: number, title: string, detail: string) {
  return { status, body: { errors: [{ title, detail }] } };
}

/** What is answered for invalid fields, each given as pointer and detail. */
export function invalid(...fields: readonly (readonly [pointer: string, detail: string])[]) {
  const errors = fields.map(([pointer, detail]) => ({
    title: "Invalid value",
    detail,
    source: { pointer },
  }));
  return { status: 422, body: { errors } };
}

export const tokensSchema = z.strictObject({
  access_token: z.string(),
  expires_in: z.literal(180),
  refresh_token: z.string(),
});

export const apiKeySchema = z.strictObject({
  created_at: z.iso.datetime(),
  generated_api_key: z.string(),
  expire_at: z.iso.datetime().nullable(),
});

/** The fields of the contract and no others. */
const hostsSchema = z.array(z.strictObject(hostViewSchema.shape));
const clustersSchema = z.array(z.strictObject(clusterViewSchema.shape));
const sapSystemsSchema = z.array(z.strictObject(sapSystemViewSchema.shape));
const databasesSchema = z.array(z.strictObject(databaseViewSchema.shape));
const healthsSchema = z.array(z.strictObject(healthSummarySchema.shape));

export const discoveriesSchema = z.strictObject({
  latest: z.array(
    z.strictObject({
      discovery_type: z.string(),
      received_at: z.iso.datetime(),
      state: z.string(),
      reason: z.string().nullable(),
    }),
  ),
  failures: z.array(
    z.strictObject({
      id: z.guid(),
      discovery_type: z.string(),
      received_at: z.iso.datetime(),
      reason: z.unknown(),
    }),
  ),
});

export const credentials = { username: "admin", password: env.ADMIN_PASSWORD ?? "" };

export class Administrator {
  readonly token: string;

  private constructor(token: string) {
    this.token = token;
  }

  static async signIn(): Promise<Administrator> {
    const { body } = await call("POST", "/api/session", { json: credentials });
    return new Administrator(tokensSchema.parse(body).access_token);
  }

  call(method: string, path: string, asked: Asked = {}): Promise<Answer> {
    return call(method, path, {
      ...asked,
      headers: { authorization: `Bearer ${this.token}`, ...asked.headers },
    });
  }

  async hosts() {
    return hostsSchema.parse((await this.call("GET", "/api/v1/hosts")).body);
  }

  async host(id: string) {
    return (await this.hosts()).find((host) => host.id === id);
  }

  async clusters() {
    return clustersSchema.parse((await this.call("GET", "/api/v2/clusters")).body);
  }

  async cluster(id: string) {
    return (await this.clusters()).find((cluster) => cluster.id === id);
  }

  async sapSystems() {
    return sapSystemsSchema.parse((await this.call("GET", "/api/v1/sap_systems")).body);
  }

  async sapSystem(id: string) {
    return (await this.sapSystems()).find((system) => system.id === id);
  }

  async databases() {
    return databasesSchema.parse((await this.call("GET", "/api/v1/databases")).body);
  }

  async database(id: string) {
    return (await this.databases()).find((database) => database.id === id);
  }

  async healthSummary(systemId: string) {
    const { body } = await this.call("GET", "/api/v1/sap_systems/health");
    return healthsSchema.parse(body).find(({ id }) => id === systemId);
  }

  async discoveries(id: string) {
    return discoveriesSchema.parse((await this.call("GET", `/api/v1/agents/${id}/discoveries`)).body);
  }

  /** State and reason of the last discovery of each type. */
  async states(id: string) {
    const { latest } = await this.discoveries(id);
    return Object.fromEntries(
      latest.map(({ discovery_type, state, reason }) => [discovery_type, [state, reason]]),
    );
  }

  async apiKey(): Promise<string> {
    return apiKeySchema.parse((await this.call("GET", "/api/v1/settings/api_key")).body).generated_api_key;
  }

  /** An agent with the key that is valid now. */
  async agent(id: string = crypto.randomUUID()): Promise<ApiAgent> {
    return new ApiAgent(id, await this.apiKey());
  }
}

/** Somebody who may read, and nothing else. The administrator is the first to sign in: the first row is theirs. */
export async function makeReader(): Promise<{ id: number; username: string }> {
  await Administrator.signIn();
  const row = await env.DB.prepare(
    "INSERT INTO users (username, password_hash, inserted_at, updated_at) VALUES (?, '', '', '') RETURNING id, username",
  )
    .bind(`reader-${crypto.randomUUID()}`)
    .first<{ id: number; username: string }>();
  if (row === null) throw new Error("no row came back");
  return row;
}

/** @returns how to ask as a reader */
export async function signInReader(door: Door = worker) {
  const { id } = await makeReader();
  const authorization = `Bearer ${await issueAccessToken(id, env.ACCESS_TOKEN_ENC_SECRET)}`;
  return (method: string, path: string, asked: Asked = {}) =>
    call(method, path, { ...asked, headers: { authorization, ...asked.headers } }, door);
}

export class ApiAgent {
  readonly id: string;
  readonly key: string;

  constructor(id: string, key: string) {
    this.id = id;
    this.key = key;
  }

  call(method: string, path: string, asked: Asked = {}): Promise<Answer> {
    return call(method, path, { ...asked, headers: { "x-trento-apikey": this.key, ...asked.headers } });
  }

  /** Posts any body to the collector. */
  post(asked: Asked): Promise<Answer> {
    return this.call("POST", "/api/v1/collect", asked);
  }

  collect(discovery_type: DiscoveryType, payload: unknown): Promise<Answer> {
    return this.post({ json: { agent_id: this.id, discovery_type, payload } });
  }

  /** Reports what must be taken at once, or parked. */
  async tells(discovery_type: DiscoveryType, payload: unknown): Promise<void> {
    expect(await outcome(this.collect(discovery_type, payload))).toEqual(accepted);
  }

  beat(): Promise<Answer> {
    return this.call("POST", `/api/v1/hosts/${this.id}/heartbeat`);
  }

  /** Number of events of this agent's host. */
  async version(): Promise<number> {
    return (await hostStub(env, this.id).describe()).version;
  }
}
