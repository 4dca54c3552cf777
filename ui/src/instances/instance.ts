/** An instance of an SAP system or a database, as both kinds have it. */
import type { z } from "zod";
import type { instanceViewSchema } from "../../../domain/database/view.ts";

export type InstanceView = z.infer<typeof instanceViewSchema>;

/** What an instance is part of, by the name that the API has for it. */
export type Owners = "sap_systems" | "databases";

/** `ABAP|GATEWAY|ICMAN` is three features. */
export function featuresOf(features: string): string[] {
  return features
    .split("|")
    .map((feature) => feature.trim())
    .filter((feature) => feature !== "");
}

/** By number, as instances are spoken of, and by host where several hosts have the same. */
export function inOrder<Instance extends InstanceView>(instances: readonly Instance[]): Instance[] {
  const hostOf = ({ instance_hostname, host_id }: Instance) => `${instance_hostname ?? ""} ${host_id}`;
  return [...instances].sort(
    (one, other) =>
      one.instance_number.localeCompare(other.instance_number) || hostOf(one).localeCompare(hostOf(other)),
  );
}

/** The hosts on which the instances are, each once. */
export function hostIdsOf(instances: readonly InstanceView[]): Set<string> {
  return new Set(instances.map(({ host_id }) => host_id));
}
