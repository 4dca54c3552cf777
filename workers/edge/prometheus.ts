/** HTTP service discovery for Prometheus. */
import { createRoute, z } from "@hono/zod-openapi";
import { and, asc, eq, isNotNull, isNull } from "drizzle-orm";
import { isHostWithPort } from "../../domain/network-host.ts";
import { databaseOf } from "../read-models/database.ts";
import { hosts } from "../read-models/tables.ts";
import { answer } from "./answers.ts";
import { newRouter } from "./router.ts";

const NODE_EXPORTER = "node_exporter";
const NODE_EXPORTER_PORT = 9100;

const target = z
  .object({
    targets: z.array(z.string()),
    labels: z.object({ agentID: z.string(), hostname: z.string(), exporter_name: z.string() }),
  })
  .openapi("PrometheusTarget");

const route = createRoute({
  method: "get",
  path: "/api/v1/prometheus/targets",
  tags: ["Monitoring"],
  responses: { 200: answer("Exporters of the hosts that are pulled from", z.array(target)) },
});

export const prometheus = newRouter().openapi(route, async (c) => {
  const rows = await databaseOf(c.env)
    .select()
    .from(hosts)
    .where(and(isNull(hosts.deregistered_at), isNotNull(hosts.hostname), eq(hosts.prometheus_mode, "pull")))
    .orderBy(asc(hosts.hostname), asc(hosts.id));
  const targets = rows.flatMap((row) => {
    const hostname = row.hostname ?? "";
    const byDefault = { [NODE_EXPORTER]: `${row.ip_addresses[0] ?? hostname}:${NODE_EXPORTER_PORT}` };
    // Agents say what they like: what is no host with a port would be a path, or anything else, to who puts it into a URL.
    return Object.entries(row.prometheus_targets ?? byDefault)
      .filter(([, address]) => isHostWithPort(address))
      .map(([exporter_name, address]) => ({
        targets: [address],
        labels: { agentID: row.id, hostname, exporter_name },
      }));
  });
  return c.json(targets, 200);
});
