/** What checks run on: a cluster with its hosts, or a host by itself; what is selected for it, and what is known of it. */
import { z } from "zod";
import type { PlannedTarget } from "../../checks/planning/plan.ts";
import { type ClusterMember, checksEnvironment } from "../../domain/cluster/checks-environment.ts";
import { ensaVersionSchema } from "../../domain/sap-system/state.ts";
import type { DurableObjectBindings } from "../bindings.ts";
import { clusterStub, hostStub, LATEST } from "../streams.ts";

export const targetTypes = ["host", "cluster"] as const;
export type TargetType = (typeof targetTypes)[number];
export interface TargetName {
  readonly type: TargetType;
  readonly id: string;
}

export interface ChecksTarget {
  readonly selected: readonly string[];
  /** Null where no checks are run: on a cluster that runs nothing of SAP that is known. */
  readonly env: Readonly<Record<string, string>> | null;
  readonly hosts: readonly (Omit<PlannedTarget, "checks"> & { readonly hostname: string })[];
}

type Bindings = Pick<DurableObjectBindings, "DB" | "HOST" | "CLUSTER">;

const memberRows = z.array(
  z.object({
    host_id: z.string(),
    hostname: z.string().nullable(),
    sid: z.string().nullable(),
    instance_number: z.string().nullable(),
    ensa_version: ensaVersionSchema.nullable(),
  }),
);

/** What only the tables put together. The cluster itself is asked for the rest: its tables may be a moment behind it. */
async function membersOf(db: D1Database, hosts: readonly string[]): Promise<ClusterMember[]> {
  const { results } = await db
    .prepare(
      `SELECT h.id AS host_id, h.hostname, i.sid, i.instance_number, s.ensa_version
       FROM hosts h
       LEFT JOIN application_instances i ON i.host_id = h.id
       LEFT JOIN sap_systems s ON s.id = i.sap_system_id
       WHERE h.id IN (SELECT value FROM json_each(?)) AND h.deregistered_at IS NULL
       ORDER BY h.hostname, h.id`,
    )
    .bind(JSON.stringify(hosts))
    .all();
  const byHost = Map.groupBy(memberRows.parse(results), ({ host_id }) => host_id);
  return [...byHost].map(([host_id, rows]) => ({
    host_id,
    hostname: rows[0]?.hostname ?? "",
    instances: rows.flatMap(({ sid, instance_number, ensa_version }) =>
      sid === null || instance_number === null || ensa_version === null
        ? []
        : [{ sid, instance_number, ensa_version }],
    ),
  }));
}

async function readHost(bindings: Bindings, id: string): Promise<ChecksTarget | null> {
  const { state } = await hostStub(bindings, id).stateAt(LATEST);
  const { description, provider, selected_checks, deregistered_at } = state;
  if (description === null || deregistered_at !== null) return null;
  return {
    selected: selected_checks,
    env: { arch: description.arch, provider },
    hosts: [{ agent_id: id, hostname: description.hostname, attributes: {} }],
  };
}

async function readCluster(bindings: Bindings, id: string): Promise<ChecksTarget | null> {
  const { state } = await clusterStub(bindings, id).stateAt(LATEST);
  if (state.cluster_id === null || state.deregistered_at !== null) return null;
  const members = await membersOf(bindings.DB, state.hosts);
  const found = checksEnvironment(state, members);
  const names = new Map(members.map(({ host_id, hostname }) => [host_id, hostname]));
  return {
    selected: state.selected_checks,
    env: found?.env ?? null,
    hosts: (found?.hosts ?? []).map(({ host_id, attributes }) => ({
      agent_id: host_id,
      hostname: names.get(host_id) ?? "",
      attributes,
    })),
  };
}

/** Null where there is no such host or cluster, or none any more. */
export function readTarget(bindings: Bindings, { type, id }: TargetName): Promise<ChecksTarget | null> {
  return type === "host" ? readHost(bindings, id) : readCluster(bindings, id);
}
