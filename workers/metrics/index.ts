/** `/metrics`, for Prometheus. */
import { handOverNow, tallyStub } from "../../durable-objects/metrics/tally.ts";
import { isApiKey } from "../auth/api-key.ts";
import type { Bindings } from "../bindings.ts";
import { exposition } from "./exposition.ts";
import { families } from "./families.ts";
import { readGauges } from "./gauges.ts";

export const METRICS_PATH = "/metrics";
const BEARER = /^Bearer (\S+)$/i;

async function sameText(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all(
    [one, other].map((text) => crypto.subtle.digest("SHA-256", new TextEncoder().encode(text))),
  );
  return a !== undefined && b !== undefined && crypto.subtle.timingSafeEqual(a, b);
}

/** With a token of its own where one is set, or else with the agents' key: hosts and their health are nobody else's affair. */
async function mayRead(request: Request, env: Bindings): Promise<boolean> {
  const token = BEARER.exec(request.headers.get("Authorization") ?? "")?.[1];
  if (token === undefined) return false;
  return env.METRICS_TOKEN ? sameText(token, env.METRICS_TOKEN) : isApiKey(token, env);
}

export async function serveMetrics(request: Request, env: Bindings): Promise<Response> {
  if (request.method !== "GET" && request.method !== "HEAD") {
    return Response.json({ error: "Method Not Allowed" }, { status: 405, headers: { Allow: "GET, HEAD" } });
  }
  if (!(await mayRead(request, env))) {
    return Response.json(
      { error: "Unauthorized" },
      { status: 401, headers: { "WWW-Authenticate": 'Bearer realm="metrics"' } },
    );
  }
  await handOverNow(env);
  const [tally, gauges] = await Promise.all([tallyStub(env).read(), readGauges(env)]);
  return new Response(exposition(families, tally, gauges), {
    headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
  });
}
