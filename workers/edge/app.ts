/** The HTTP API. */

import type { Context } from "hono";
import { bodyLimit } from "hono/body-limit";
import { except } from "hono/combine";
import { HTTPException } from "hono/http-exception";
import { routePath } from "hono/route";
import { errorLines } from "../../durable-objects/error-lines.ts";
import { count, observe } from "../../durable-objects/metrics/tally.ts";
import { about } from "./about.ts";
import { activityLog } from "./activity-log.ts";
import { activityLogSettings } from "./activity-log-settings.ts";
import { agentSocket } from "./agent-socket.ts";
import { agents } from "./agents.ts";
import { alerting } from "./alerting.ts";
import { alertingSettings } from "./alerting-settings.ts";
import { charts } from "./charts.ts";
import { catalog } from "./checks/catalog.ts";
import { catalogues } from "./checks/catalogues.ts";
import { executionDetails } from "./checks/details.ts";
import { executions } from "./checks/executions.ts";
import { groupChecks } from "./checks/group-checks.ts";
import { checksTargets } from "./checks/target.ts";
import { checksSelection } from "./checks-selection.ts";
import { clusters } from "./clusters.ts";
import { collect } from "./collect.ts";
import type { EdgeContext } from "./context.ts";
import { describe } from "./description.ts";
import { agentDiscoveries } from "./discoveries.ts";
import { discoveryRequests } from "./discovery-requests.ts";
import { fail } from "./errors.ts";
import { health } from "./health.ts";
import { heartbeat } from "./heartbeat.ts";
import { hosts } from "./hosts.ts";
import { instances } from "./instances.ts";
import { knownRoutes } from "./known-routes.ts";
import { refuseDeepJson } from "./nesting.ts";
import { operations } from "./operations.ts";
import { profile } from "./profile.ts";
import { prometheus } from "./prometheus.ts";
import { relays } from "./relays.ts";
import { newRouter } from "./router.ts";
import { sapSystems } from "./sap-systems.ts";
import { session } from "./session.ts";
import { settings } from "./settings.ts";
import { softwareUpdates } from "./software-updates.ts";
import { tags } from "./tags.ts";
import { brokenTextIn, refuseText, unfitTextIn } from "./unicode.ts";
import { users } from "./users.ts";
import { versionedPath, versionsOf } from "./versions.ts";
import { wanda } from "./wanda.ts";
import { webhookDeliveries } from "./webhook-deliveries.ts";
import { webhooks } from "./webhooks.ts";

export const app = newRouter();

app.use(async (c, next) => {
  c.set("correlationId", crypto.randomUUID());
  const began = Date.now();
  await next();
  const route = routePath(c, -1);
  count("trento_edge_requests_total", { method: c.req.method, route, status: c.res.status });
  observe("trento_edge_request_duration_seconds", { route }, (Date.now() - began) / 1_000);
});

/** An answer is for who asked, at that moment, and is what it says it is. */
app.use(async (c, next) => {
  await next();
  // The answer that opens a socket is not to be touched.
  if (c.res.status === 101) return;
  c.header("Cache-Control", "no-store");
  c.header("X-Content-Type-Options", "nosniff");
});

const KB = 1_000;

const routes = knownRoutes(app);

function refuseMethod(c: Context<EdgeContext>, methods: Iterable<string>) {
  c.header("Allow", [...new Set(methods)].sort().join(", "));
  return fail(c, 405, "The resource does not take this method.");
}

// Else `GET …/executions/start` would look for an execution called `start`.
app.use(async (c, next) => {
  const methods = routes.literally(c.req.path);
  return methods === undefined || methods.has(c.req.method) ? next() : refuseMethod(c, methods);
});

function limitedTo(bytes: number) {
  const size = bytes < 1_000 * KB ? `${bytes / KB} KB` : `${bytes / (1_000 * KB)} MB`;
  return bodyLimit({ maxSize: bytes, onError: (c) => fail(c, 413, `The body is larger than ${size}.`) });
}

const CATALOGUES = "/api/v1/checks/catalogues/*";
const STARTS = "/api/:version/checks/executions/start";
const RELAYS = "/api/v1/relays/*";
const FACTS = "/api/v1/relays/facts";

// Agents' discoveries have a limit of their own; little else that is sent here is large.
app.use(CATALOGUES, limitedTo(5_000 * KB));
app.use(STARTS, limitedTo(1_000 * KB));
app.use(RELAYS, limitedTo(8_000 * KB));
app.use(except(["/api/v1/collect", CATALOGUES, STARTS, RELAYS], limitedTo(100 * KB)));

app.use(except("/api/v1/collect", refuseDeepJson));
// Facts are what a host says of itself, control characters and all.
// A fact that cannot be read is an error of its own.
app.use(RELAYS, except(FACTS, refuseText(brokenTextIn)));
app.use(except(["/api/v1/collect", RELAYS], refuseText(unfitTextIn)));

for (const resource of [
  collect,
  heartbeat,
  session,
  hosts,
  clusters,
  sapSystems,
  instances,
  checksSelection,
  checksTargets,
  catalog,
  catalogues,
  groupChecks,
  executions,
  executionDetails,
  agentSocket,
  tags,
  settings,
  activityLog,
  activityLogSettings,
  alertingSettings,
  alerting,
  webhooks,
  webhookDeliveries,
  about,
  wanda,
  health,
  prometheus,
  agentDiscoveries,
  agents,
  discoveryRequests,
  relays,
  profile,
  users,
  softwareUpdates,
  charts,
  operations,
]) {
  app.route("/", resource);
}
describe(app);

app.notFound((c) => {
  const { method, path } = c.req;
  const newest = versionedPath(routes, method, path);
  if (newest !== null) return c.redirect(`${newest}${new URL(c.req.url).search}`, 307);
  const methods = [path, ...versionsOf(path)].flatMap((one) => routes.methodsAt(one));
  if (methods.length === 0) return fail(c, 404, "The requested resource cannot be found.");
  return refuseMethod(c, methods);
});

/** A Durable Object that is overloaded, or was moved in the middle of a call, says that a later try may succeed. */
function mayBeTriedAgain(error: Error): boolean {
  return (
    ("retryable" in error && error.retryable === true) || ("overloaded" in error && error.overloaded === true)
  );
}

app.onError((error, c) => {
  if (error instanceof HTTPException)
    return fail(c, error.status, error.message || "The request is malformed.");
  errorLines.tell(`${c.req.method} ${new URL(c.req.url).pathname}`, error);
  if (mayBeTriedAgain(error)) {
    c.header("Retry-After", "1");
    return fail(c, 503, "Try again later.");
  }
  return fail(c, 500, "Something went wrong.");
});
