/** A closed loop of requests over connections that stay open. */
import { Agent, type ClientRequest, request as httpRequest } from "node:http";
import { targetOf } from "../tools/server/front/target.ts";

export interface Shot {
  readonly method: "POST" | "GET";
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface LoadResult {
  /** Requests a second. */
  readonly rate: number;
  readonly requests: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
}

export interface LoadOptions {
  /** `http://…`, or `unix:/…` with the path of a socket. */
  readonly url: string;
  readonly connections: number;
  /** How long, or how many: the run ends with what comes first. */
  readonly seconds?: number;
  readonly requests?: number;
  /** The n-th request. */
  shot(index: number): Shot;
  /** What counts as success; anything else ends the run with an error. */
  readonly expected: { readonly status: number; readonly body?: string };
}

export function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** The runtime closes a connection that was idle for five seconds, perhaps just when it is used again: then once more. */
function isClosedIdle(error: Error, request: ClientRequest): boolean {
  return request.reusedSocket && "code" in error && (error.code === "ECONNRESET" || error.code === "EPIPE");
}

export function fire(agent: Agent, url: string, shot: Shot): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers: Record<string, string | number> = { ...shot.headers };
    if (shot.body !== undefined) {
      headers["Content-Type"] = "application/json";
      headers["Content-Length"] = Buffer.byteLength(shot.body);
    }
    const options = { ...targetOf(url), path: shot.path, method: shot.method, agent, headers };
    const request = httpRequest(options, (response) => {
      let body = "";
      response.setEncoding("utf8");
      response.on("data", (chunk) => {
        body += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on("error", (error) => {
      if (isClosedIdle(error, request)) resolve(fire(agent, url, shot));
      else reject(error);
    });
    request.end(shot.body);
  });
}

export async function load(options: LoadOptions): Promise<LoadResult> {
  const agent = new Agent({ keepAlive: true, maxSockets: options.connections });
  const times: number[] = [];
  const started = performance.now();
  const end = started + (options.seconds ?? Number.POSITIVE_INFINITY) * 1000;
  const most = options.requests ?? Number.POSITIVE_INFINITY;
  const { expected } = options;
  let next = 0;
  const loop = async () => {
    while (next < most && performance.now() < end) {
      const before = performance.now();
      const { status, body } = await fire(agent, options.url, options.shot(next++));
      if (status !== expected.status || (expected.body !== undefined && body !== expected.body)) {
        throw new Error(`status ${status}: ${body.slice(0, 300)}`);
      }
      times.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: options.connections }, loop));
  const elapsed = (performance.now() - started) / 1000;
  agent.destroy();
  times.sort((one, other) => one - other);
  return {
    rate: times.length / elapsed,
    requests: times.length,
    p50: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    p99: percentile(times, 0.99),
  };
}
