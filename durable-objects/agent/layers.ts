/**
 * Databases lie below the applications that keep their data in them. What an agent said of one layer is heard again without
 * the other: so what happens to applications never comes back to a database, and no two agents answer each other for ever.
 */
import type { DiscoveredCommand, RememberedInstance } from "../../domain/discovery/policy.ts";
import type { AggregateCommand } from "../streams.ts";

export type Layer = RememberedInstance["kind"];

/** @returns null for what is about hosts and clusters */
export function layerOf({ type }: DiscoveredCommand | AggregateCommand): Layer | null {
  if (type.includes("ApplicationInstance")) return "application";
  return type.includes("DatabaseInstance") ? "database" : null;
}
