/** What application and database instances have in common. */
import { z } from "zod";
import type { Health } from "./health.ts";

/** As `sapcontrol` colours an instance. */
export const instanceStatusSchema = z.enum(["green", "yellow", "red", "gray"]);
export type InstanceStatus = z.infer<typeof instanceStatusSchema>;

const healths: Readonly<Record<InstanceStatus, Health>> = {
  green: "passing",
  yellow: "warning",
  red: "critical",
  gray: "unknown",
};

export function healthOfStatus(status: InstanceStatus): Health {
  return healths[status];
}

/** An instance is the one of its number on its host. */
export interface InstanceName {
  readonly host_id: string;
  readonly instance_number: string;
}

export function isSameInstance(one: InstanceName, other: InstanceName): boolean {
  return one.host_id === other.host_id && one.instance_number === other.instance_number;
}

/** Something that is stale since a time while what is known of it is not kept up; null while it is. */
export interface Ageing {
  readonly stale_at: string | null;
}

export function allInSync(things: readonly Ageing[]): boolean {
  return things.every(({ stale_at }) => stale_at === null);
}
