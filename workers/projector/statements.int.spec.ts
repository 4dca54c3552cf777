/** How much a batch asks of the database: the platform counts statements and their parameters. */
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import * as c from "../../domain/cluster/example-events.spec.ts";
import { cluster_id, hanaWith, host_a, host_b } from "../../domain/cluster/examples.spec.ts";
import * as d from "../../domain/database/examples.spec.ts";
import type { DomainEvent } from "../../domain/decider.ts";
import * as s from "../../domain/sap-system/examples.spec.ts";
import { databaseOf, type Statement } from "../read-models/database.ts";
import { projectApplicationInstances } from "./application-instances.ts";
import { projectClusterHosts } from "./cluster-hosts.ts";
import { projectClusters } from "./clusters.ts";
import { projectDatabaseInstances } from "./database-instances.ts";
import { projectDatabases } from "./databases.ts";
import { stored } from "./deliveries.spec.ts";
import { projectSapSystems } from "./sap-systems.ts";

const db = databaseOf(env);
const MANY = 300;
const PARAMETERS = 100;

const repeated = (...round: readonly DomainEvent[]) => Array.from({ length: MANY }, () => round).flat();

function statementsFor(
  type: string,
  id: string,
  events: readonly DomainEvent[],
  projections: readonly ((
    database: typeof db,
    progress: Parameters<typeof projectClusters>[1],
  ) => Statement[])[],
): Statement[] {
  const progress = {
    stream: { type, id },
    previous: 0,
    reached: events.length,
    events: stored(events),
    isRetried: false,
  };
  return projections.flatMap((projection) => projection(db, progress));
}

function mostParameters(statements: readonly Statement[]): number {
  const counts = statements.map((statement) => {
    if (!("toSQL" in statement) || typeof statement.toSQL !== "function") throw new Error("no SQL");
    return statement.toSQL().params.length;
  });
  return Math.max(...counts);
}

const cases = [
  [
    "a database whose instances change colour",
    statementsFor(
      "database",
      d.database_id,
      [
        ...d.pair,
        ...repeated(
          d.statusChanged("red"),
          d.statusChanged("red", d.host_b),
          d.replicationChanged(d.secondary),
        ),
      ],
      [projectDatabases, projectDatabaseInstances],
    ),
  ],
  [
    "a system whose instances come and go",
    statementsFor(
      "sap_system",
      s.sap_system_id,
      [
        ...s.complete,
        ...repeated(s.markedAbsent(), s.markedPresent(), s.instanceStale(), s.instanceInSync()),
      ],
      [projectSapSystems, projectApplicationInstances],
    ),
  ],
  [
    "a cluster whose nodes stop and start",
    statementsFor(
      "cluster",
      cluster_id,
      [
        ...c.pair,
        ...repeated(
          c.statusChanged(host_a, "offline"),
          c.statusChanged(host_b, "offline"),
          c.detailsUpdated(hanaWith({ maintenance_mode: true })),
        ),
      ],
      [projectClusters, projectClusterHosts],
    ),
  ],
] as const;

describe.each(cases)("%s hundreds of times", (_, statements) => {
  it("takes a few statements", () => {
    expect(statements.length).toBeLessThan(10);
  });

  it("takes no more parameters in any than the platform has", () => {
    expect(mostParameters(statements)).toBeLessThanOrEqual(PARAMETERS);
  });
});
