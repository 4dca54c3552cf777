/** What people are alerted of, and when it is over. */
import type { Health } from "../health.ts";

export const alertedResources = ["host", "cluster", "database", "sap_system"] as const;
export type AlertedResource = (typeof alertedResources)[number];

/** What can be critical and be over again. */
export interface Trouble {
  /** `heartbeat`: the host stopped reporting; `health`: it is critical. */
  readonly kind: "heartbeat" | "health";
  readonly resource: AlertedResource;
  readonly id: string;
}

/** One text for what is troubled. */
export function troubleKey({ kind, resource, id }: Trouble): string {
  return `${kind}/${resource}/${id}`;
}

export type Turn =
  | { readonly turn: "critical"; readonly trouble: Trouble }
  | { readonly turn: "over"; readonly trouble: Trouble; readonly health: Health };

interface HappenedEvent {
  readonly type: string;
  readonly data: unknown;
}

const ids = {
  HostHealthChanged: { resource: "host", field: "host_id" },
  ClusterHealthChanged: { resource: "cluster", field: "cluster_id" },
  DatabaseHealthChanged: { resource: "database", field: "database_id" },
  SapSystemHealthChanged: { resource: "sap_system", field: "sap_system_id" },
} as const satisfies Record<string, { resource: AlertedResource; field: string }>;

/** Types of the events that alerts follow from. */
export const alertingEvents: ReadonlySet<string> = new Set([
  ...Object.keys(ids),
  "HeartbeatFailed",
  "HeartbeatSucceeded",
]);

function textIn(data: unknown, field: string): string {
  return String((data as Readonly<Record<string, unknown>>)[field]);
}

/**
 * Only a change to critical alerts: what is registered as critical already does not. What becomes unknown is not over: nobody
 * knows.
 */
export function turnOf({ type, data }: HappenedEvent): Turn | null {
  if (type === "HeartbeatFailed" || type === "HeartbeatSucceeded") {
    const trouble: Trouble = { kind: "heartbeat", resource: "host", id: textIn(data, "host_id") };
    return type === "HeartbeatFailed"
      ? { turn: "critical", trouble }
      : { turn: "over", trouble, health: "passing" };
  }
  const source = Object.entries(ids).find(([name]) => name === type)?.[1];
  if (source === undefined) return null;
  const trouble: Trouble = { kind: "health", resource: source.resource, id: textIn(data, source.field) };
  const health = textIn(data, "health");
  if (health === "critical") return { turn: "critical", trouble };
  return health === "passing" || health === "warning" ? { turn: "over", trouble, health } : null;
}
