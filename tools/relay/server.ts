/** What a relay serves: to agents what the control plane serves them, and its metrics. */
import { createHash, timingSafeEqual } from "node:crypto";
import { type ServerType, serve } from "@hono/node-server";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { MAX_BODY, TOO_LARGE } from "../../workers/edge/discovery-body.ts";
import { failed, type Reply, unauthorized } from "./agents/reply.ts";
import type { Metrics } from "./metrics.ts";

export interface ServerPorts {
  readonly apiKey: string;
  collect(body: Uint8Array<ArrayBuffer>): Promise<Reply>;
  heartbeat(hostId: string): Promise<Reply>;
  /** What a person, or a probe, is told. */
  health(): { readonly edge: string; readonly broker: string; readonly broker_detail: string | null };
  readonly metrics: Metrics;
}

export interface Listening {
  readonly url: string;
  stop(): Promise<void>;
}

const digest = (text: string) => createHash("sha256").update(text).digest();

function toResponse({ status, body }: Reply): Response {
  const headers = body === null ? undefined : { "content-type": "application/json" };
  return new Response(body, { status, ...(headers === undefined ? {} : { headers }) });
}

export function newServer({ apiKey, collect, heartbeat, health, metrics }: ServerPorts): Hono {
  const wanted = digest(apiKey);
  const isKey = (key: string | undefined) => key !== undefined && timingSafeEqual(digest(key), wanted);
  const app = new Hono();
  for (const route of ["/api/v1/collect", "/api/v1/hosts/:id/heartbeat"]) {
    app.use(route, async (c, next) => {
      if (isKey(c.req.header("X-Trento-ApiKey"))) await next();
      else c.res = toResponse(unauthorized);
      metrics.request(route, c.res.status);
    });
  }
  app.post(
    "/api/v1/collect",
    bodyLimit({ maxSize: MAX_BODY, onError: () => toResponse(failed(413, TOO_LARGE)) }),
    async (c) => toResponse(await collect(new Uint8Array(await c.req.arrayBuffer()))),
  );
  app.post("/api/v1/hosts/:id/heartbeat", async (c) => toResponse(await heartbeat(c.req.param("id"))));
  app.get("/metrics", async (c) => {
    return c.body(await metrics.text(), 200, { "content-type": metrics.contentType });
  });
  app.get("/healthz", (c) => c.json(health()));
  app.notFound(() => toResponse(failed(404, "The requested resource cannot be found.")));
  app.onError((error) => {
    console.error(error);
    return toResponse(failed(500, "Something went wrong."));
  });
  return app;
}

/** @param port 0 takes a free one */
export function listen(app: Hono, host: string, port: number): Promise<Listening> {
  return new Promise((resolve, reject) => {
    const server: ServerType = serve({ fetch: app.fetch, hostname: host, port }, (info) => {
      const shown = host === "0.0.0.0" || host === "::" ? "localhost" : host;
      resolve({ url: `http://${shown}:${info.port}`, stop: () => stop(server) });
    });
    server.on("error", reject);
  });
}

function stop(server: ServerType): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    if ("closeAllConnections" in server) server.closeAllConnections();
  });
}
