/** Resources of a cluster: as they are configured, and where they run. */
import type { ClusterNode } from "../../model/cluster.ts";

export interface Operation {
  readonly name: string;
  readonly interval: string;
  readonly timeout: string;
  readonly role?: string;
}

export interface Primitive {
  readonly id: string;
  readonly class: "ocf" | "stonith" | "systemd";
  readonly provider: string;
  readonly type: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly meta?: Readonly<Record<string, string>>;
  readonly operations?: readonly Operation[];
}

/** Where one instance of a resource runs; nowhere: it is stopped. */
export interface Placement {
  readonly node: ClusterNode | null;
  readonly role: "Started" | "Master" | "Slave" | "Stopped";
}

export type Resource =
  | { readonly kind: "primitive"; readonly primitive: Primitive; readonly placement: Placement }
  | {
      readonly kind: "group";
      readonly id: string;
      readonly primitives: readonly Primitive[];
      readonly placement: Placement;
    }
  | {
      /** Pacemaker's older form of a clone with two roles is a master. */
      readonly kind: "clone" | "master";
      readonly id: string;
      readonly hasRoles: boolean;
      readonly primitive: Primitive;
      readonly placements: readonly Placement[];
    };

export interface Location {
  readonly id: string;
  readonly node: string;
  readonly resource: string;
  readonly score: string;
}

/** What a cluster's workload adds to what all clusters have. */
export interface Contents {
  readonly resources: readonly Resource[];
  readonly properties: Readonly<Record<string, string>>;
  /** Attributes of a node that stay in the configuration, and those that live as long as the node is up. */
  attributesOf(node: ClusterNode): {
    readonly kept: Readonly<Record<string, string>>;
    readonly live: Readonly<Record<string, string>>;
  };
  readonly locations: readonly Location[];
}

export function startedOn(node: ClusterNode | null): Placement {
  return { node, role: node === null ? "Stopped" : "Started" };
}

/** As `crm_mon` names it. */
export function agentOf({ class: kind, provider, type }: Primitive): string {
  if (kind === "stonith") return `stonith:${type}`;
  return kind === "systemd" ? `systemd:${type}` : `ocf::${provider}:${type}`;
}

/** Every primitive with each place where it runs or should run. */
export function placed(resource: Resource): { primitive: Primitive; placement: Placement }[] {
  switch (resource.kind) {
    case "primitive":
      return [{ primitive: resource.primitive, placement: resource.placement }];
    case "group":
      return resource.primitives.map((primitive) => ({ primitive, placement: resource.placement }));
    default:
      return resource.placements.map((placement) => ({ primitive: resource.primitive, placement }));
  }
}

export const monitor = (interval: string, timeout: string, role = ""): Operation => ({
  name: "monitor",
  interval,
  timeout,
  role,
});

/** Go writes an empty list as null. */
export function listOrNull<T>(list: readonly T[]): readonly T[] | null {
  return list.length === 0 ? null : list;
}
