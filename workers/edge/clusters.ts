/** Clusters. */
import { createRoute, z } from "@hono/zod-openapi";
import { type ClusterView, clusterViewSchema } from "../../domain/cluster/view.ts";
import { readClusters } from "../read-models/cluster-views.ts";
import { databaseOf } from "../read-models/database.ts";
import { present } from "../read-models/viewed.ts";
import { answer, byToken, unauthorized } from "./answers.ts";
import { requireUser } from "./guards.ts";
import { newRouter } from "./router.ts";

const clusterSchema = clusterViewSchema.openapi("Cluster");
/** What clients knew before there were others than HANA clusters. */
const firstClusterSchema = clusterViewSchema
  .omit({ sap_instances: true, state: true, stale_at: true })
  .openapi("ClusterV1");

function toFirst(cluster: ClusterView): z.infer<typeof firstClusterSchema> {
  const { sap_instances, state, stale_at, ...rest } = cluster;
  const isHana = rest.type === "hana_scale_up" || rest.type === "hana_scale_out";
  return isHana ? rest : { ...rest, type: "unknown", details: null };
}

const list = createRoute({
  method: "get",
  path: "/api/v2/clusters",
  tags: ["Clusters"],
  security: byToken,
  middleware: [requireUser()],
  responses: {
    200: answer("All registered clusters, ordered by name", z.array(clusterSchema)),
    ...unauthorized,
  },
});

const firstList = createRoute({
  method: "get",
  path: "/api/v1/clusters",
  tags: ["Clusters"],
  security: byToken,
  middleware: [requireUser()],
  responses: {
    200: answer(
      "As version 2, for older clients: others than HANA clusters have no type",
      z.array(firstClusterSchema),
    ),
    ...unauthorized,
  },
});

export const clusters = newRouter()
  .openapi(list, async (c) => c.json(present(await readClusters(databaseOf(c.env))), 200))
  .openapi(firstList, async (c) => c.json(present(await readClusters(databaseOf(c.env))).map(toFirst), 200));
